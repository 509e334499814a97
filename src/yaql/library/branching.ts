import type { MappingExpression } from '../language/expression.ts';
import { truthy } from '../runtime/equality.ts';
import type { Lambda } from '../runtime/lambda.ts';
import { Iter, type Runtime } from '../runtime/objects.ts';
import { NO_RECEIVER } from '../runtime/receiver.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, method, param } from '../runtime/specification.ts';
import { INT, LAMBDA, LAZY_RULE } from '../runtime/types.ts';

const LAMBDAS = { rest: param('args', LAMBDA) };

function* examined(conditions: readonly Lambda[]): Generator<Runtime> {
  for (const condition of conditions) yield truthy(condition.call([]));
}

function* matching(conditions: readonly Lambda[]): Generator<Runtime> {
  for (const [index, condition] of conditions.entries()) if (truthy(condition.call([]))) yield index;
}

export const BRANCHING: readonly FunctionSpec[] = [
  func(
    'switch',
    [],
    ({ context, run }: Call, ...rules: MappingExpression[]) => {
      for (const { source, destination } of rules) {
        if (truthy(run.evaluate(source, NO_RECEIVER, context, run))) {
          return run.evaluate(destination, NO_RECEIVER, context, run);
        }
      }
      return null;
    },
    { rest: param('args', LAZY_RULE), noKeywords: true },
  ),
  func(
    'selectCase',
    [],
    (_call, ...conditions: Lambda[]) => {
      const index = conditions.findIndex((condition) => truthy(condition.call([])));
      return index < 0 ? conditions.length : index;
    },
    LAMBDAS,
  ),
  func('selectAllCases', [], (_call, ...conditions: Lambda[]) => new Iter(matching(conditions)), LAMBDAS),
  func('examine', [], (_call, ...conditions: Lambda[]) => new Iter(examined(conditions)), LAMBDAS),
  method(
    'switchCase',
    [param('case', INT)],
    (_call, index: number, ...cases: Lambda[]) => {
      const chosen = index >= 0 && index < cases.length ? cases[index] : cases.at(-1);
      return chosen === undefined ? null : chosen.call([]);
    },
    LAMBDAS,
  ),
  func(
    'coalesce',
    [],
    (_call, ...candidates: Lambda[]) => {
      for (const candidate of candidates) {
        const value = candidate.call([]);
        if (value !== null) return value;
      }
      return null;
    },
    LAMBDAS,
  ),
];
