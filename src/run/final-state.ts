import type { TaskFailure } from './failure.ts';
import type { TaskResult } from './result.ts';
import type { RunStatus, TaskStatus } from './status.ts';

/** How every task ended; by index. What a `RunResult` is made from. */
export interface FinalState {
  readonly status: RunStatus;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  taskStatus(task: number): TaskStatus;
  /** The failed task because of which this one was skipped or cancelled; -1 when there is none. */
  cause(task: number): number;
  attempts(task: number): number;
  result(task: number): TaskResult | undefined;
  /** Why the last attempt failed. */
  failure(task: number): TaskFailure | undefined;
}

/** Of a run that could not begin. */
export function nothingRan(at: number): FinalState {
  return {
    status: 'FAILED',
    at,
    taskStatus: () => 'CANCELLED',
    cause: () => -1,
    attempts: () => 0,
    result: () => undefined,
    failure: () => undefined,
  };
}
