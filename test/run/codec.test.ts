import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeResult, encodeResult, NotData, toResult, toValue } from '../../src/run/codec.ts';
import { EMPTY_RESULT } from '../../src/run/result.ts';
import { Float, type Value } from '../../src/values/value.ts';

function refusal(data: unknown): string {
  try {
    toResult(data);
  } catch (error) {
    if (error instanceof NotData) return `${error.where}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('results of handlers', () => {
  it('are empty when there is nothing in them', () => {
    for (const nothing of [undefined, null, {}, { other: 1 }, { attributes: {} }, { physicalId: null }]) {
      expect(toResult(nothing)).toBe(EMPTY_RESULT);
    }
  });

  it('have ids as text', () => {
    expect(toResult({ physicalId: 17, referenceId: 'r' })).toEqual({ physicalId: '17', referenceId: 'r' });
    expect(refusal({ physicalId: {} })).toBe('physicalId: an id is text, not an object');
  });

  it('share nothing with the data of the handler', () => {
    const attributes = { list: [1], bytes: Uint8Array.of(1) };
    const result = toResult({ attributes });
    attributes.list.push(2);
    attributes.bytes[0] = 9;
    expect(result.attributes).toEqual(
      new Map<Value, Value>([
        ['list', [1]],
        ['bytes', Uint8Array.of(1)],
      ]),
    );
  });

  it('are refused when they have another form', () => {
    expect(refusal('done')).toBe(': a result is nothing or an object, not a string');
    expect(refusal([])).toBe(': a result is nothing or an object, not a list');
    expect(refusal({ attributes: 'x' })).toBe('attributes: expected an object, not a string');
    expect(refusal({ outputs: [1] })).toBe('outputs: expected an object, not a list');
  });
});

describe('data of handlers', () => {
  it('may have any key', () => {
    const data = JSON.parse('{"__proto__": 1, "constructor": 2, "": 3, "0": 4}');
    expect([...(toValue(data) as Map<Value, Value>).keys()].sort()).toEqual(['', '0', '__proto__', 'constructor']);
  });

  it('may be more than JSON has', () => {
    expect(toValue(9007199254740993n)).toBe(9007199254740993n);
    expect(toValue(5n)).toBe(5);
    expect(toValue(Number.NaN)).toEqual(new Float(Number.NaN));
    expect(toValue(-0)).toEqual(new Float(-0));
    expect(toValue(new Map([[1, new Set(['a'])]]))).toEqual(new Map([[1, new Set(['a'])]]));
  });

  it('is what toJSON gives', () => {
    expect(toValue(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(toValue(new URL('https://cloud.example/'))).toBe('https://cloud.example/');
  });

  it('leaves undefined entries out', () => {
    expect(toValue({ a: undefined, b: 1 })).toEqual(new Map([['b', 1]]));
  });

  it('is refused where JSON would lose something', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = { back: cycle };
    class Server {
      readonly id = 1;
    }
    const cases: readonly (readonly [unknown, string])[] = [
      [{ attributes: { f: () => 1 } }, 'attributes.f: a function is no data'],
      [{ attributes: { s: Symbol('s') } }, 'attributes.s: a symbol is no data'],
      [{ attributes: { list: [1, undefined] } }, 'attributes.list[1]: undefined is no data'],
      // biome-ignore lint/suspicious/noSparseArray: a hole is what it is about
      [{ attributes: { list: [, 1] } }, 'attributes.list[0]: undefined is no data'],
      [{ attributes: cycle }, 'attributes.self.back: the data contains itself'],
      [{ attributes: { s: new Server() } }, 'attributes.s: an instance of Server is no plain data'],
      [{ attributes: { p: Promise.resolve() } }, 'attributes.p: an instance of Promise is no plain data'],
      [{ attributes: { d: new Date(Number.NaN) } }, 'attributes.d: an instance of Date has no form in JSON'],
    ];
    for (const [data, message] of cases) expect(refusal(data)).toBe(message);
  });

  it('is bounded in depth and size', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(refusal({ attributes: { deep } })).toMatch(/more than 400 levels/);
    let wide: unknown = [];
    for (let i = 0; i < 64; i++) wide = [wide, wide];
    expect(refusal({ attributes: { wide } })).toMatch(/more than 1000000 nodes/);
  });

  it('may be the same object twice', () => {
    const shared = { a: 1 };
    expect(toValue([shared, shared])).toEqual([new Map([['a', 1]]), new Map([['a', 1]])]);
  });
});

describe('the JSON form', () => {
  it('gives the same result in another process', () => {
    const data = fc.dictionary(fc.string(), fc.jsonValue());
    const result = fc.record(
      { physicalId: fc.string(), referenceId: fc.string(), attributes: data, outputs: data },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(result, (returned) => {
        const here = toResult(returned);
        expect(decodeResult(JSON.parse(JSON.stringify(encodeResult(here))))).toEqual(here);
      }),
    );
  });

  it('keeps what JSON has no form for', () => {
    const here = toResult({
      attributes: { big: 2n ** 80n, nan: Number.NaN, bytes: Uint8Array.of(0, 255), map: new Map([[1, 2]]) },
    });
    expect(decodeResult(JSON.parse(JSON.stringify(encodeResult(here))))).toEqual(here);
  });
});
