import type { Value, ValueMap } from '../../values/value.ts';
import type { FinalState, State } from './states.ts';

/**
 * What happened outside. One that does not fit where things stand (a result that is told twice, or too late) changes
 * nothing. `now`: milliseconds since 1970, for `created_at` and YAQL's `now()`; the engine has no clock of its own.
 */
export type EngineEvent = { readonly now?: number } & (
  | { readonly type: 'result'; readonly id: string; readonly state: FinalState; readonly value: Value }
  | { readonly type: 'timer'; readonly timer: number }
  | { readonly type: 'pause'; readonly message?: string }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel'; readonly message?: string }
  | RerunEvent
);

/**
 * A task that ended in ERROR is run once more, and what follows from it; also when the whole workflow has ended in ERROR
 * or CANCELLED. Changes nothing where Mistral refuses it: for other tasks, within workflows that ended in SUCCESS or are
 * paused, and for `reset: false` where there is no with-items.
 */
export interface RerunEvent {
  readonly type: 'rerun';
  /** Id of the task. */
  readonly task: string;
  /** Whether the items of with-items that succeeded are run again, too. Default true. */
  readonly reset?: boolean;
}

/** What to do now, in this order. */
export type EngineCommand =
  | { readonly type: 'run'; readonly call: ActionCall }
  /** Send a `timer` event back in so many milliseconds. */
  | { readonly type: 'timer'; readonly timer: number; readonly ms: number }
  /** Nobody waits for this call any more. */
  | { readonly type: 'cancel'; readonly id: string }
  | TaskChange
  | WorkflowChange
  /** The whole workflow has its final state; all later events but `rerun` are ignored. */
  | { readonly type: 'finished'; readonly state: FinalState; readonly output: ValueMap };

/** One call of an action. `id` identifies it for good: give it to the other side as an idempotency key. */
export interface ActionCall {
  readonly id: string;
  readonly action: string;
  readonly input: ValueMap;
  /** Position within with-items, from 0; 0 for other tasks. */
  readonly index: number;
  readonly taskId: string;
  readonly task: string;
  readonly executionId: string;
  readonly workflow: string;
}

export interface TaskChange {
  readonly type: 'task';
  readonly id: string;
  readonly task: string;
  readonly executionId: string;
  readonly workflow: string;
  readonly state: State;
  readonly info: string | null;
}

export interface WorkflowChange {
  readonly type: 'workflow';
  readonly executionId: string;
  readonly workflow: string;
  readonly state: State;
  readonly info: string | null;
  /** The task that runs it, when it is a sub-workflow. */
  readonly parentTaskId?: string;
}
