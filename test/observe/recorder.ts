import type { RunEvent } from '../../src/run/events.ts';

export type Told = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never;

/** Events with their times: `[[0, {...}], [100, {...}]]`. */
export function eventsAt(...told: readonly (readonly [at: number, event: Told])[]): RunEvent[] {
  return told.map(([at, event]) => ({ ...event, at: 1_700_000_000_000 + at }) as RunEvent);
}

export const started = (tasks: number): Told => ({ type: 'run-started', runId: 'r', tasks });
export const begun = (task: string, attempt = 1): Told => ({ type: 'task-started', task, attempt });
export const completed = (task: string, attempt = 1): Told => ({ type: 'task-completed', task, attempt });
export const retrying = (task: string, attempt: number, message: string, delay = 50): Told => ({
  type: 'task-retrying',
  task,
  attempt,
  message,
  delay,
});
export const failed = (task: string, attempt: number, message: string): Told => ({
  type: 'task-failed',
  task,
  attempt,
  code: 'HANDLER_FAILED',
  message,
});
export const skipped = (task: string, cause: string): Told => ({ type: 'task-skipped', task, cause });
export const finished = (status: 'COMPLETE' | 'FAILED' | 'CANCELLED'): Told => ({
  type: 'run-finished',
  runId: 'r',
  status,
});
