import { createHash, getHashes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/functions/evaluate.ts';
import { parseExpression } from '../../src/functions/parse.ts';
import type { Runtime } from '../../src/functions/runtime.ts';
import { fromPlain } from '../../src/values/encode.ts';
import type { Value, ValueMap } from '../../src/values/value.ts';
import { fakeStack } from './fake-stack.ts';

/** What Heat's answers in calls.test.ts do not show: other runtimes, sizes, invariants. */

const HOT = fakeStack(['heat_template_version', '2021-04-16']);

function evaluated(snippet: Value, changes: Partial<Runtime> = {}): Value {
  return evaluate(parseExpression(snippet, HOT.context([]), []), { ...HOT.runtime, ...changes });
}

describe('yaql', () => {
  const call = fromPlain({ yaql: { expression: '$.data', data: { x: { get_param: 'missing' } } } });

  test('is given the expression and the resolved data', () => {
    const yaql = (expression: string, data: Value): Value => [expression, data];
    const parameter = (): Value => 'value';
    expect(evaluated(call, { yaql, parameter })).toEqual(['$.data', new Map([['x', 'value']])]);
  });

  test('is checked before its data are looked at', () => {
    const yaqlCheck = (): void => {
      throw new Error('bad expression');
    };
    expect(() => evaluated(call, { yaqlCheck })).toThrow('bad expression');
  });
});

test('resource_facade asks for what it names', () => {
  expect(evaluated(fromPlain({ resource_facade: 'update_policy' }), { facade: (what) => `the ${what}` })).toBe(
    'the update_policy',
  );
});

test('get_file gives what the files hold, be it bytes', () => {
  const bytes = Uint8Array.of(0xff);
  expect(evaluated(fromPlain({ get_file: 'x' }), { file: () => bytes })).toBe(bytes);
});

test('get_attr of an attribute that is not known yet is null, whatever is selected in it', () => {
  const first = fakeStack(['heat_template_version', '2013-05-23']);
  const call = parseExpression(fromPlain({ get_attr: ['target', 'A', 'x'] }), first.context([]), []);
  expect(evaluate(call, { ...first.runtime, attribute: () => null })).toBeNull();
});

test('the first get_attr selects in the attribute as Python does', () => {
  const { select: _select, ...runtime } = fakeStack(['heat_template_version', '2013-05-23']).runtime;
  const first = fakeStack(['heat_template_version', '2013-05-23']);
  const attribute = (): Value => fromPlain({ list: ['x', { k: 'y' }], text: 'é😀' });
  const get = (...path: Value[]): Value =>
    evaluate(parseExpression(new Map([['get_attr', ['target', 'A', ...path]]]), first.context([]), []), {
      ...runtime,
      attribute,
    });
  expect(get('list', 1, 'k')).toBe('y');
  expect(get('list', -1, 'k')).toBe('y');
  expect(get('text', 1)).toBe('😀');
  expect(get('list', '1')).toBeNull();
  expect(get('nothing')).toBeNull();
  expect(get('list', 2)).toBeNull();
});

describe('repeat', () => {
  const repeat = (sizes: readonly number[]): Value => {
    const lists = sizes.map((size, i): [string, Value] => [`%${i}%`, Array.from({ length: size }, String)]);
    return new Map([
      [
        'repeat',
        new Map<Value, Value>([
          ['template', 'x'],
          ['for_each', new Map(lists)],
        ]),
      ],
    ]);
  };

  test('makes every combination', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), (sizes) => {
        const count = sizes.reduce((product, size) => product * size, 1);
        expect(evaluated(repeat(sizes))).toHaveLength(count);
      }),
    );
  });

  test('does not make more than the limit', () => {
    expect(() => evaluated(repeat([1000, 1000, 2]))).toThrow(expect.objectContaining({ type: 'MemoryError' }));
    expect(() => evaluated(repeat([3, 3]), { maxRepeat: 8 })).toThrow(expect.objectContaining({ type: 'MemoryError' }));
    expect(evaluated(repeat([3, 3]), { maxRepeat: 9 })).toHaveLength(9);
  });
});

describe('digest', () => {
  const NAMES: Readonly<Record<string, string>> = {
    md5: 'md5',
    sha1: 'sha1',
    sha224: 'sha224',
    sha256: 'sha256',
    sha384: 'sha384',
    sha512: 'sha512',
    sha512_224: 'sha512-224',
    sha512_256: 'sha512-256',
    sha3_224: 'sha3-224',
    sha3_256: 'sha3-256',
    sha3_384: 'sha3-384',
    sha3_512: 'sha3-512',
    blake2b: 'blake2b512',
    blake2s: 'blake2s256',
    ripemd160: 'ripemd160',
    sm3: 'sm3',
    'md5-sha1': 'md5-sha1',
  };
  const here = new Set(getHashes().map((name) => name.toLowerCase()));

  test.each(Object.entries(NAMES).filter(([, openssl]) => here.has(openssl)))(
    '%s is that of OpenSSL',
    (name, openssl) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          const text = String.fromCharCode(...bytes);
          const expected = createHash(openssl).update(bytes).digest('hex');
          expect(evaluated(fromPlain({ digest: [name, text] }))).toBe(expected);
        }),
        { numRuns: 50 },
      );
    },
  );
});

describe('str_replace', () => {
  test('with values that hold no param is a replacement of each, longest first', () => {
    const params = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c') }), params, (template, keys) => {
        const values = new Map<Value, Value>(keys.map((key, i) => [key, `<${i}>`]));
        const call = new Map([
          [
            'str_replace',
            new Map<Value, Value>([
              ['template', template],
              ['params', values],
            ]),
          ],
        ]);
        const ordered = [...keys].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
        const expected = ordered.reduce((text, key) => text.replaceAll(key, values.get(key) as string), template);
        expect(evaluated(call)).toBe(expected);
      }),
    );
  });
});

describe('breadth is no matter', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `name-${i}`);

  test('of lists', () => {
    expect(evaluated(new Map([['list_join', [' ', many, many]]]))).toHaveLength([...many, ...many].join(' ').length);
    expect(evaluated(new Map([['list_concat_unique', [many, many]]]))).toHaveLength(many.length);
    expect(evaluated(new Map([['filter', [many, [...many, 'x']]]]))).toEqual(['x']);
  });

  test('of maps', () => {
    const map = new Map<Value, Value>(many.map((name, i) => [name, i]));
    const numbers = new Map<Value, Value>(many.map((name, i) => [i + 0.5, name]));
    expect((evaluated(new Map([['map_merge', [map, map]]])) as ValueMap).size).toBe(many.length);
    const replaced = evaluated(new Map([['map_replace', [map, new Map([['values', numbers]])]]]));
    expect(replaced).toEqual(map);
  });

  test('of calls', () => {
    const calls = many.map((): Value => new Map([['get_param', 'text']]));
    expect(evaluated(calls)).toEqual(many.map(() => 'some text'));
  });
});
