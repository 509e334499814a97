import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadJson } from '../../src/values/load-json.ts';
import type { Value, ValueMap } from '../../src/values/value.ts';
import { loadYaml } from '../../src/yaml/document.ts';
import { show, tagged } from './tagged.ts';

// Made by scripts/yaml-fixtures.py with the real Heat.
const FIXTURES = new URL('../../fixtures/yaml/heat-reads.json', import.meta.url);
const CASES = loadJson(readFileSync(FIXTURES, 'utf8')) as readonly (readonly [text: string, answer: ValueMap])[];

/** What we read otherwise on purpose, or because js-yaml does: docs/differences.md says why. */
const DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ['a: &a [*a]', 'refused: RecursionError'],
  ['a: &a {x: *a}', 'refused: RecursionError'],
  ['a:\n  - &a [*a]', 'refused: RecursionError'],
  ['a:\n  - &a {x: *a}', 'refused: RecursionError'],
  ['a: &a {<<: *a}', 'refused: RecursionError'],
  ['a: &a {<<: [*a]}', 'refused: RecursionError'],
  ['a: [?]', 'refused: ValueError'],
  ['a: [?a]', 'refused: ValueError'],
  ["{?'a': b}", 'refused: ValueError'],
  ['[?a]', 'refused: ValueError'],
  ['-\ta', 'not a mapping'],
]);

function ours(text: string): string {
  const loaded = loadYaml(text);
  if (!loaded.ok) return `refused: ${loaded.diagnostics[0]?.heat}`;
  const { value } = loaded.document;
  if (value instanceof Map) return show(tagged(value));
  return value === null ? 'empty' : 'not a mapping';
}

/** Heat makes a mapping of an empty YAML document, and refuses the null of JSON; both are null here. */
function heats(answer: ValueMap): readonly string[] {
  const error = answer.get('error');
  if (error === 'NotMapping') return ['not a mapping', 'empty'];
  if (error !== undefined) return [`refused: ${error}`];
  const text = show(answer.get('value') as Value);
  return text === '{}' ? ['{}', 'empty'] : [text];
}

describe('texts as the real Heat reads them', () => {
  it.each(CASES.map(([text, answer]) => [text, answer] as const))('%j', (text, answer) => {
    const different = DIFFERENCES.get(text);
    if (different === undefined) {
      expect(heats(answer)).toContain(ours(text));
    } else {
      expect(ours(text)).toBe(different);
      expect(heats(answer)).not.toContain(different);
    }
  });

  it('covers every kind of scalar', () => {
    expect(CASES.length).toBeGreaterThan(1500);
  });
});
