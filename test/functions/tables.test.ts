import { describe, expect, test } from 'vitest';
import type { FunctionTable } from '../../src/functions/expression.ts';
import { functionTables } from '../../src/functions/tables.ts';
import { readFixture } from './fake-stack.ts';

type Classes = Readonly<Record<string, string>>;

/** For every version that Heat has, release names too: the class behind each function. */
const TABLES = readFixture<Readonly<Record<string, { functions: Classes; conditions: Classes }>>>('tables.json');

function classes(table: FunctionTable | undefined): Classes {
  return Object.fromEntries(Array.from(table ?? [], ([name, definition]) => [name, definition.heatClass]));
}

describe('every version has the functions that Heat has', () => {
  test.each(Object.entries(TABLES))('%s', (version, expected) => {
    const dot = version.indexOf('.');
    const tables = functionTables([version.slice(0, dot), version.slice(dot + 1)]);
    expect(classes(tables?.functions)).toEqual(expected.functions);
    expect(classes(tables?.conditions)).toEqual(expected.conditions);
  });
});

test.each([
  ['heat_template_version', '2014-01-01'],
  ['heat_template_version', '2010-09-09'],
  ['heat_template_version', 'Rocky'],
  ['heat_template_version', '__proto__'],
  ['__proto__', 'constructor'],
  ['AWSTemplateFormatVersion', '2012-12-12'],
] as const)('%s %s is no version', (key, value) => {
  expect(functionTables([key, value])).toBeUndefined();
});

test('a definition cannot be changed', () => {
  for (const [version] of Object.entries(TABLES)) {
    const tables = functionTables(version.split('.') as [string, string]);
    for (const definition of [...(tables?.functions.values() ?? []), ...(tables?.conditions.values() ?? [])]) {
      expect(Object.isFrozen(definition)).toBe(true);
    }
  }
});
