import { tooLarge } from '../diagnostics/functions.ts';
import type { Value } from '../values/value.ts';
import { Call, type Expression, holdsCalls, OMIT, type Omit } from './expression.ts';
import { PythonError } from './python-error.ts';
import type { Runtime } from './runtime.ts';

/**
 * The value of an expression. Items and keys that a two-armed `if` omits vanish from their list or map; at the top an
 * omitted value is null. What holds no call is returned as it is, not copied. Mirrors `function.resolve`.
 *
 * @throws PythonError where a function fails.
 */
export function evaluate(expression: Expression, runtime: Runtime): Value {
  const value = evaluateOrOmit(expression, runtime);
  return value === OMIT ? null : value;
}

/** The same, for a place that can be omitted: a property, an item. */
export function evaluateOrOmit(expression: Expression, runtime: Runtime): Value | Omit {
  if (typeof expression !== 'object' || expression === null) return expression;
  if (expression instanceof Call) return evaluateCall(expression, runtime);
  if (!holdsCalls(expression)) return expression as Value;
  if (!(expression instanceof Map)) return evaluateItems(expression as readonly Expression[], runtime);
  const map = new Map<Value, Value>();
  for (const [key, item] of expression as ReadonlyMap<Value, Expression>) {
    const value = evaluateOrOmit(item, runtime);
    if (value !== OMIT) map.set(key, value);
  }
  return map;
}

/** What JS itself can not hold is Python's error too. */
function evaluateCall(call: Call, runtime: Runtime): Value | Omit {
  try {
    return call.definition.evaluate(call, runtime);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const deep = error.message.includes('call stack');
    throw new PythonError(deep ? 'RecursionError' : 'MemoryError', tooLarge(call.name, deep));
  }
}

/** The values of some arguments of a call; omitted ones vanish. */
export function evaluateItems(items: readonly Expression[], runtime: Runtime): Value[] {
  const list: Value[] = [];
  for (const item of items) {
    const value = evaluateOrOmit(item, runtime);
    if (value !== OMIT) list.push(value);
  }
  return list;
}
