import { truthy } from '../runtime/equality.ts';
import type { Lambda } from '../runtime/lambda.ts';
import type { Runtime } from '../runtime/objects.ts';
import { type FunctionSpec, func, param } from '../runtime/specification.ts';
import { LAMBDA, NULLABLE } from '../runtime/types.ts';

export const BOOLEAN: readonly FunctionSpec[] = [
  func('#operator_and', [param('left', LAMBDA), param('right', LAMBDA)], (_call, left: Lambda, right: Lambda) => {
    const value = left.call([]);
    return truthy(value) ? right.call([]) : value;
  }),
  func('#operator_or', [param('left', LAMBDA), param('right', LAMBDA)], (_call, left: Lambda, right: Lambda) => {
    const value = left.call([]);
    return truthy(value) ? value : right.call([]);
  }),
  func('#unary_operator_not', [param('arg', NULLABLE)], (_call, arg: Runtime) => !truthy(arg)),
  func('bool', [param('value', NULLABLE)], (_call, value: Runtime) => truthy(value)),
  func('isBoolean', [param('value', NULLABLE)], (_call, value: Runtime) => typeof value === 'boolean'),
];
