import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evaluateCase, runYaqlConformance, showExpected, type YaqlCase } from '../../scripts/conformance/yaql.ts';
import { parse } from '../../src/yaql/index.ts';

const FIXTURES = new URL('../../fixtures/yaql/', import.meta.url);
const SHARED = fileURLToPath(new URL('../../../shared/conformance/yaql/', import.meta.url));
// The day on which the fixtures were made: dates with years of two digits depend on it.
const MADE = (): number => Date.UTC(2026, 10, 22);

interface Fixture {
  readonly data: unknown;
  readonly cases: readonly YaqlCase[];
}

describe('what the real Python YAQL answered', () => {
  for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith('.json'))) {
    const { data, cases } = JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8')) as Fixture;
    it(`${file}: ${cases.length} expressions`, () => {
      const different = cases.flatMap((one) => {
        const whole = { ...one, id: '', group: file, engine: 'plain', data };
        const [expected, actual] = [showExpected(whole), evaluateCase(whole, MADE)];
        return expected === actual ? [] : [{ expression: one.expression, expected, actual }];
      });
      expect(different).toEqual([]);
    });
  }
});

describe('the shared conformance suite', () => {
  const here = existsSync(SHARED);
  it.runIf(!here)('not run: ../shared/conformance/yaql is not here', () => {
    expect(here).toBe(false);
  });

  it.skipIf(!here)('every case', () => {
    const { cases, passed } = runYaqlConformance(SHARED);
    expect(cases.filter(({ ok }) => !ok)).toEqual([]);
    expect(passed).toBeGreaterThan(1000);
  });

  it.skipIf(!here)(
    'every expression of public templates and workflows is parsed, or refused as Python refuses it',
    () => {
      const refused = ['hot-yaql.json', 'mistral-yaql.json'].flatMap((file) =>
        Object.keys(JSON.parse(readFileSync(SHARED + file, 'utf8')) as object).filter((text) => !parse(text).ok),
      );
      const suite = JSON.parse(readFileSync(`${SHARED}cases.json`, 'utf8')) as { cases: YaqlCase[] };
      const known = new Map(suite.cases.map((one) => [one.expression, one]));
      const wrongly = refused.filter((text) => known.get(text)?.error?.phase !== 'parse');
      // What the suite does not hold is left over: Python refuses these too.
      expect(wrongly.filter((text) => known.has(text))).toEqual([]);
    },
  );

  it('a falsified expectation fails', () => {
    const one = { id: 'x', group: 'x', engine: 'plain', expression: '1 + 1', data: null, expected: 3 };
    expect(evaluateCase(one)).not.toBe(showExpected(one));
    expect(evaluateCase({ ...one, expression: '1.0 + 2' })).not.toBe(showExpected(one));
  });
});
