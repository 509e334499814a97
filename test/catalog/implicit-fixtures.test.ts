import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../src/catalog/catalog.ts';
import { encode } from '../../src/values/encode.ts';
import { applied, byNames, isError, readExpectation, readerOf } from './planned-stack.ts';

const FOLDER = new URL('../../fixtures/implicit/', import.meta.url).pathname;
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.expected.json'));

describe("Heat's rules of implicit dependencies", () => {
  it('have fixtures', () => expect(NAMES.length).toBeGreaterThan(40));

  describe.each(NAMES)('%s', (name) => {
    const expected = readExpectation(FOLDER + name);

    it('gives the edges that Heat gives, or its refusal', () => {
      const { pairs, refusals } = applied(expected);
      if (expected.error !== undefined) {
        expect(refusals.map((refusal) => refusal.failure?.heat ?? 'KeyError')).toContain(expected.error);
        return;
      }
      expect(refusals).toEqual([]);
      const explicit = new Set(expected.explicit.map(([a, b]) => `${a} ${b}`));
      expect(pairs.filter(([a, b]) => !explicit.has(`${a} ${b}`))).toEqual(
        [...(expected.implicit ?? [])].sort(byNames),
      );
    });

    it('reads every property as the class of the resource does', () => {
      for (const resource of expected.resources) {
        const reader = readerOf(resource);
        const wanted = Object.entries(expected.read).find(([key]) => key === resource.name)?.[1] ?? {};
        for (const [property, value] of Object.entries(wanted)) {
          const reading = reader.property(property);
          const what = `${resource.name}.${property}`;
          if (isError(value)) {
            expect(isFailure(reading), what).toBe(true);
            if (value.$error === 'StackValidationFailed') expect(reading, what).toHaveProperty('heat', value.$error);
          } else {
            expect(isFailure(reading) || reading === undefined ? reading : encode(reading), what).toEqual(value);
          }
        }
      }
    });
  });
});
