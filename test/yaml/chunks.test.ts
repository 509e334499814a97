import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../src/values/encode.ts';
import type { Value } from '../../src/values/value.ts';
import { chunksOf } from '../../src/yaml/chunks.ts';
import { loadYaml } from '../../src/yaml/document.ts';
import { DEFAULT_LIMITS } from '../../src/yaml/limits.ts';
import { readChunks } from '../../src/yaml/read-chunks.ts';

const written = (value: Value) => JSON.stringify(encode(value));

/** How a text is read in chunks of several sizes, the least being to cut wherever that can be. */
interface Readings {
  /** How often it was not left to reading it as a whole. */
  readonly read: number;
  /** What it gave then that it does not give as a whole. */
  readonly wrong: readonly unknown[];
}

function readingsOf(text: string, sizes: readonly number[] = [1, 30, 100, 300, 1000]): Readings {
  const whole = loadYaml(text);
  const expected = JSON.stringify({
    value: whole.ok ? written(whole.document.value) : whole.diagnostics,
    duplicates: whole.diagnostics.some(({ code }) => code === 'DUPLICATE_KEY'),
  });
  const given = sizes
    .map((size) => readChunks(text, DEFAULT_LIMITS, size))
    .filter((reading) => reading !== undefined)
    .map(({ value, hasDuplicates }) => JSON.stringify({ value: written(value), duplicates: hasDuplicates }));
  return { read: given.length, wrong: given.filter((one) => one !== expected).map((one) => ({ text, one, expected })) };
}

function cuts(text: string, size = 1): string[] {
  return (chunksOf(text, size) ?? []).map(({ start, end }) => text.slice(start, end));
}

describe('chunks of a text', () => {
  it('begin at keys at the top, and at keys of those', () => {
    expect(cuts('a: 1\nb:\n  c:\n    d: 1\n  e: 2\n# f\n\ng: 3\n')).toEqual([
      'a: 1\n',
      'b:\n  c:\n    d: 1\n',
      '  e: 2\n# f\n\n',
      'g: 3\n',
    ]);
  });

  it('have their size at least, but for those before a key at the top', () => {
    const text = `a:\n${Array.from({ length: 100 }, (_, i) => `  k${i}: value\n`).join('')}b: 1\n`;
    const sizes = cuts(text, 200).map((chunk) => chunk.length);
    expect(sizes.slice(0, -2).every((size) => size >= 200 && size < 220)).toBe(true);
    expect(cuts(text, 200).join('')).toBe(text);
  });

  it('are none of what has no two keys, and of what is small', () => {
    for (const text of ['', 'a', 'a: 1', '- a\n- b\n', '  a: 1\n  b: 2\n']) expect(cuts(text)).toEqual([]);
    expect(chunksOf('a: 1\nb: 2\n')).toBeUndefined();
  });
});

