import { equal } from '../runtime/equality.ts';
import type { Runtime } from '../runtime/objects.ts';
import type { ParameterType } from '../runtime/parameter-type.ts';
import { type FunctionSpec, func, param } from '../runtime/specification.ts';
import { NULL, NULLABLE, OBJECT } from '../runtime/types.ts';

function constant(symbol: string, left: ParameterType, right: ParameterType, result: boolean): FunctionSpec {
  return func(`#operator_${symbol}`, [param('left', left), param('right', right)], () => result);
}

/** Equality, and the order of null: below everything else. */
export const COMMON: readonly FunctionSpec[] = [
  func('*equal', [param('left', NULLABLE), param('right', NULLABLE)], (_call, a: Runtime, b: Runtime) => equal(a, b)),
  func(
    '*not_equal',
    [param('left', NULLABLE), param('right', NULLABLE)],
    (_call, a: Runtime, b: Runtime) => !equal(a, b),
  ),
  constant('<', OBJECT, NULL, false),
  constant('<=', OBJECT, NULL, false),
  constant('>', OBJECT, NULL, true),
  constant('>=', OBJECT, NULL, true),
  constant('<', NULL, OBJECT, true),
  constant('<=', NULL, OBJECT, true),
  constant('>', NULL, OBJECT, false),
  constant('>=', NULL, OBJECT, false),
  constant('<', NULL, NULL, false),
  constant('<=', NULL, NULL, true),
  constant('>', NULL, NULL, false),
  constant('>=', NULL, NULL, true),
];
