import { describe, expect, test } from 'vitest';
import { evaluateOrOmit } from '../../src/functions/evaluate.ts';
import { type Expression, OMIT } from '../../src/functions/expression.ts';
import { type FunctionProblem, parseCondition, parseExpression } from '../../src/functions/parse.ts';
import { PythonError } from '../../src/functions/python-error.ts';
import { neededAttributes, references } from '../../src/functions/references.ts';
import { toValue } from '../../src/functions/to-value.ts';
import { expressionValidator } from '../../src/functions/validate.ts';
import { decode, encode, type Json } from '../../src/values/encode.ts';
import { type FakeStack, fakeStack, readFixture } from './fake-stack.ts';

/**
 * fixtures/functions/calls.json: a call a line, with what the real Heat makes of it (scripts/functions-fixtures.py).
 */
interface RecordedCall extends Recorded {
  readonly version: readonly [string, string];
  readonly snippet: Json;
  /** Parsed as a condition. */
  readonly condition?: boolean;
}

interface Recorded {
  /** The exception class with which Heat refuses to parse it. */
  readonly refused?: string;
  readonly value?: Json;
  /** The exception class with which it fails. */
  readonly failed?: string;
  /** The value is Python's Ellipsis. */
  readonly omitted?: boolean;
  /** The resources that it requires, in order; or the exception class. */
  readonly requires?: readonly string[] | string;
  /** Pairs of a resource and what it needs of it: an attribute, `[attribute, ...path]`, or `*`. */
  readonly attributes?: Json;
  /** Heat's validation refuses it. */
  readonly invalid?: boolean;
}

const CALLS = readFixture<readonly { version: [string, string]; calls: readonly Omit<RecordedCall, 'version'>[] }[]>(
  'calls.json',
).flatMap(({ version, calls }) => calls.map((call): RecordedCall => ({ ...call, version })));
const STACKS = new Map<string, FakeStack>();

function stackOf(version: readonly [string, string]): FakeStack {
  const key = version.join('/');
  const stack = STACKS.get(key) ?? fakeStack(version);
  STACKS.set(key, stack);
  return stack;
}

function answer({ version, snippet, condition }: RecordedCall): Recorded {
  const { context, runtime, validation } = stackOf(version);
  const problems: FunctionProblem[] = [];
  const parse = condition ? parseCondition : parseExpression;
  const expression = parse(decode(snippet), context(problems), []);
  // Heat stops at the first problem that it meets; in one call they come in the same order.
  if (problems[0] !== undefined) return { refused: problems[0].heat };
  const invalid: FunctionProblem[] = [];
  expressionValidator(validation, (problem) => invalid.push(problem))(expression, []);
  return {
    ...outcome(expression, (e) => {
      const value = evaluateOrOmit(e, runtime);
      return value === OMIT ? { omitted: true } : { value: encode(value) };
    }),
    ...required(expression, version),
    ...attributes(expression, version),
    ...(invalid.length > 0 ? { invalid: true } : {}),
  };
}

function outcome(expression: Expression, evaluate: (expression: Expression) => Recorded): Recorded {
  try {
    return evaluate(expression);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { failed: error.type };
  }
}

function required(expression: Expression, version: readonly [string, string]): Recorded {
  const { runtime } = stackOf(version);
  const names: string[] = [];
  let error: string | undefined;
  const found = ({ name }: { readonly name: unknown }): void => {
    if (runtime.hasResource(name as string)) names.push(name as string);
    else error ??= 'InvalidTemplateReference';
  };
  references(expression, runtime, [], found, (problem) => {
    error ??= problem.heat;
  });
  if (error !== undefined) return { requires: error };
  return names.length > 0 ? { requires: names } : {};
}

function attributes(expression: Expression, version: readonly [string, string]): Recorded {
  const { runtime } = stackOf(version);
  const pairs: Json[] = [];
  neededAttributes(expression, runtime, (name, path) => {
    const attribute = path.length === 0 ? '*' : path.length === 1 ? encode(path[0] ?? null) : path.map(encode);
    pairs.push([encode(name), attribute]);
  });
  return pairs.length > 0 ? { attributes: pairs } : {};
}

/** JSON text with the keys of objects in order, so that maps compare without regard to theirs. */
function canonical(json: unknown): string {
  return JSON.stringify(json, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** One test for each function of each version. */
const GROUPS = new Map<string, RecordedCall[]>();
for (const call of CALLS) {
  const { version, snippet, condition } = call;
  const keys = snippet !== null && typeof snippet === 'object' ? Object.keys(snippet) : [];
  const group = `${condition ? 'condition ' : ''}${keys[0] ?? 'value'} of ${version[1]}`;
  GROUPS.set(group, [...(GROUPS.get(group) ?? []), call]);
}

describe('calls give what Heat gives', () => {
  test.each([...GROUPS])('%s', (_name, calls) => {
    for (const call of calls) {
      const { version: _version, snippet, condition: _condition, ...recorded } = call;
      const normalised = {
        ...recorded,
        ...(recorded.value === undefined ? {} : { value: encode(decode(recorded.value)) }),
      };
      expect(canonical(answer(call)), JSON.stringify(snippet)).toBe(canonical(normalised));
    }
  });
});

describe('an expression written back as data', () => {
  test.each([...GROUPS])('means the same: %s', (_name, calls) => {
    for (const call of calls.filter((one) => one.refused === undefined)) {
      const { context } = stackOf(call.version);
      const parse = call.condition ? parseCondition : parseExpression;
      const written = toValue(parse(decode(call.snippet), context([]), []));
      const again = answer({ ...call, snippet: encode(written) });
      expect(canonical(again), JSON.stringify(call.snippet)).toBe(canonical(answer(call)));
    }
  });
});
