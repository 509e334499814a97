import { Float, typeName, type Value } from '../values/value.ts';
import type { FunctionDefinition } from './definition.ts';

/**
 * A value with calls of functions in it. What has no call inside stays the plain Value that it was, shared with the
 * document; a map or list with a call inside is a marked copy, so that a walk over the calls never looks into plain
 * data.
 */
export type Expression = Value | Call | ExpressionList | ExpressionMap | Omit;

/** What a two-armed `if` gives when its condition is false: the item that holds it vanishes. Python's Ellipsis. */
export const OMIT: unique symbol = Symbol('omit');
export type Omit = typeof OMIT;

/** A call of a function. `State` is what the function's `parse` prepared. */
export class Call<State = unknown> {
  /** As written. */
  readonly name: string;
  readonly definition: FunctionDefinition;
  /** For a macro: the branch taken, alone. */
  readonly args: Expression;
  readonly state: State;
  /** For a macro: which of its arguments `args` is. */
  readonly branch: number | undefined;

  constructor(name: string, definition: FunctionDefinition, args: Expression, state: State, branch?: number) {
    this.name = name;
    this.definition = definition;
    this.args = args;
    this.state = state;
    this.branch = branch;
  }
}

/** Marks what holds a call: a property is cheaper to give and to test than a class of its own. */
const HAS_CALLS: unique symbol = Symbol('has calls');
interface Mark {
  readonly [HAS_CALLS]: true;
}

/** A map with a call somewhere inside. */
export interface ExpressionMap extends ReadonlyMap<Value, Expression>, Mark {}

/** A list with a call somewhere inside. */
export interface ExpressionList extends ReadonlyArray<Expression>, Mark {}

/** Marks a map, which must be the caller's own, as one that holds a call. */
export function expressionMap(map: Map<Value, Expression>): ExpressionMap {
  return mark(map);
}

/** Marks a list, which must be the caller's own, as one that holds a call. */
export function expressionList(list: Expression[]): ExpressionList {
  return mark(list);
}

function mark<T extends object>(container: T): T & Mark {
  (container as { [HAS_CALLS]?: true })[HAS_CALLS] = true;
  return container as T & Mark;
}

/** Whether there can be a call inside; plain data is not to be searched. */
export function holdsCalls(expression: Expression): expression is ExpressionMap | ExpressionList {
  return typeof expression === 'object' && (expression as { [HAS_CALLS]?: true } | null)?.[HAS_CALLS] === true;
}

/** Whether Python has a list here: a list, not a call. (Text is a Sequence too; functions that take it say so.) */
export function isExpressionList(expression: Expression): expression is ExpressionList | readonly Value[] {
  return Array.isArray(expression);
}

export function isExpressionMap(expression: Expression): expression is ExpressionMap | ReadonlyMap<Value, Value> {
  return expression instanceof Map;
}

/** Python's type name of an expression; a call is a Function. */
export function expressionType(expression: Expression): string {
  if (expression instanceof Call) return 'function';
  if (expression === OMIT) return 'ellipsis';
  return typeName(expression as Value);
}

/** Python's `bool(expression)`: a call is true. */
export function expressionTruthy(expression: Expression): boolean {
  if (expression === null) return false;
  if (typeof expression !== 'object') return Boolean(expression);
  if (expression instanceof Float) return expression.value !== 0;
  if (expression instanceof Map || expression instanceof Set) return expression.size > 0;
  if (expression instanceof Call) return true;
  return (expression as ArrayLike<unknown>).length > 0;
}

/** Whether there is a call in it: it is one, or holds some. */
export function hasCalls(expression: Expression | undefined): expression is Call | ExpressionList | ExpressionMap {
  return expression instanceof Call || (expression !== undefined && holdsCalls(expression));
}
