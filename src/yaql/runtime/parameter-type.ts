import type { Expression } from '../language/expression.ts';
import type { Context } from './context.ts';
import type { Runtime } from './objects.ts';
import type { Run } from './run.ts';

/** An argument before conversion: a value, or an expression that is not evaluated yet. */
export type RawArgument = Runtime | Expression;

/** What a parameter accepts, and what its function gets. */
export interface ParameterType {
  readonly lazy: boolean;
  /** Place in Python's class hierarchy, for choosing the more special of two overloads. */
  readonly kind: Kind | undefined;
  check(value: RawArgument, run: Run): boolean;
  convert(value: RawArgument, context: Context, run: Run, name: string): Runtime;
}

/** Classes that parameters ask for. */
export type Kind =
  | 'object'
  | 'int'
  | 'bool'
  | 'str'
  | 'NoneType'
  | 'Mapping'
  | 'Iterable'
  | 'Sequence'
  | 'Iterator'
  | 'Set'
  | 'Ordering'
  | 'other';
