import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../src/functions/parse.ts';
import { PythonError } from '../../src/functions/python-error.ts';
import { neededAttributes, type Reference, references } from '../../src/functions/references.ts';
import { fromPlain } from '../../src/values/encode.ts';
import type { Value } from '../../src/values/value.ts';
import { type FakeStack, fakeStack } from './fake-stack.ts';

const HOT = fakeStack(['heat_template_version', '2021-04-16']);
const FIRST = fakeStack(['heat_template_version', '2013-05-23']);
const PATH = ['resources', 'server', 'properties'];

function referencesIn(snippet: unknown, stack: FakeStack = HOT): Reference[] {
  const found: Reference[] = [];
  const expression = parseExpression(fromPlain(snippet), stack.context([]), PATH);
  references(expression, stack.runtime, PATH, (reference) => found.push(reference));
  return found;
}

function attributesIn(snippet: unknown, stack: FakeStack = HOT): [Value, readonly Value[]][] {
  const found: [Value, readonly Value[]][] = [];
  const expression = parseExpression(fromPlain(snippet), stack.context([]), PATH);
  neededAttributes(expression, stack.runtime, (name, attribute) => found.push([name, attribute]));
  return found;
}

function names(snippet: unknown): Value[] {
  return referencesIn(snippet).map(({ name }) => name);
}

test('a reference says what it needs, and where it stands', () => {
  const snippet = { a: [{ get_resource: 'target' }], b: { get_attr: ['other', 'A', 'x', 0] } };
  expect(referencesIn(snippet)).toEqual([
    { kind: 'get_resource', name: 'target', path: [...PATH, 'a', 0, 'get_resource'] },
    { kind: 'get_attr', name: 'other', path: [...PATH, 'b', 'get_attr'] },
  ]);
});

test('the first version of get_attr needs the whole attribute, the last one can need all', () => {
  expect(attributesIn({ get_attr: ['other', 'A', 'x', 0] })).toEqual([['other', ['A', 'x', 0]]]);
  expect(attributesIn({ get_attr: ['other', 'A', 'x'] }, FIRST)).toEqual([['other', ['A']]]);
  expect(attributesIn({ get_attr: ['other'] })).toEqual([['other', []]]);
});

describe('every argument is searched', () => {
  test('whether it is used or not', () => {
    const unused = { str_replace: { template: 'x', params: { y: { get_resource: 'target' } } } };
    expect(names(unused)).toEqual(['target']);
    expect(names({ repeat: { template: { get_resource: 'other' }, for_each: { x: [] } } })).toEqual(['other']);
  });

  test('before the reference that it belongs to', () => {
    const computed = { get_attr: ['target', { get_attr: ['other', 'A'] }] };
    expect(names(computed)).toEqual(['other', 'target']);
  });

  test('in plain data of an unknown function, in a removed function', () => {
    expect(names({ unknown: { get_resource: 'other' } })).toEqual(['other']);
    expect(names({ Ref: { get_resource: 'other' } })).toEqual(['other']);
  });

  test('but of an if only the branch taken, whose place it has', () => {
    expect(referencesIn({ if: ['no', { get_resource: 'target' }, { get_resource: 'other' }] })).toEqual([
      { kind: 'get_resource', name: 'other', path: [...PATH, 'if', 2, 'get_resource'] },
    ]);
  });
});

test('a name can be computed', () => {
  expect(names({ get_resource: { get_param: 'target' } })).toEqual(['target']);
});

describe('a name that cannot be resolved', () => {
  const broken = { a: { get_resource: ['list'] }, b: { get_resource: { get_param: 'missing' } } };

  test('is thrown as Heat raises it', () => {
    expect(() => referencesIn(broken)).toThrow(PythonError);
    expect(() => referencesIn(broken)).toThrow(expect.objectContaining({ type: 'TypeError' }));
  });

  test('or reported, and the others are found', () => {
    const found: Reference[] = [];
    const heat: string[] = [];
    const expression = parseExpression(fromPlain({ ...broken, c: { get_resource: 'x' } }), HOT.context([]), PATH);
    const report = (problem: { readonly heat: string }): unknown => heat.push(problem.heat);
    references(expression, HOT.runtime, PATH, (reference) => found.push(reference), report);
    expect(heat).toEqual(['TypeError', 'UserParameterMissing']);
    expect(found.map(({ name }) => name)).toEqual(['x']);
  });
});

test('attributes that cannot be told yet are left out', () => {
  const snippet = [{ get_attr: ['target', { get_param: 'missing' }] }, { get_attr: ['target', 'A'] }];
  const needed: unknown[] = [];
  const expression = parseExpression(fromPlain(snippet), HOT.context([]), []);
  neededAttributes(expression, HOT.runtime, (name, attribute) => needed.push([name, attribute]));
  expect(needed).toEqual([['target', ['A']]]);
});
