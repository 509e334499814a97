import { Float, typeName, type Value } from '../values/value.ts';
import type { Runtime } from './runtime.ts';

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
  /** Whether it is a macro, or one is in its arguments. */
  readonly hasMacro: boolean;

  constructor(name: string, definition: FunctionDefinition, args: Expression, state: State, branch?: number) {
    this.name = name;
    this.definition = definition;
    this.args = args;
    this.state = state;
    this.branch = branch;
    this.hasMacro = definition.macro !== undefined || hasMacro(args);
  }
}

/**
 * One intrinsic function, as one of Heat's classes implements it: stateless and frozen. The same name can have another
 * definition in another version, and one definition can have several names (`list_join`, `Fn::Join`).
 */
export interface FunctionDefinition<State = unknown> {
  /** The name of the class in `heat.engine.hot.functions` or `heat.engine.cfn.functions` that it mirrors. */
  readonly heatClass: string;
  /** The form of the arguments, for messages: `[delimiter, [text, ...]]`. */
  readonly form: string;
  /** Of a function that refers to a resource. */
  readonly kind?: ReferenceKind;

  /**
   * The checks of Heat's constructor. What it returns becomes `call.state`.
   *
   * @throws PythonError ValueError, TypeError or KeyError where the function refuses its arguments.
   */
  parse?(args: Expression, name: string, context: FunctionContext): State;
  /** The definition to use for these arguments instead of this one: `Ref` is one of two functions. */
  specialise?(args: Expression, context: FunctionContext): FunctionDefinition;
  /**
   * For a macro: which of its arguments, not parsed yet, takes the place of the call.
   *
   * @throws PythonError as `parse` does.
   */
  macro?(args: Value, name: string, conditions: MacroConditions): MacroChoice;

  /** What Heat's `validate()` checks besides the arguments. @throws PythonError */
  validate?(call: Call<State>, context: ValidationContext): void;

  /** For a function with a `kind`: the name of the resource, not looked up yet. @throws PythonError */
  resource?(call: Call<State>, runtime: Runtime): Value;
  /** For `get_attr`: the attribute and, where the version passes it on, the path in it; empty: all attributes. */
  attribute?(call: Call<State>, runtime: Runtime): readonly Value[];

  /**
   * The value. Mirrors Heat's `result()`.
   *
   * @throws PythonError
   */
  evaluate(call: Call<State>, runtime: Runtime): Value | Omit;
}

export type ReferenceKind = 'get_resource' | 'get_attr';

/** What a function may look at when its arguments are parsed. */
export interface FunctionContext {
  /** What conditions, and the few functions that look at values already here, are evaluated with. */
  readonly runtime: Runtime;
  /** Whether the template declares a resource of that name, enabled or not: decides what `Ref` is. */
  declaresResource(name: Value): boolean;
}

/** What a function may look at when it is validated. */
export interface ValidationContext {
  readonly runtime: Runtime;
  /** Whether the type of an enabled resource has that attribute; true when the type is not known. */
  hasAttribute(resource: Value, attribute: Value): boolean;
}

export interface MacroConditions {
  /** Parses argument number `index` as a condition, resolves it, and says whether it holds. @throws PythonError */
  holds(condition: Value, index: number): boolean;
}

/** The argument with that index; or nothing at all, for the missing branch of an `if`. */
export type MacroChoice = { readonly branch: number } | Omit;

/** Functions by name. */
export type FunctionTable = ReadonlyMap<string, FunctionDefinition>;

/** The functions that a template of some version has. */
export interface FunctionTables {
  readonly functions: FunctionTable;
  /** In conditions; functions that are no condition functions are INVALID there. */
  readonly conditions: FunctionTable;
}

/**
 * Marks what holds a call, and whether one of those is a macro that was decided: a property is cheaper to give and to test
 * than a class of its own.
 */
const HAS_CALLS: unique symbol = Symbol('has calls');
interface Mark {
  readonly [HAS_CALLS]: 'call' | 'macro';
}

/** A map with a call somewhere inside. */
export interface ExpressionMap extends ReadonlyMap<Value, Expression>, Mark {}

/** A list with a call somewhere inside. */
export interface ExpressionList extends ReadonlyArray<Expression>, Mark {}

/** Marks a map, which must be the caller's own, as one that holds a call. */
export function expressionMap(map: Map<Value, Expression>): ExpressionMap {
  let macro = false;
  for (const item of map.values()) macro ||= hasMacro(item);
  return mark(map, macro);
}

/** Marks a list, which must be the caller's own, as one that holds a call. */
export function expressionList(list: Expression[]): ExpressionList {
  return mark(list, list.some(hasMacro));
}

function mark<T extends object>(container: T, macro: boolean): T & Mark {
  (container as { [HAS_CALLS]?: Mark[typeof HAS_CALLS] })[HAS_CALLS] = macro ? 'macro' : 'call';
  return container as T & Mark;
}

function markOf(expression: Expression): Mark[typeof HAS_CALLS] | undefined {
  return typeof expression === 'object' ? (expression as Partial<Mark> | null)?.[HAS_CALLS] : undefined;
}

/** Whether there can be a call inside; plain data is not to be searched. */
export function holdsCalls(expression: Expression): expression is ExpressionMap | ExpressionList {
  return markOf(expression) !== undefined;
}

/** Whether an `if` in it was decided, so that it is not what is written any more. */
export function hasMacro(expression: Expression): boolean {
  return expression instanceof Call ? expression.hasMacro : markOf(expression) === 'macro';
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
