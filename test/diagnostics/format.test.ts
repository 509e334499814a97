import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic, Place } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostic, formatDiagnostics } from '../../src/diagnostics/format.ts';
import { circularDependency } from '../../src/diagnostics/graph.ts';

const template = `heat_template_version: 2018-08-31
resources:
  web:
    type: OS::Nova::Server
    depends_on: dbb
  db:
    type: OS::Nova::Server
`;
const sources = new Map([['t.yaml', template]]);
const place = (line: number, column: number, endColumn?: number, endLine = line): Place => ({
  source: 't.yaml',
  line,
  column,
  ...(endColumn !== undefined && { endLine, endColumn }),
});
const error = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'X',
  severity: 'error',
  message: 'It is wrong.',
  ...more,
});

/** The two lines of the frame that matter: the line meant and what is under it. */
function frameOf(line: string, at: Place, width?: number): string[] {
  const text = formatDiagnostic(error({ place: { ...at, line: 1 } }), {
    sources: new Map([['t.yaml', line]]),
    context: 0,
    ...(width !== undefined && { width }),
  });
  return text
    .split('\n')
    .slice(3)
    .map((one) => one.replace(/^ {2}[1 ] \| /, ''));
}

describe('a diagnostic for people', () => {
  test('what, where, the line, what was expected, a hint', () => {
    const diagnostic: Diagnostic = {
      code: 'RESOURCE_UNKNOWN',
      severity: 'error',
      message: "There is no resource 'dbb'.",
      place: place(5, 17, 20),
      expected: 'the name of a resource of this template',
      hint: "Did you mean 'db'?",
    };
    expect(`\n${formatDiagnostic(diagnostic, { sources })}\n`).toBe(`
error[RESOURCE_UNKNOWN]: There is no resource 'dbb'.
  --> t.yaml:5:17
    |
  4 |     type: OS::Nova::Server
  5 |     depends_on: dbb
    |                 ^^^
  6 |   db:
  expected: the name of a resource of this template
  hint: Did you mean 'db'?
`);
  });

  test('other places that belong to it, each with its own line', () => {
    const diagnostic = circularDependency([
      { requirer: 'web', required: 'db', kind: 'depends_on', place: place(5, 17, 20) },
      { requirer: 'db', required: 'web', kind: 'get_attr', place: place(7, 5, 9) },
    ]);
    expect(`\n${formatDiagnostic(diagnostic, { sources, context: 0 })}\n`).toBe(`
error[CIRCULAR_DEPENDENCY]: 2 tasks wait for each other: 'web' -> 'db' -> 'web'.
  --> t.yaml:5:17
    |
  5 |     depends_on: dbb
    |                 ^^^
  expected: an order in which everything comes after what it requires
  hint: Take away one of these edges: a function or a depends_on entry that is not needed.
  note: 'web' requires 'db' (depends_on) (t.yaml:5:17)
  note: 'db' requires 'web' (get_attr)
  --> t.yaml:7:5
    |
  7 |     type: OS::Nova::Server
    |     ^^^^
`);
  });

  test('a path where there is no place; nothing but the message where there is neither', () => {
    expect(formatDiagnostic(error({ path: ['edges', 3, 'requirer'] }))).toBe(
      'error[X]: It is wrong.\n  --> edges[3].requirer',
    );
    expect(formatDiagnostic(error({ severity: 'warning' }))).toBe('warning[X]: It is wrong.');
  });

  test('the place alone where the text or the line is not known', () => {
    const alone = 'error[X]: It is wrong.\n  --> t.yaml:99:1';
    expect(formatDiagnostic(error({ place: place(99, 1) }))).toBe(alone);
    expect(formatDiagnostic(error({ place: place(99, 1) }), { sources })).toBe(alone);
  });

  test('colours only when asked for', () => {
    const csi = '\u001b[';
    const diagnostic = error({ place: place(3, 3), hint: 'h', expected: 'e', related: [{ message: 'm' }] });
    const plain = formatDiagnostic(diagnostic, { sources });
    const coloured = formatDiagnostic(diagnostic, { sources, colour: true });
    expect(plain).not.toContain(csi);
    expect(coloured).toContain(`${csi}1;31merror[X]${csi}0m`);
    const [before = '', ...parts] = coloured.split(csi);
    expect(before + parts.map((part) => part.slice(part.indexOf('m') + 1)).join('')).toBe(plain);
  });
});

