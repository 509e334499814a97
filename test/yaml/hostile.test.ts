import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDocument, loadYaml } from '../../src/yaml/document.ts';
import { HEAT_LIMITS } from '../../src/yaml/limits.ts';

function code(text: string, limits = {}): string | undefined {
  const loaded = loadYaml(text, limits);
  return loaded.ok ? undefined : loaded.diagnostics[0]?.code;
}

const bomb = Array.from({ length: 12 }, (_, i) =>
  i === 0
    ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
    : `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
).join('\n');

describe('texts that want to do harm', () => {
  it.each([
    ['an alias bomb', bomb, 'ALIAS_LIMIT'],
    ['a value inside itself', 'a: &a [*a]', 'CYCLIC_ALIAS'],
    ['brackets 100,000 deep', '['.repeat(100_000), 'DEPTH_LIMIT'],
    ['maps 100,000 deep', '{a: '.repeat(100_000), 'DEPTH_LIMIT'],
    ['lists 100,000 deep', '- '.repeat(100_000), 'DEPTH_LIMIT'],
    ['keys 100,000 deep', '? '.repeat(100_000), 'DEPTH_LIMIT'],
    ['JSON 100,000 deep', '{"a":'.repeat(100_000), 'DEPTH_LIMIT'],
    [
      'depth by aliases',
      `a0: &a0 [x]\n${Array.from({ length: 500 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`).join('\n')}`,
      'DEPTH_LIMIT',
    ],
    ['millions of separators', `[${'1,'.repeat(10_000_001)}]`, 'NODE_LIMIT'],
    ['a number without end', `a: 0x${'f'.repeat(1_000_000)}`, 'BAD_NUMBER'],
    ['a product without end', `a: 1${':30'.repeat(100_000)}`, 'BAD_NUMBER'],
    ['bytes', '\x89PNG\r\n\x1a\n\0\0', 'BAD_CHARACTER'],
    ['NUL', 'a: b\0', 'BAD_CHARACTER'],
    ['a control character', 'a: \x07', 'BAD_CHARACTER'],
    ['half a character', 'a: \ud83d', 'BAD_CHARACTER'],
    ['half a character, the other half', 'a: \ude00 b', 'BAD_CHARACTER'],
    ['a text cut short', 'a: {b: [c, "d', 'SYNTAX_ERROR'],
  ])('%s is refused', (_, text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('reads 399 levels, and no more than it is told', () => {
    expect(code('['.repeat(399) + ']'.repeat(399))).toBeUndefined();
    expect(code(`# YAML\n${'['.repeat(400)}${']'.repeat(400)}`)).toBeUndefined();
    expect(code(`# YAML\n${'['.repeat(401)}${']'.repeat(401)}`)).toBe('DEPTH_LIMIT');
    expect(code(`${'- '.repeat(400)}a`)).toBeUndefined();
    expect(code('[[[]]]', { maxDepth: 2 })).toBe('DEPTH_LIMIT');
    expect(code('# YAML\n[[[]]]', { maxDepth: 2 })).toBe('DEPTH_LIMIT');
  });

  it('merging adds entries, not levels', () => {
    const maps = Array.from({ length: 1000 }, (_, i) =>
      i === 0 ? 'm0: &m0 {k0: 0}' : `m${i}: &m${i} {<<: *m${i - 1}, k${i}: 0}`,
    );
    const loaded = loadYaml(maps.join('\n'));
    expect(loaded.ok && (loaded.document.value as Map<string, Map<string, number>>).get('m999')?.size).toBe(1000);
    expect(code(maps.join('\n'), { maxMergedKeys: 1000 })).toBe('MERGE_LIMIT');
  });

  it('bounds the text as Heat does, when asked', () => {
    const loaded = loadDocument(`heat_template_version: 2018-08-31\n#${'x'.repeat(524_288)}`, HEAT_LIMITS);
    expect(loaded).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'SIZE_LIMIT', heat: 'RequestLimitExceeded', stage: 'parse' }],
    });
  });

  it('reads a list of 200,000 pairs, equal keys, long text and comments in time', () => {
    expect(code(`a: [${'k: v,'.repeat(200_000)}]`)).toBeUndefined();
    expect(code(`a: "${'x y '.repeat(1_000_000)}"`)).toBeUndefined();
    expect(code('#\n'.repeat(1_000_000))).toBeUndefined();
    const equal = loadYaml('a: 1\n'.repeat(100_000));
    expect(equal.diagnostics).toHaveLength(100);
  });

  it('gives up on thousands of lines that need repair', () => {
    expect(code(`a:\n  b: [${'\nx,'.repeat(20_000)}]`)).toBe('SYNTAX_ERROR');
  });

  it('pollutes nothing', () => {
    const loaded = loadYaml('__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n? __proto__\n: x\n');
    expect(loaded.ok && [...(loaded.document.value as Map<string, unknown>).keys()]).toEqual([
      '__proto__',
      'constructor',
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const json = loadYaml('{"__proto__": {"polluted": 1}}');
    expect(json.ok && (json.document.value as Map<string, unknown>).has('__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

const PIECES = [
  ...'abc{}[],:-?#&*!|>\'"%@`\\~=<. \t\n\r',
  ': ',
  '- ',
  '\n  ',
  '\n- ',
  '<<: ',
  '*a',
  '&a ',
  '!!str ',
  '!!set ',
  '!!omap ',
  '---\n',
  '...\n',
  '%TAG ',
  '\ufeff',
  '\x85',
  '\u2028',
  '\ud83d',
  '\0',
  '1',
  '0x',
  '.5',
  '1:30',
  'null',
  '"\\x4',
  '"\\ud83d"',
  'key: ',
  '{a: ',
  '[b, ',
  '|\n  ',
  '>-\n ',
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('any text', () => {
  it('is read or refused with a place, never thrown at, the same way every time', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
        const loaded = loadYaml(text);
        if (loaded.ok) {
          loaded.document.locate(['key', 'a', 0]);
        } else {
          expect(loaded.diagnostics[0]).toMatchObject({ severity: 'error', stage: 'parse' });
          expect(loaded.diagnostics[0]?.place?.line).toBeGreaterThan(0);
        }
        expect(loadYaml(text)).toEqual(loaded);
        expect(loadDocument(text).diagnostics.every(({ place }) => place !== undefined)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
