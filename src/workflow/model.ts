import type { Path, Place } from '../diagnostics/diagnostic.ts';
import type { Value, ValueMap } from '../values/value.ts';

/**
 * A workflow as data, whether it was written in Mistral's language or in code. Expressions are still text. Frozen by
 * types; the engine runs it as it is.
 */
export interface WorkflowDefinition {
  /** `<workbook>.<name>` for a workflow of a workbook. */
  readonly name: string;
  /** The name inside its document. */
  readonly localName: string;
  readonly workbook?: string;
  readonly type: WorkflowType;
  readonly description?: Value;
  readonly tags: readonly string[];
  /** In order; without a default an input must be given. */
  readonly input: InputParameters;
  readonly output: ValueMap;
  readonly outputOnError: ValueMap;
  readonly vars: ValueMap;
  readonly defaults?: TaskDefaults;
  readonly tasks: ReadonlyMap<string, TaskDefinition>;
  /** What `execution().spec` shows. */
  readonly spec: ValueMap;
  readonly place?: Place;
}

export type WorkflowType = 'direct' | 'reverse';

/** Name to default; undefined where none: the input must be given. */
export type InputParameters = ReadonlyMap<string, Value | undefined>;

export interface TaskDefinition {
  readonly name: string;
  readonly description?: Value;
  readonly tags: readonly string[];
  /** Name of an action, or an expression that gives one. `std.noop` when neither this nor `workflow` was given. */
  readonly action?: string;
  readonly workflow?: string;
  /** A map of expressions, or one expression that gives a map. */
  readonly input: ValueMap | string;
  /** Variable to list, or to the expression that gives one. Empty: the task is no loop. */
  readonly withItems: ReadonlyMap<string, Value>;
  readonly publish?: ValueMap;
  readonly publishOnError?: ValueMap;
  readonly policies: Policies;
  readonly keepResult: Value;
  readonly safeRerun?: Value;
  readonly target?: string;
  /** Direct workflows only. */
  readonly join?: Join;
  readonly onSuccess?: OnClause;
  readonly onError?: OnClause;
  readonly onComplete?: OnClause;
  /** Reverse workflows only. */
  readonly requires: readonly string[];
  /** What `task().spec` shows. */
  readonly spec: ValueMap;
  readonly place?: Place;
}

export type Join = 'all' | 'one' | number;

/** Each a plain value or an expression; left out: none. Waits are whole seconds. */
export interface Policies {
  readonly pauseBefore?: Value;
  readonly waitBefore?: Value;
  readonly waitAfter?: Value;
  readonly failOn?: Value;
  readonly retry?: RetryPolicy;
  readonly timeout?: Value;
  readonly concurrency?: Value;
}

export interface RetryPolicy {
  readonly count: Value;
  readonly delay: Value;
  readonly breakOn?: Value;
  readonly continueOn?: Value;
}

export interface OnClause {
  readonly publish?: Publish;
  readonly next: readonly Transition[];
}

export interface Publish {
  readonly branch?: ValueMap;
  readonly global?: ValueMap;
}

export interface Transition {
  /** A task, or an engine command. */
  readonly target: string;
  /** An expression; '' is always. */
  readonly condition: string;
  /** `msg` of an engine command. */
  readonly parameters: ValueMap;
}

export interface TaskDefaults {
  readonly policies: Policies;
  readonly safeRerun?: Value;
  readonly onSuccess?: OnClause;
  readonly onError?: OnClause;
  readonly onComplete?: OnClause;
  readonly requires: readonly string[];
}

/** An action made of another: `base`, with inputs and an output of its own. */
export interface AdHocAction {
  readonly name: string;
  readonly workbook?: string;
  readonly description?: Value;
  readonly tags: readonly string[];
  readonly base: string;
  readonly baseInput: ValueMap;
  readonly input: InputParameters;
  readonly output?: Value;
  readonly place?: Place;
}

/** What documents define, by full name. */
export interface WorkflowLibrary {
  readonly workflows: ReadonlyMap<string, WorkflowDefinition>;
  readonly actions: ReadonlyMap<string, AdHocAction>;
}

/** Where a part of a definition stands: a path of its document. */
export type DefinitionPath = Path;

/** Transitions to these names never reach a task: the engine takes them for its own. */
export const ENGINE_COMMANDS: ReadonlySet<string> = new Set(['noop', 'fail', 'succeed', 'pause']);
