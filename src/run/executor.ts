import type { TaskGraph } from '../graph/task-graph.ts';
import type { ContextPassing } from './context-passing.ts';
import type { RunEvent } from './events.ts';
import type { TaskFailure } from './failure.ts';
import type { HandlerTable } from './handlers.ts';
import type { HiddenValues } from './hidden-values.ts';
import type { TaskResult } from './result.ts';
import type { RunStatus, TaskStatus } from './status.ts';
import type { TraversalOptions } from './traversal-protocol.ts';

/**
 * The seam: what decides where and when ready tasks run. An executor drives a `Traversal` (or has an engine drive one)
 * and owns all that the traversal has not: clocks, promises, processes. It sees tasks, edges, inputs and results, and
 * neither templates nor stacks. To write one: apply `started`, then `succeeded` or `failed` for each `run` command;
 * answer `timer` commands; pass inputs through `ContextPassing` and results through the codec.
 */
export interface Executor {
  readonly name: string;
  /** Must not start any task before the present job of the event loop is over, so that observers can attach. */
  execute(job: RunJob): Execution;
}

/** Everything that an executor needs to know of one run. */
export interface RunJob {
  readonly runId: string;
  readonly graph: TaskGraph;
  readonly handlers: HandlerTable;
  readonly traversal: TraversalOptions;
  /** How long what is in flight has after an abort, in ms. */
  readonly grace: number;
  /** What earlier runs recorded, by `pathOf`. */
  readonly previous: ReadonlyMap<string, TaskResult>;
  /** Builds the context passing over the executor's own store of results. */
  contextPassing(result: (task: number) => TaskResult | undefined): ContextPassing;
  readonly hidden: HiddenValues;
  /** Whether anybody listens; where nobody does, events need not be made. */
  observed(): boolean;
  emit(event: RunEvent): void;
}

export interface Execution {
  /** Rejects only for a defect of the executor, or an engine that is out of reach; never because a task failed. */
  readonly finished: Promise<FinalState>;
  /** Asks what is in flight to stop; nothing starts any more. A second call changes nothing. */
  abort(reason: unknown): void;
  /** Lets a breakpoint go on; false when none of that name is waiting. */
  clear(breakpoint: string): boolean;
}

/** How every task ended; by index. */
export interface FinalState {
  readonly status: RunStatus;
  readonly at: number;
  taskStatus(task: number): TaskStatus;
  /** The failed task because of which this one was skipped or cancelled; -1 when there is none. */
  cause(task: number): number;
  attempts(task: number): number;
  result(task: number): TaskResult | undefined;
  /** Why the last attempt failed. */
  failure(task: number): TaskFailure | undefined;
}
