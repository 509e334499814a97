import type { RunEvent } from './events.ts';
import type { TaskFailure } from './failure.ts';
import type { FinalStatus } from './status.ts';

/** What is told of the end of a task. */
export interface TaskEnd {
  readonly at: number;
  readonly task: string;
  readonly attempt: number;
  /** Id of the failed task because of which it was skipped or cancelled. */
  readonly cause: string | undefined;
  readonly failure: Pick<TaskFailure, 'code' | 'message'> | undefined;
  readonly physicalId?: string | undefined;
}

export function endEvent(status: FinalStatus, { at, task, attempt, cause, failure, physicalId }: TaskEnd): RunEvent {
  switch (status) {
    case 'COMPLETE':
      return { type: 'task-completed', at, task, attempt, ...(physicalId !== undefined && { physicalId }) };
    case 'FAILED': {
      const { code = 'HANDLER_FAILED', message = '' } = failure ?? {};
      return { type: 'task-failed', at, task, attempt, code, message };
    }
    case 'SKIPPED':
      return { type: 'task-skipped', at, task, ...(cause !== undefined && { cause }) };
    case 'CANCELLED':
      return { type: 'task-cancelled', at, task, ...(cause !== undefined && { cause }) };
  }
}
