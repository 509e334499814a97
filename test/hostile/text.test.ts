import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile, validate } from '../../src/index.ts';
import { expectUnchangedPrototypes } from './prototypes.ts';

expectUnchangedPrototypes();

const HEAD = 'heat_template_version: 2018-08-31\n';

const codes = (text: string): string[] => [...new Set(compile(text).diagnostics.map(({ code }) => code))];

describe('documents that grow when they are read', () => {
  const levels = (count: number): string =>
    Array.from(
      { length: count },
      (_, i) =>
        `l${i}: &l${i} [${Array(9)
          .fill(i === 0 ? 'x' : `*l${i - 1}`)
          .join(', ')}]\n`,
    ).join('');

  it.each([9, 20, 300])('a bomb of %i levels of aliases is refused', (count) => {
    expect(codes(HEAD + levels(count))).toEqual(count === 300 ? [expect.stringMatching(/_LIMIT$/)] : ['ALIAS_LIMIT']);
  });

  it('a bomb of merge keys is refused or answered', () => {
    const keys = Array.from({ length: 100 }, (_, i) => `k${i}: 1`).join(', ');
    const merges = Array.from({ length: 100_000 }, (_, i) => `  m${i}: {<<: *base}\n`).join('');
    expect(codes(`${HEAD}base: &base {${keys}}\nresources:\n${merges}`)).toEqual([expect.stringMatching(/_LIMIT$/)]);
  });

  it('a small bomb in a property is shared, not copied', () => {
    const text = `${HEAD}resources:\n  a:\n    type: OS::Heat::None\n    metadata:\n${levels(5).replaceAll(/^/gm, '      ').trimEnd()}\n`;
    expect(compile(text).ok).toBe(true);
  });

  it.each([
    'a: &a [*a]\n',
    'a: &a {b: *a}\n',
    'a: &a {<<: *a}\n',
    '&a {a: *a}\n',
    'a: &a {*a : b}\n',
    'a: &a\n  b: &b\n    c: [*a, *b]\n',
  ])('a value inside itself is refused: %j', (text) => {
    expect(compile(HEAD + text).ok).toBe(false);
  });
});

describe('documents that are too deep', () => {
  const DEEP = 100_000;
  it.each([
    ['[', ''],
    ['{a: ', ''],
    ['[', ']'],
    ['{a: ', '}'],
    ['{"a":', '}'],
    ['{"a":[', ']}'],
    ['- ', ''],
    ['? ', ''],
    ['!!seq [', ']'],
  ])('%j, 100,000 deep', (open, close) => {
    const inside = `${open.repeat(DEEP)}1${close.repeat(DEEP)}`;
    expect(codes(inside)).toEqual([expect.stringMatching(/DEPTH_LIMIT|SYNTAX_ERROR/)]);
    expect(codes(`{"heat_template_version": "2018-08-31", "resources": ${inside}}`)).toEqual([
      expect.stringMatching(/DEPTH_LIMIT|SYNTAX_ERROR/),
    ]);
  });

  it('mappings by indentation', () => {
    // Ever deeper lines are a quadratic text: 3,000 levels are 9 MB.
    const text = Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(2 * i)}a:\n`).join('');
    expect(codes(HEAD + text)).toEqual(['DEPTH_LIMIT']);
  });
});

describe('broken texts', () => {
  const template = readFileSync(new URL('../../fixtures/conformance/templates/everything.yaml', import.meta.url));

  it('a template cut off at any byte is answered', () => {
    for (let length = 0; length < template.length; length++) {
      const text = template.subarray(0, length).toString('utf8');
      const compiled = compile(text);
      expect(compiled.ok || compiled.diagnostics.length > 0, `cut off at ${length}`).toBe(true);
      for (const { place, code } of compiled.diagnostics) expect(place, `${code} at ${length}`).toBeDefined();
    }
  });

  it('a template with any byte replaced is answered', () => {
    for (const byte of [0x00, 0x09, 0x0a, 0x22, 0x26, 0x27, 0x2a, 0x3a, 0x5b, 0x7b, 0x80, 0xff]) {
      for (let at = 0; at < template.length; at++) {
        const bytes = Buffer.from(template);
        bytes[at] = byte;
        const text = bytes.toString('utf8');
        const { ok, diagnostics } = compile(text);
        expect(ok || diagnostics.length > 0, `byte ${byte} at ${at}`).toBe(true);
      }
    }
  });

  it.each([
    ['ELF', '\x7fELF\x02\x01\x01\0\0\0'],
    ['gzip', '\x1f\x8b\x08\0\0\0\0\0\0\x03'],
    ['PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['UTF-16', '\ufffe\0h\0e\0a\0t'],
    ['halves of characters', 'a: \ud800\nb: \udc00\n'],
    ['nothing but NUL', '\0'.repeat(1000)],
  ])('binary is refused: %s', (_, text) => {
    const diagnostics = validate(HEAD + text);
    expect(diagnostics.map(({ severity }) => severity)).toContain('error');
  });

  it('every character of Latin-1 over and over is refused', () => {
    const bytes = Array.from({ length: 65_536 }, (_, i) => String.fromCharCode((i * 7919) & 0xff)).join('');
    expect(compile(bytes).ok).toBe(false);
  });
});
