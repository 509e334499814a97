import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dict } from '../../src/values/dict.ts';
import { equals, listHas } from '../../src/values/equality.ts';
import { Membership } from '../../src/values/membership.ts';
import { subscript } from '../../src/values/subscript.ts';
import { Float, float, type Value } from '../../src/values/value.ts';

const BIG = 2n ** 60n;

const anyKey = fc.oneof(
  fc.constantFrom<Value>(null, true, false, 0, 1, new Float(1), new Float(0), 0.5, '', '1', BIG, float(2 ** 60)),
  fc.string(),
  fc.double({ noNaN: true }).map(float),
);
const anyValue = fc.oneof(anyKey, fc.array(anyKey, { maxLength: 2 }));

test('Membership is `in` of a list', () => {
  fc.assert(
    fc.property(fc.array(anyValue), anyValue, (items, item) => {
      expect(new Membership(items).has(item)).toBe(listHas(items, item));
    }),
  );
});

describe('Dict', () => {
  test('has one key of several that are equal: the first, with the last value', () => {
    const dict = new Dict([
      [1, 'a'],
      [true, 'b'],
      [new Float(1), 'c'],
      ['1', 'd'],
    ]);
    expect(dict.map).toEqual(
      new Map<Value, Value>([
        [1, 'c'],
        ['1', 'd'],
      ]),
    );
  });

  test('takes bytes for equal that have the same content', () => {
    const dict = new Dict([[Uint8Array.of(1, 2), 'a']]);
    expect(dict.get(Uint8Array.of(1, 2))).toBe('a');
    expect(dict.has(Uint8Array.of(12))).toBe(false);
    expect(dict.has('1,2')).toBe(false);
  });

  test('finds what a search for an equal key finds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyKey, fc.nat())), anyKey, (entries, key) => {
        const last = entries.filter(([other]) => equals(other, key)).at(-1)?.[1];
        const dict = new Dict(entries);
        expect(dict.get(key)).toBe(last);
        expect(dict.has(key)).toBe(last !== undefined);
      }),
    );
  });
});

describe('subscript', () => {
  test.each<[Value, Value, unknown]>([
    [['a', 'b'], 0, { value: 'a' }],
    [['a', 'b'], -1, { value: 'b' }],
    [['a', 'b'], true, { value: 'b' }],
    [['a', 'b'], 2, { failure: 'IndexError' }],
    [['a', 'b'], -3, { failure: 'IndexError' }],
    [['a', 'b'], BIG, { failure: 'IndexError' }],
    [['a', 'b'], '0', { failure: 'TypeError' }],
    [['a', 'b'], new Float(0), { failure: 'TypeError' }],
    [['a', 'b'], 0.5, { failure: 'TypeError' }],
    [['a', 'b'], null, { failure: 'TypeError' }],
    [[null], 0, { value: null }],
    ['é😀z', 1, { value: '😀' }],
    ['é😀z', -1, { value: 'z' }],
    [Uint8Array.of(7, 8), 1, { value: 8 }],
    [new Map([['k', 1]]), 'k', { value: 1 }],
    [new Map([[1, 'x']]), true, { value: 'x' }],
    [new Map([['k', 1]]), 'length', { failure: 'KeyError' }],
    [new Map([['k', 1]]), ['k'], { failure: 'TypeError' }],
    [5, 0, { failure: 'TypeError' }],
    [null, 0, { failure: 'TypeError' }],
  ])('%j [%s]', (collection, key, expected) => {
    expect(subscript(collection, key)).toEqual(expected);
  });
});