describe('what is read in chunks', () => {
  const anywhere = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => join(entry.parentPath, entry.name));
  const fixtures = anywhere('fixtures');

  it('is what it is as a whole: the fixtures', () => {
    const readings = fixtures.map((file) => readingsOf(readFileSync(file, 'utf8').replaceAll(/[\t\r]/g, ' ')));
    expect(readings.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(readings.filter(({ read }) => read > 0).length).toBeGreaterThan(0.9 * fixtures.length);
  });

  it('goes on in what was begun: equal keys, anchors, merges, tags, and what values of all kinds end with', () => {
    const texts = [
      'a: &x {k: 1}\nb:\n  c: *x\n  d: &y\n    <<: *x\n  <<: *y\n  c: 2\na: 3\n',
      'a: &x\n  b: 1\n  c: 2\nd: *x\n',
      'a: |\n   b: 1\n\n   c: 2\n\nd: |+\n  - e\n\n\nf: >-\n  - g\n  - h\ni: 1\n',
      'a: \'b\n\n  c\'\nd: "e\\\n  f"\ng:\n  - h\n  - i\nj:\n- k\nl: [m,\n  n]\no: p\n  q\nr:\ns:\n  t:\n  u: v # w\n',
      '# a\n--- # b\nc: !!str 1\nd:\n  e: !!binary aGk=\n  f: !!set {g}\n',
    ];
    expect(texts.map((text) => readingsOf(text, [1]))).toEqual(texts.map(() => ({ read: 1, wrong: [] })));
  });

  it.each([
    ['keys in a block of text', 'a: |\n  b: 1\n  c: 2\nd: 3\n'],
    ['keys in quotes', 'a: "\n  b: 1\n  c: 2"\nd: 3\n'],
    ['keys in brackets', 'a: {\n  b: 1,\n  c: 2}\nd: 3\n'],
    ['keys in a list', 'a:\n- b: 1\n  c: 2\n  d: 3\ne: 1\n'],
    ['keys in text', 'a: b\n  c: d\n  e: f\n'],
    ['keys with a question mark', '? a\n: b\nc: 1\n? d\ne: f\n'],
    ['two documents', 'a: 1\n---\nb: 2\nc: 3\n'],
    ['a document that ends', 'a: 1\n...\nb: 2\nc: 3\n'],
    ['directives', '%TAG !a! tag:yaml.org,2002:\n---\nb: !a!str 1\nc: 2\n'],
    ['less indentation', 'a:\n    b: 1\n    c: 2\n  d: 3\ne: 4\n'],
    ['more indentation', 'a:\n  b: 1\n    c: 2\n  d: 3\n'],
    ['an anchor above its key', 'a: 1\n&x\nb: 2\nc: *x\n'],
    ['an alias of what it is in', 'a: &x\n  b: 1\n  c: *x\n'],
    ['an unknown alias', 'a: 1\nb: *x\n'],
    ['an integer that is none', 'a: 1\nb: 0x\nc: !!int d\n'],
    ['a colon without a key', 'a: 1\n: 2\nb: 3\n'],
  ])('is as it is as a whole, or read as a whole: %s', (_, text) => {
    // Also with a line before it, and in a mapping.
    for (const one of [text, `z: 0\n${text}`, `z:\n${text.replace(/^(?=.)/gm, '  ')}`]) {
      expect(readingsOf(one).wrong).toEqual([]);
    }
  });

  it('is as it is as a whole, or read as a whole: anything', () => {
    const values = [
      '1',
      '"g"',
      "'i\n\n    j'",
      '|\n    text\n\n    more',
      '>-\n    - a\n     b',
      '[v, w]',
      '{y: z,\n    a: b}',
      '*q',
      '!!str 1',
      '',
      '# c',
      '"k\n  l: m"',
      '\n    n: o\n    p: q',
      '\n    - a\n    - b: c\n      d: e',
      '|+\n\n',
      '~',
    ];
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e f', '"g"');
    const entry = fc.tuple(key, fc.constantFrom(...values)).map((parts) => parts.join(': '));
    const noise = [
      '# c',
      '',
      '    ',
      '- l',
      '---',
      '...',
      '&r',
      '!!map',
      'd e',
      'u: [v,',
      'h"',
      'f: "g',
      ': t',
      'x: |',
      '  y: 1',
      '? s',
      '<<: *q',
      '<<: 1',
      '%TAG ! x',
      '&r s: t',
      '*q : u',
    ];
    const line = fc.oneof({ weight: 30, arbitrary: entry }, fc.constantFrom(...noise));
    const top = fc
      .tuple(fc.constantFrom('s:', 't:', 'u: # v', '<<:'), fc.array(line, { minLength: 1, maxLength: 6 }))
      .map(([begin, lines]) => [begin, ...lines].join('\n  '));
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(top, line), { minLength: 2, maxLength: 8 }), fc.boolean(), (lines, ends) => {
        const readings = readingsOf(`q: &q {z: 1}\n${lines.join('\n')}${ends ? '\n' : ''}`, [1, 40]);
        expect(readings.wrong).toEqual([]);
        if (readings.read > 0) read++;
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(500);
  });
});
