import type { Value } from '../values/value.ts';
import type { Call, Expression, Omit } from './expression.ts';
import type { ParseContext } from './parse.ts';
import type { Runtime } from './runtime.ts';
import type { ValidationContext } from './validate.ts';

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
  parse?(args: Expression, name: string, context: ParseContext): State;
  /** The definition to use for these arguments instead of this one: `Ref` is one of two functions. */
  specialise?(args: Expression, context: ParseContext): FunctionDefinition;
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

export interface MacroConditions {
  /** Parses argument number `index` as a condition, resolves it, and says whether it holds. @throws PythonError */
  holds(condition: Value, index: number): boolean;
}

/** The argument with that index; or nothing at all, for the missing branch of an `if`. */
export type MacroChoice = { readonly branch: number } | Omit;

/** Functions by name. */
export type FunctionTable = ReadonlyMap<string, FunctionDefinition>;
