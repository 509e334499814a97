import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applied, byNames, readExpectation, readerOf, told, toldByHeat } from './planned-stack.ts';

const FOLDER = new URL('../../fixtures/implicit/', import.meta.url).pathname;
const FIXTURES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => ({ name, expected: readExpectation(FOLDER + name) }));
const ACCEPTED = FIXTURES.filter(({ expected }) => expected.error === undefined);
const REFUSED = FIXTURES.filter(({ expected }) => expected.error !== undefined);

describe("Heat's rules of implicit dependencies", () => {
  it('have fixtures', () => {
    expect(ACCEPTED.length).toBeGreaterThan(30);
    expect(REFUSED.length).toBeGreaterThan(5);
  });

  it.each(ACCEPTED)('$name: the edges that Heat adds', ({ expected }) => {
    const { pairs, refusals } = applied(expected);
    const explicit = new Set(expected.explicit.map(([a, b]) => `${a} ${b}`));
    expect(refusals).toEqual([]);
    expect(pairs.filter(([a, b]) => !explicit.has(`${a} ${b}`))).toEqual([...(expected.implicit ?? [])].sort(byNames));
  });

  it.each(REFUSED)('$name: refused as Heat refuses it', ({ expected }) => {
    const { refusals } = applied(expected);
    expect(refusals.map((refusal) => refusal.failure?.heat ?? 'KeyError')).toContain(expected.error);
  });
});

describe('Properties as the class of the resource reads them', () => {
  it.each(FIXTURES)('$name', ({ expected }) => {
    const wanted = new Map(Object.entries(expected.read));
    for (const resource of expected.resources) {
      const properties = Object.entries(wanted.get(resource.name) ?? {});
      const reader = readerOf(resource);
      const got = properties.map(([property]) => [resource.name, property, told(reader.property(property))]);
      expect(got).toEqual(properties.map(([property, value]) => [resource.name, property, toldByHeat(value)]));
    }
  });
});
