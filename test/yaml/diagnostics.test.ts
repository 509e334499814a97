import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadDocument } from '../../src/yaml/document.ts';

const HEAD = 'heat_template_version: 2018-08-31\n';

function only(text: string): Diagnostic {
  const { diagnostics } = loadDocument(text);
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0] as Diagnostic;
}

describe('what is wrong with a text is told with its place and a hint', () => {
  it.each([
    ['a tab as indentation', 'resources:\n\ta: 1\n', '3:1', /tab/, /spaces/],
    ['no blank after a colon', 'a:\n  type:OS::Heat::None\n  b: 1\n', '4:4', /goes on/, /blank after type:/],
    ['no blank after the last colon', 'a: 1\ntype:x\n', '3:1', /no key/, /blank after type:/],
    ['an open double quote', 'd: "abc\nresources: {}\n', '2:4', /never closed/, /\\"/],
    ['an open single quote', "d: 'it''s\nresources: {}\n", '2:4', /never closed/, /''/],
    ['a quote in single quotes', "d: 'it's'\n", '2:8', /complete/, /Quote the whole/],
    ['an open bracket at the end', 'a: [1, 2', '2:4', /never closed/, /quoted/],
    ['the wrong bracket', 'a: {b: [c}\n', '2:10', /comma or the closing/, /quoted/],
    ['a value that begins with {{', 'd: {{ name }}\n', '2:5', /cannot be the key/, /"{{ name }}"/],
    ['a value that begins with %', 'd: %name%\n', '2:4', /cannot begin with %/, /Quote/],
    ['a value that begins with @', 'd: @name\n', '2:4', /cannot begin with @/, /Quote/],
    ['a value that begins with *', 'd: *name\n', '2:4', /names no anchor/, /quoted/],
    ['a value that begins with !', 'd: !name x\n', '2:10', /means nothing/, /quoted/],
    ['two colons', 'd: a: b\n', '2:5', /second ':'/, /Quote/],
    ['too little indentation', 'a:\n  b: 1\n c: 2\n', '4:2', /indentation/, /same column/],
    ['an unknown escape', 'd: "\\d"\n', '2:5', /not an escape/, /single quotes/],
    ['a control character', 'd: \x07\n', '2:4', /U\+0007/, /escape/],
    ['a block header', 'd: |x\n', '2:5', /after \| or >/, /quoted/],
    ['a number that is none', 'd: 0x_\n', '2:4', /looks like a number/, /Quote/],
    ['<< as a value', 'd: <<\n', '2:4', /no key can stand/, /Quote/],
  ])('%s', (_, text, at, message, hint) => {
    const { place, ...diagnostic } = only(HEAD + text);
    expect(`${place?.line}:${place?.column}`).toBe(at);
    expect(diagnostic).toMatchObject({ severity: 'error', heat: 'ValueError', stage: 'parse' });
    expect(diagnostic.message).toMatch(message);
    expect(diagnostic.hint).toMatch(hint);
  });

  it('a template is a mapping that names its version', () => {
    expect(only('- a\n')).toMatchObject({ code: 'NOT_A_MAPPING', heat: 'ValueError', place: { line: 1, column: 1 } });
    expect(only('"a"')).toMatchObject({ code: 'NOT_A_MAPPING', message: 'The template is a text, not a mapping.' });
    expect(only('resources: {}')).toMatchObject({ code: 'VERSION_MISSING', heat: 'ValueError' });
    expect(only('')).toMatchObject({ code: 'VERSION_MISSING', place: { line: 1, column: 1 } });
    for (const key of ['heat_template_version', 'HeatTemplateFormatVersion', 'AWSTemplateFormatVersion']) {
      expect(loadDocument(`${key}:`).ok).toBe(true);
    }
  });

  it('the other place of the same problem is told, too', () => {
    expect(only(`${HEAD}a: &x 1\nb: &x 2\n`)).toMatchObject({
      code: 'DUPLICATE_ANCHOR',
      related: [{ place: { line: 2, column: 7 } }],
    });
    expect(only(`${HEAD}a: [1, {b: 2]\n`)).toMatchObject({ related: [{ place: { line: 2, column: 8 } }] });
  });

  it.each([`${HEAD}a: 1\nb: 2\na: 3\n`, '{"heat_template_version": 1,\n"a": 1, "b": 2,\n"a": 3}'])(
    'equal keys are a warning: %j',
    (text) => {
      const loaded = loadDocument(text);
      expect(loaded).toMatchObject({
        ok: true,
        diagnostics: [
          {
            code: 'DUPLICATE_KEY',
            severity: 'warning',
            place: { column: 1 },
            related: [{ place: { line: 2, column: 1 } }],
          },
        ],
      });
      expect(loaded.ok && [...loaded.document.value.entries()].slice(1)).toEqual([
        ['a', 3],
        ['b', 2],
      ]);
    },
  );

  it('keys that a merge brings twice are no warning', () => {
    expect(loadDocument(`${HEAD}a: {<<: {x: 1}, x: 2}\n`).diagnostics).toEqual([]);
  });
});
