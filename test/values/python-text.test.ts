import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NotEncodable, quote, quotePlus } from '../../src/values/percent-encoding.ts';
import { codePointLength, replaceText, splitAtSpaces } from '../../src/values/text-operations.ts';

describe('percent encoding', () => {
  test.each([
    ['a b/c', '/', 'a%20b/c'],
    ['a b/c', '', 'a%20b%2Fc'],
    ["!*'()", '/', '%21%2A%27%28%29'],
    ['AZaz09_.-~', '', 'AZaz09_.-~'],
    ['é😀\n', '/', '%C3%A9%F0%9F%98%80%0A'],
    ['::1', ':', '::1'],
  ])('quote(%j, %j)', (text, safe, expected) => {
    expect(quote(text, safe)).toBe(expected);
  });

  test('a blank becomes a plus where that is the custom, and a plus its code', () => {
    expect(quotePlus('a +b/c')).toBe('a+%2Bb%2Fc');
    expect(quotePlus(Uint8Array.of(0x20, 0xff))).toBe('+%FF');
  });

  test('can be taken back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeURIComponent(quote(text, ''))).toBe(text);
      }),
    );
  });

  test('half a surrogate pair has no code', () => {
    expect(() => quote('\ud83d')).toThrow(NotEncodable);
  });
});

test.each([
  [' a\u2003b\tc\x1cd \u0085e ', ['a', 'b', 'c', 'd', 'e']],
  ['a\ufeffb', ['a\ufeffb']],
  ['   ', []],
  ['', []],
])('%j.split()', (text, expected) => {
  expect(splitAtSpaces(text)).toEqual(expected);
});

test.each([
  ['aXbX', 'X', '$&', 'a$&b$&'],
  ['ab', '', '-', '-a-b-'],
  ['é😀', '', '-', '-é-😀-'],
  ['', '', '-', '-'],
])('%j.replace(%j, %j)', (text, from, to, expected) => {
  expect(replaceText(text, from, to)).toBe(expected);
});

test('the length of a text is that of its code points', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      for (const text of [a, b, `${a}\ud83d${b}\ude00`]) expect(codePointLength(text)).toBe([...text].length);
    }),
  );
});