describe('the underline', () => {
  test('one mark where the end is not known; from start to end where it is', () => {
    expect(frameOf('  web: 1', place(1, 3))).toEqual(['  web: 1', '  ^']);
    expect(frameOf('  web: 1', place(1, 3, 6))).toEqual(['  web: 1', '  ^^^']);
    expect(frameOf('  web: 1', place(1, 3, 3))).toEqual(['  web: 1', '  ^']);
  });

  test('to the end of the line when the thing goes on below', () => {
    expect(frameOf('  web:  ', place(1, 3, 9, 4))).toEqual(['  web:', '  ^^^^']);
  });

  test('at the end of the line when the place is behind it', () => {
    expect(frameOf('ab', place(1, 3))).toEqual(['ab', '  ^']);
    expect(frameOf('ab', place(1, 9))).toEqual(['ab', '  ^']);
    expect(frameOf('', place(1, 1))).toEqual(['  1 |', '^']);
  });

  test('under the right cells after tabs, wide and joined characters', () => {
    expect(frameOf('\tweb: 1', place(1, 2, 5))).toEqual(['    web: 1', '    ^^^']);
    expect(frameOf('a\tweb: 1', place(1, 3, 6))).toEqual(['a   web: 1', '    ^^^']);
    expect(frameOf('服务器: web', place(1, 6, 9))).toEqual(['服务器: web', '        ^^^']);
    expect(frameOf('服务器: web', place(1, 2))).toEqual(['服务器: web', '  ^^']);
    expect(frameOf('e\u0301: web', place(1, 5, 8))).toEqual(['e\u0301: web', '   ^^^']);
    expect(frameOf('🚀: web', place(1, 5, 8))).toEqual(['🚀: web', '    ^^^']);
    expect(frameOf('👩\u200d🚀: web', place(1, 8, 11))).toEqual(['👩\u200d🚀: web', '    ^^^']);
  });

  test('characters that could steer the terminal are shown by their number', () => {
    expect(frameOf('a\u001b[31m: web', place(1, 9, 12))).toEqual(['a\\u{1b}[31m: web', '             ^^^']);
    expect(frameOf('\u202eb', place(1, 2))).toEqual(['\\u{202e}b', '        ^']);
    const text = formatDiagnostic(error({ message: 'a\u001b[0m\nb', hint: 'one\ntwo\u0007' }));
    expect(text).toBe('error[X]: a\\u{1b}[0m\\nb\n  hint: one\n        two\\u{7}');
  });

  test('long lines are cut around the place', () => {
    const line = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`;
    expect(frameOf(line, place(1, 501, 505), 30)).toEqual([
      `…${'a'.repeat(10)}HERE${'b'.repeat(16)}…`,
      `${' '.repeat(11)}^^^^`,
    ]);
    expect(frameOf(line, place(1, 1, 3), 10)).toEqual([`${'a'.repeat(10)}…`, '^^']);
    expect(frameOf(line, place(1, 501, 3), 30)[1]).toBe(`${' '.repeat(11)}^`);
    expect(frameOf(line, place(1, 1, 1005), 10)).toEqual([`${'a'.repeat(10)}…`, '^'.repeat(10)]);
  });

  test('no text and no place make it fail, and no line of it is endless', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.record({ line: fc.nat(5), column: fc.nat(30), endLine: fc.nat(5), endColumn: fc.nat(30) }),
        fc.integer({ min: 1, max: 40 }),
        (text, at, width) => {
          const formatted = formatDiagnostic(error({ place: { source: 's', ...at } }), {
            sources: new Map([['s', text]]),
            width,
          });
          for (const line of formatted.split('\n')) expect(line.length).toBeLessThan(width * 10 + 40);
          expect(formatted.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('several diagnostics', () => {
  test('by place, those without one first, with a count at the end', () => {
    const text = formatDiagnostics([
      error({ code: 'D', place: place(5, 1) }),
      error({ code: 'E', place: { source: 'other.yaml', line: 1, column: 1 } }),
      error({ code: 'C', place: place(3, 9), severity: 'warning' }),
      error({ code: 'B', place: place(3, 2) }),
      error({ code: 'A' }),
    ]);
    expect([...text.matchAll(/\[(\w)\]/g)].map((found) => found[1])).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(text.split('\n').at(-1)).toBe('4 errors, 1 warning');
  });

  test('nothing for none; and a single one is no plural', () => {
    expect(formatDiagnostics([])).toBe('');
    expect(formatDiagnostics([error()])).toBe('error[X]: It is wrong.\n\n1 error');
  });

  test('a cycle of thousands stays readable', () => {
    const steps = Array.from({ length: 5000 }, (_, i) => ({
      requirer: `t${i}`,
      required: `t${(i + 1) % 5000}`,
      kind: 'get_attr',
    }));
    const lines = formatDiagnostic(circularDependency(steps)).split('\n');
    expect(lines.length).toBeLessThan(20);
    expect(lines.at(-1)).toBe('  and 4988 more');
    expect(lines[0]?.length).toBeLessThan(200);
  });
});
