import { noSuchKey, wrongCount, wrongType } from '../diagnostics/functions.ts';
import type { Value } from '../values/value.ts';
import { Call, type Expression, expressionType, isExpressionList, isExpressionMap } from './expression.ts';
import { PythonError } from './python-error.ts';

/** How Python unpacks arguments, and the checks that many functions share. */

/**
 * Python's `a, b = args`, which takes anything that can be iterated: a list, the keys of a map, the characters of text.
 *
 * @throws PythonError TypeError for what cannot be iterated, ValueError for another number of items.
 */
export function unpack(args: Expression, count: number, functionName: string): readonly Expression[] {
  const items = iterate(args);
  if (items === undefined) {
    throw new PythonError('TypeError', wrongType(functionName, 'its arguments', 'a list', expressionType(args)));
  }
  if (items.length !== count) {
    throw new PythonError('ValueError', wrongCount(functionName, `${count} arguments`, items.length));
  }
  return items;
}

function iterate(args: Expression): readonly Expression[] | undefined {
  if (isExpressionList(args)) return args;
  if (isExpressionMap(args)) return [...(args as ReadonlyMap<Value, unknown>).keys()];
  return typeof args === 'string' ? [...args] : undefined;
}

/** @throws PythonError TypeError unless `args` is a list; text and calls are none. */
export function requireList(args: Expression, functionName: string): readonly Expression[] {
  if (isExpressionList(args)) return args;
  throw new PythonError('TypeError', wrongType(functionName, 'its arguments', 'a list', expressionType(args)));
}

/** @throws PythonError TypeError unless `args` is a map; a call is none. */
export function requireMap(args: Expression, functionName: string): ReadonlyMap<Value, Expression> {
  if (isExpressionMap(args)) return args as ReadonlyMap<Value, Expression>;
  throw new PythonError('TypeError', wrongType(functionName, 'its arguments', 'a map', expressionType(args)));
}

/** Whether Python has a Mapping or a Function here: a map now, or perhaps one when it is evaluated. */
export function canBeMap(expression: Expression): boolean {
  return isExpressionMap(expression) || expression instanceof Call;
}

/** Heat pops items of what it takes for a list; a map has no item 0 to pop. */
export function popsFromMap(name: string): PythonError {
  return new PythonError('KeyError', `${wrongType(name, 'its arguments', 'a list', 'dict')} ${noSuchKey('0')}`);
}
