import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPlain } from '../../src/values/encode.ts';
import { equals } from '../../src/values/equality.ts';
import { JsonError, loadJson } from '../../src/values/load-json.ts';
import { Float } from '../../src/values/value.ts';

describe('JSON as Python reads it', () => {
  it('keeps integers exact and floats apart', () => {
    expect(loadJson('[1, 1.0, 1.5, 9007199254740993, -9007199254740993, 1e3, 1E-2, 0, -0]')).toEqual([
      1,
      new Float(1),
      1.5,
      9007199254740993n,
      -9007199254740993n,
      new Float(1000),
      0.01,
      0,
      0,
    ]);
    expect(Object.is(loadJson('-0'), 0)).toBe(true);
    expect(loadJson('-0.0')).toEqual(new Float(-0));
    expect(loadJson('1e999')).toEqual(new Float(Number.POSITIVE_INFINITY));
  });

  it('knows NaN and the infinities by name', () => {
    expect(loadJson('[NaN, Infinity, -Infinity]')).toEqual(
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((one) => new Float(one)),
    );
  });

  it('takes the last of equal keys, at the place of the first', () => {
    expect([...(loadJson('{"a": 1, "b": 2, "a": 3}') as Map<string, number>)]).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('keeps keys that objects would move or obey', () => {
    expect([...(loadJson('{"b": 1, "1": 2, "0": 3, "__proto__": 4, "": 5}') as Map<string, number>).keys()]).toEqual([
      'b',
      '1',
      '0',
      '__proto__',
      '',
    ]);
  });

  it('reads escapes, halves of surrogate pairs included', () => {
    expect(loadJson('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ud83d"')).toBe('"\\/\b\f\n\r\té😀\ud83d');
    expect(loadJson('"\x7f\u2028"')).toBe('\x7f\u2028');
  });

  it.each([
    ['', 0],
    ['{', 1],
    ['{"a"}', 4],
    ['{"a": 1,}', 8],
    ['{a: 1}', 1],
    ["{'a': 1}", 1],
    ['[1, 2,]', 6],
    ['[1 2]', 3],
    ['01', 1],
    ['1.', 1],
    ['.5', 0],
    ['+1', 0],
    ['-', 0],
    ['1e', 1],
    ['"a', 2],
    ['"\t"', 1],
    ['"\\x41"', 1],
    ['"\\u12g4"', 1],
    ['nul', 0],
    ['True', 0],
    ['1 2', 2],
    ['\ufeff1', 0],
    ['\v1', 0],
    ['1'.repeat(4301), 4301],
  ])('refuses %j at %i', (text, offset) => {
    expect(() => loadJson(text)).toThrow(JsonError);
    try {
      loadJson(text);
    } catch (error) {
      expect(error).toMatchObject({ kind: 'syntax', offset });
    }
  });

  it('bounds its depth', () => {
    expect(loadJson('['.repeat(400) + ']'.repeat(400))).toBeInstanceOf(Array);
    expect(() => loadJson('['.repeat(100_000))).toThrow(expect.objectContaining({ kind: 'depth' }));
    expect(() => loadJson('[[]]', 1)).toThrow(expect.objectContaining({ kind: 'depth' }));
  });

  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value);
        // JS writes large integers with zeros for the digits that it does not have.
        fc.pre(!/\d{16}/.test(text));
        expect(equals(loadJson(text), fromPlain(JSON.parse(text)))).toBe(true);
        expect(loadJson(JSON.stringify(value, null, '\t'))).toEqual(loadJson(text));
      }),
    );
  });
});
