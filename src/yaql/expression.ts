import type { Expression } from './language/expression.ts';

/** What a reader of expressions is told when one is wrong. */
export interface YaqlError {
  /** The class of exception that Python YAQL raises for the same thing, or one of ours (see the guide). */
  readonly className: string;
  readonly message: string;
  /** Offset in the expression, in UTF-16 units; undefined where it cannot be told. */
  readonly position: number | undefined;
}

/** A parsed expression: a value that can be evaluated any number of times, and looked at. */
export interface YaqlExpression {
  readonly source: string;
  /** Whether it was parsed with delegates allowed; it is evaluated so too. */
  readonly delegates: boolean;
  readonly root: Expression;
}
