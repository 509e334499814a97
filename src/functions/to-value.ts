import type { Value } from '../values/value.ts';
import { Call, type Expression, ExpressionList, ExpressionMap, OMIT } from './expression.ts';

/**
 * The expression as data again: a call is a map of its name to its arguments, a macro the branch that it took (Heat's
 * `Function.__reduce__`). An omitted branch is written as `{if: [false, null]}`, which is omitted again when parsed.
 */
export function toValue(expression: Expression): Value {
  if (expression === OMIT) return null;
  if (typeof expression !== 'object' || expression === null) return expression;
  if (expression instanceof Call) {
    if (expression.definition.macro === undefined) return new Map([[expression.name, toValue(expression.args)]]);
    return expression.args === OMIT ? new Map([[expression.name, [false, null]]]) : toValue(expression.args);
  }
  if (expression instanceof ExpressionMap) {
    return new Map(Array.from(expression, ([key, item]): [Value, Value] => [key, toValue(item)]));
  }
  if (expression instanceof ExpressionList) return Array.from(expression, toValue);
  return expression;
}
