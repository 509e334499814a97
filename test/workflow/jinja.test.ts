import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPlain, toPlain } from '../../src/values/encode.ts';
import { loadJson } from '../../src/values/load-json.ts';
import type { Value, ValueMap } from '../../src/values/value.ts';
import { dumpYaml } from '../../src/workflow/expressions/dump-yaml.ts';
import { Expressions, expressionProblem } from '../../src/workflow/expressions/evaluate.ts';
import { ExpressionError } from '../../src/workflow/expressions/expression-error.ts';
import type { ExpressionScope } from '../../src/workflow/expressions/scope.ts';
import { FIXTURES } from './run-document.ts';

const all = loadJson(readFileSync(`${FIXTURES}jinja.json`, 'utf8')) as ValueMap;
const texts = all.get('texts') as readonly ValueMap[];

function scope(data: Value): ExpressionScope {
  const nothing = (): Value => null;
  return {
    data: () => data,
    functions: {
      env: nothing,
      global: nothing,
      execution: nothing,
      executions: nothing,
      task: nothing,
      tasks: nothing,
      uuid: () => 'u',
      now: () => 0,
    },
  };
}

function evaluated(text: string, data: Value): unknown {
  if (expressionProblem(text) !== undefined) return 'invalid';
  try {
    return { value: toPlain(new Expressions().evaluateText(text, scope(data))) };
  } catch (error) {
    if (error instanceof ExpressionError) return 'error';
    throw error;
  }
}

/** Where the library's parser reads another language than Jinja2's. */
const OTHER_SYNTAX = new Set([
  '{{ () }}',
  '{{ (1,) }}',
  '{{ 1e3 }}',
  '{{ 1_000 }}',
  '{{ 0x10 }}',
  '{{ [1 2] }}',
  '{{ "\\q" }}',
  '{{ _.l[] }}',
  '{% raw %}{{ x }}{% endraw %}',
  // A method that is left out: it could reach the attributes of objects in Python.
  '{{ _.t.format(1) }}',
]);

describe('Jinja gives what it gives in Mistral', () => {
  it.each(texts.map((one) => [one.get('text') as string, one] as const))('%s', (text, one) => {
    const error = one.get('valid') === true ? 'error' : 'invalid';
    const expected = one.has('value') ? { value: toPlain(one.get('value') as Value) } : error;
    const found = evaluated(text, all.get('data') as Value);
    if (OTHER_SYNTAX.has(text)) expect(found).not.toEqual(expected);
    else expect(found).toEqual(expected);
  });
});

describe('yaml_dump gives what PyYAML gives', () => {
  it.each((all.get('yaml') as readonly ValueMap[]).map((one, i) => [i, one] as const))('value %i', (_, one) => {
    expect(dumpYaml(one.get('value') as Value)).toBe(one.get('text'));
  });
});

describe('a hostile template', () => {
  const names = [
    'constructor',
    '__proto__',
    'prototype',
    'hasOwnProperty',
    'toString',
    'globalThis',
    'process',
    'require',
    '__class__',
  ];
  const values = [
    '_',
    '_.x',
    '_.x.y',
    '""',
    '[]',
    '{}',
    'range',
    'task',
    'loop',
    'dict',
    'namespace()',
    '(1)',
    'none',
    'true',
  ];

  it.each(values.flatMap((value) => names.map((name) => [value, name] as const)))(
    'reaches nothing by %s.%s',
    (value, name) => {
      const data = fromPlain({ x: { y: [1] } });
      expect(['error', 'invalid']).toContain(evaluated(`{{ ${value}.${name} }}`, data));
      expect(['error', 'invalid']).toContain(evaluated(`{{ ${value}["${name}"] }}`, data));
      expect(['error', 'invalid']).toContain(evaluated(`{{ ${name} }}`, data));
    },
  );

  it.each([
    '{% for a in range(100000) %}{% for b in range(100000) %}{{ b }}{% endfor %}{% endfor %}',
    '{{ "x" * 99999999999 }}',
    '{{ 9 ** 9 ** 9 ** 9 ** 9 ** 9 ** 9 }}',
    '{{ "a" | center(99999999999) | length > 200000 }}{{ zz }}',
    '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
    `{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`,
    `{{ 1 }}${' '.repeat(50_000)}`,
    `{{ ${'[1]|list|'.repeat(5_000)}list }}`,
    '{{ [1] * 999999999 }}',
  ])('ends: %#', (text) => {
    expect(['error', 'invalid']).toContain(evaluated(text, null));
  });

  it('throws nothing but an ExpressionError, whatever it is', () => {
    const parts = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '<%',
      '%>',
      '_',
      '.',
      'x',
      '(',
      ')',
      '[',
      ']',
      '|',
      'if',
      'for',
      'in',
      'is',
      '"',
      "'",
      '1',
      '+',
      '-',
      '$',
      ' ',
      '\n',
      '{',
      '}',
      ':',
      ',',
      '~',
      'endfor',
      'else',
      'map',
      'sort',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 25 }), (list) => {
        const text = list.join('');
        expect(() => evaluated(text, fromPlain({ x: 1 }))).not.toThrow();
        expect(() => evaluated(`{{ ${text} }}`, fromPlain({ x: 1 }))).not.toThrow();
      }),
      { numRuns: 1500 },
    );
  });
});
