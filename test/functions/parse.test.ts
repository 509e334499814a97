import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/functions/evaluate.ts';
import { Call, hasCalls } from '../../src/functions/expression.ts';
import { type FunctionProblem, parseCondition, parseExpression } from '../../src/functions/parse.ts';
import { toValue } from '../../src/functions/to-value.ts';
import { fromPlain } from '../../src/values/encode.ts';
import type { Value, ValueMap } from '../../src/values/value.ts';
import { fakeStack } from './fake-stack.ts';

const HOT = fakeStack(['heat_template_version', '2021-04-16']);
const CFN = fakeStack(['AWSTemplateFormatVersion', '2010-09-09']);
const PATH = ['resources', 'server', 'properties'];

function problemsOf(snippet: unknown, stack = HOT): FunctionProblem[] {
  const problems: FunctionProblem[] = [];
  parseExpression(fromPlain(snippet), stack.context(problems), PATH);
  return problems;
}

function parse(snippet: unknown): ReturnType<typeof parseExpression> {
  return parseExpression(fromPlain(snippet), HOT.context([]), PATH);
}

describe('what is a call', () => {
  test('a map with one key, which names a function of this version', () => {
    expect(parse({ get_param: 'text' })).toBeInstanceOf(Call);
    expect(parse({ get_param: 'text', other: 1 })).not.toBeInstanceOf(Call);
    expect(parse({ 'Fn::GetAtt': ['target', 'A'] })).not.toBeInstanceOf(Call);
  });

  test.each(['__proto__', 'constructor', 'toString', '', '0', 'a.b'])('data with the key %j is data', (key) => {
    const data = new Map([[key, new Map([[key, 'x']])]]);
    expect(parseExpression(data, HOT.context([]), PATH)).toBe(data);
  });

  test('a key that is not text names no function', () => {
    const data: Value = new Map<Value, Value>([[null, 'x']]);
    expect(parseExpression(data, HOT.context([]), PATH)).toBe(data);
  });
});

describe('plain data is shared, not copied', () => {
  const anyData = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Value>(null, true, 0, 1.5, '', 'get_param'),
      fc.array(tie('value')),
      fc.array(fc.tuple(fc.string(), tie('value'))).map((entries): Value => new Map(entries)),
    ),
  })).value;

  test('without a call the very same value comes out of every stage', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const expression = parseExpression(data, HOT.context([]), PATH);
        expect(expression).toBe(data);
        expect(evaluate(expression, HOT.runtime)).toBe(data);
        expect(toValue(expression)).toBe(data);
      }),
    );
  });

  test('beside a call as well', () => {
    const plain: Value = new Map([['deep', ['data']]]);
    const data: Value = new Map<Value, Value>([
      ['plain', plain],
      ['call', new Map([['get_param', 'text']])],
    ]);
    const expression = parseExpression(data, HOT.context([]), PATH);
    expect(hasCalls(expression)).toBe(true);
    expect((evaluate(expression, HOT.runtime) as ValueMap).get('plain')).toBe(plain);
    expect((toValue(expression) as ValueMap).get('plain')).toBe(plain);
    expect(toValue(expression)).toEqual(data);
  });

  test('the order of keys stays', () => {
    const value = evaluate(parse({ z: 1, call: { get_param: 'text' }, a: 2 }), HOT.runtime) as ValueMap;
    expect([...value.keys()]).toEqual(['z', 'call', 'a']);
  });
});

test('Heat reads bytes as the list of their numbers, and a set as a list', () => {
  const context = HOT.context([]);
  expect(parseExpression(Uint8Array.of(1, 255), context, [])).toEqual([1, 255]);
  expect(parseExpression(new Set(['a', 'b']), context, [])).toEqual(['a', 'b']);
});

describe('a function that refuses its arguments', () => {
  test('is reported with its place, what it takes, and what Heat raises', () => {
    const [problem, ...others] = problemsOf({ a: [1, { list_join: 'x' }] });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      path: [...PATH, 'a', 1, 'list_join'],
      functionName: 'list_join',
      heat: 'StackValidationFailed',
      expected: '[delimiter, [text, map or list, ...], ...]',
      error: { type: 'TypeError' },
    });
  });

  test('does not keep the others from being reported', () => {
    const problems = problemsOf({ a: { str_replace: {} }, b: { if: [] }, c: { repeat: { template: { digest: 1 } } } });
    expect(problems.map(({ path }) => path.slice(PATH.length))).toEqual([
      ['a', 'str_replace'],
      ['b', 'if'],
      ['c', 'repeat'],
    ]);
  });

  test('is null when it is evaluated nevertheless, and itself when it is written back', () => {
    const snippet = { a: { list_join: 'x' } };
    expect(evaluate(parse(snippet), HOT.runtime)).toEqual(new Map([['a', null]]));
    expect(toValue(parse(snippet))).toEqual(fromPlain(snippet));
  });

  test('lets through what Heat does not wrap', () => {
    expect(problemsOf({ resource_facade: { get_param: 'missing' } })[0]?.heat).toBe('UserParameterMissing');
  });
});

describe('if', () => {
  test('looks only at the branch that it takes', () => {
    expect(problemsOf({ if: ['yes', 1, { list_join: 'x' }] })).toEqual([]);
    expect(problemsOf({ if: ['no', 1, { list_join: 'x' }] })[0]?.path).toEqual([...PATH, 'if', 2, 'list_join']);
  });

  test('says where its condition is wrong', () => {
    const [problem] = problemsOf({ if: [{ get_resource: 'target' }, 1, 2] });
    expect(problem).toMatchObject({ path: [...PATH, 'if', 0, 'get_resource'], heat: 'StackValidationFailed' });
  });

  test('with an unknown condition is refused', () => {
    expect(problemsOf({ if: ['unknown', 1, 2] })[0]).toMatchObject({
      path: [...PATH, 'if'],
      error: { type: 'ValueError' },
    });
  });

  test('without a branch to take makes what holds it vanish', () => {
    const snippet = { a: { if: ['no', 1] }, b: [{ if: ['no', 1] }, 2], c: 3 };
    const expected = fromPlain({ b: [2], c: 3 });
    expect(evaluate(parse(snippet), HOT.runtime)).toEqual(expected);
    expect(evaluate(parseExpression(toValue(parse(snippet)), HOT.context([]), []), HOT.runtime)).toEqual(expected);
    expect(evaluate(parse({ if: ['no', 1] }), HOT.runtime)).toBeNull();
  });
});

test('a condition has functions of its own', () => {
  const problems: FunctionProblem[] = [];
  parseCondition(fromPlain({ not: { list_join: [',', ['a']] } }), HOT.context(problems), ['conditions', 'c']);
  expect(problems).toMatchObject([{ path: ['conditions', 'c', 'not', 'list_join'], error: { type: 'ValueError' } }]);
});

describe('Ref', () => {
  const definitionOf = (name: string): string =>
    (parseExpression(new Map([['Ref', name]]), CFN.context([]), []) as Call).definition.heatClass;

  test('is get_resource for whatever the template declares, enabled or not', () => {
    expect(definitionOf('target')).toBe('GetResource');
    expect(definitionOf('disabled')).toBe('GetResource');
  });

  test('of anything else is a parameter', () => {
    expect(definitionOf('text')).toBe('ParamRef');
    expect(definitionOf('nothing')).toBe('ParamRef');
  });

  test('takes a name, not a call', () => {
    expect(problemsOf({ Ref: { Ref: 'text' } }, CFN)[0]?.error.type).toBe('TypeError');
  });
});
