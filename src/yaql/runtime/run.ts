import type { Expression } from '../language/expression.ts';
import type { Context, Registered } from './context.ts';
import type { Runtime } from './objects.ts';
import type { Receiver } from './receiver.ts';

/** The engine's options, by the names of Python YAQL without `yaql.`. */
export interface EngineOptions {
  /** Most items that an iterator may give or a collection may have where it is iterated; below 0: any. Default -1. */
  readonly limitIterators?: number;
  /** Most bytes of one value, as CPython counts them; 0 or below: any. Default -1. */
  readonly memoryQuota?: number;
  /** Whether dicts are iterables (of their keys). Default false. */
  readonly iterableDicts?: boolean;
  /** Whether the result's sets become lists. Default false. */
  readonly convertSetsToLists?: boolean;
  /** Whether the result's tuples become lists. Default true; a `Value` has no tuples, so false changes only hashing. */
  readonly convertTuplesToLists?: boolean;
}

/** What only the host can answer. Without it, the functions that ask raise `HostServiceMissingException`. */
export interface Host {
  /** Milliseconds since 1970: for `now()`, and for dates that leave out the year. */
  readonly clock?: () => number;
  /** A number from 0 to below 1: for `random()`. */
  readonly random?: () => number;
  /** Seconds east of UTC: for `localtz()`. */
  readonly localOffset?: number;
}

/** How overloads of the standard library are found: per name, one list per context, innermost first. */
export type LibraryTable = ReadonlyMap<string, readonly (readonly Registered[])[]>;

/** One evaluation. */
export interface Run {
  /** The value of an expression. Kept here because what evaluates calls functions, and functions evaluate. */
  readonly evaluate: (node: Expression, receiver: Receiver, context: Context, run: Run) => Runtime;
  readonly limitIterators: number;
  readonly memoryQuota: number;
  readonly iterableDicts: boolean;
  readonly convertSetsToLists: boolean;
  readonly convertTuplesToLists: boolean;
  readonly host: Host;
  readonly functions: LibraryTable;
  readonly methods: LibraryTable;
  /** Names that a context of this evaluation defines: for all others the table is the whole truth. */
  readonly defined: Set<string>;
  /** Compiled patterns, by their text: `where($ =~ 'x')` compiles once. */
  readonly patterns: Map<string, unknown>;
  /** Calls within calls. */
  depth: number;
  readonly maxDepth: number;
}
