import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yamlText } from '../../src/export/hot-text.ts';
import { encode } from '../../src/values/encode.ts';
import { Float, type Value } from '../../src/values/value.ts';
import { loadYaml } from '../../src/yaml/document.ts';

function read(text: string): Value {
  const loaded = loadYaml(text);
  if (!loaded.ok) throw new Error(`${loaded.diagnostics[0]?.message}\n${text}`);
  return loaded.document.value;
}

const SCALARS = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.string({ unit: fc.constantFrom('a', ' ', '\t', '#', ':', '-', 'é') }), { maxLength: 5 })
    .map((lines) => lines.join('\n')),
  fc.constantFrom(
    'yes',
    'No',
    'on',
    'null',
    '~',
    '',
    '1',
    '1.0',
    '0x1f',
    '1:30',
    '=',
    '<<',
    '- a',
    '2013-05-23',
    '---',
    '!x',
  ),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.bigInt({ min: 2n ** 60n, max: 2n ** 80n }),
  fc
    .double({ noNaN: true })
    .map((value): Value => (Number.isInteger(value) || !Number.isFinite(value) ? new Float(value) : value)),
) as fc.Arbitrary<Value>;

const VALUES = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    SCALARS,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(SCALARS, tie('value')), { maxLength: 4 })
      .map((entries) => new Map(entries.filter(([key]) => !(key instanceof Float)))),
  ),
})).value;

describe('a value as YAML text', () => {
  it('is the same value when it is read again', () => {
    fc.assert(
      fc.property(VALUES, (value) => {
        expect(encode(read(yamlText(value)))).toEqual(encode(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('has keys of any length', () => {
    const value = new Map([['k'.repeat(5000), new Map([['x', [1, 'y'.repeat(5000)]]])]]);
    expect(encode(read(yamlText(value)))).toEqual(encode(value));
  });

  it('keeps scripts as they are', () => {
    const script = '#!/bin/sh\n\techo "a: b"\n\nexit 0\n';
    expect(yamlText(new Map([['config', script]]))).toBe('config: |\n  #!/bin/sh\n  \techo "a: b"\n\n  exit 0\n');
  });
});
