import type { Value } from '../values/value.ts';
import { Call, type Expression, holdsCalls, OMIT } from './expression.ts';

/**
 * The expression as data again: a call is a map of its name to its arguments, a macro the branch that it took (Heat's
 * `Function.__reduce__`). An omitted branch is written as `{if: [false, null]}`, which is omitted again when parsed.
 */
export function toValue(expression: Expression): Value {
  if (expression === OMIT) return null;
  if (expression instanceof Call) return callToValue(expression);
  if (!holdsCalls(expression)) return expression as Value;
  if (!(expression instanceof Map)) return (expression as readonly Expression[]).map(toValue);
  const map = new Map<Value, Value>();
  for (const [key, item] of expression as ReadonlyMap<Value, Expression>) map.set(key, toValue(item));
  return map;
}

function callToValue({ name, definition, args }: Call): Value {
  if (definition.macro === undefined) return new Map([[name, toValue(args)]]);
  return args === OMIT ? new Map([[name, [false, null]]]) : toValue(args);
}
