import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { didYouMean, editDistance, suggest } from '../../src/diagnostics/suggest.ts';

/** Optimal string alignment from its definition, in full. */
function slowDistance(a: string, b: string): number {
  const d: number[][] = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => d[i]?.[j] as number;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), at(i - 1, j) + 1, at(i, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      (d[i] as number[])[j] = cost;
    }
  }
  return at(a.length, b.length);
}

describe('the distance between two names', () => {
  test.each([
    ['server', 'server', 0],
    ['server', 'sever', 1],
    ['server', 'servers', 1],
    ['server', 'sarver', 1],
    ['server', 'sevrer', 1],
    ['', 'ab', 2],
    ['ab', 'ba', 1],
  ])('%j to %j is %i', (a, b, distance) => expect(editDistance(a, b, 3)).toBe(distance));

  test('is that of the definition up to the bound, and one more beyond', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 4 }), (a, b, bound) => {
        expect(editDistance(a, b, bound)).toBe(Math.min(slowDistance(a, b), bound + 1));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names that were perhaps meant', () => {
  test('the nearest first, earlier ones first among equals', () => {
    expect(suggest('servr', ['network', 'serve', 'server', 'port'])).toEqual(['serve', 'server']);
    expect(suggest('web_sevrer', ['db_host', 'web_servers', 'web_server'])).toEqual(['web_server', 'web_servers']);
  });

  test('another case or separator comes before a nearer spelling', () => {
    expect(suggest('Server', ['serve', 'server'])).toEqual(['server', 'serve']);
    expect(suggest('availability-zone', ['availability_zones', 'AvailabilityZone'])).toEqual([
      'AvailabilityZone',
      'availability_zones',
    ]);
  });

  test('at most three, none twice, and never the name itself', () => {
    expect(suggest('ab', ['aa', 'ac', 'ad', 'ae', 'a', 'ab'])).toEqual(['aa', 'ac', 'ad']);
    expect(suggest('name', ['name', 'nama', 'nama'])).toEqual(['nama']);
    expect(suggest('abc', ['xbc', 'axc', 'abx', 'ABC'])).toEqual(['ABC', 'xbc', 'axc']);
  });

  test('nothing that is far', () => {
    expect(suggest('db', ['server', 'network'])).toEqual([]);
    expect(suggest('', ['', 'a'])).toEqual(['a']);
    expect(suggest('get_attr', ['get_resource'])).toEqual([]);
  });

  test('names of objects mean nothing', () => {
    expect(suggest('__prot__', ['constructor', '__proto__'])).toEqual(['__proto__']);
  });

  test('a list of a hundred thousand long names', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `resource_with_a_long_name_${i}`);
    const [first] = suggest('resource_with_a_long_nane_77777', names);
    expect(first).toBe('resource_with_a_long_name_77777');
    const long = 'x'.repeat(100_000);
    expect(suggest(`${long}yz`, [`${long}zy`, long])).toEqual([`${long}zy`, long]);
  });

  test('as a hint', () => {
    expect(didYouMean('sever', ['server'])).toEqual({ hint: "Did you mean 'server'?" });
    expect(didYouMean('ab', ['aa', 'ac', 'ad'])).toEqual({ hint: "Did you mean 'aa', 'ac' or 'ad'?" });
    expect(didYouMean('x', [])).toEqual({});
  });
});
