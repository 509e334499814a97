import type { FinalStatus, TaskStatus } from './status.ts';

// Where a task stands, finer than its status. Those from COMPLETE on are final.
export const WAITING = 0; // for what it requires
export const PAUSED = 1; // at its breakpoint
export const DELAYED = 2; // wait-before
export const READY = 3; // for a free place, before the first attempt or a further one
export const STARTING = 4; // commanded to run
export const RUNNING = 5;
export const POLLING = 6; // between two looks
export const BACKOFF = 7; // before another attempt
export const SETTLING = 8; // wait-after
export const COMPLETE = 9;
export const FAILED = 10;
export const SKIPPED = 11;
export const CANCELLED = 12;

export const FINAL_STATUS: readonly FinalStatus[] = ['COMPLETE', 'FAILED', 'SKIPPED', 'CANCELLED'];

export const FINAL_PHASE: Readonly<Record<FinalStatus, number>> = { COMPLETE, FAILED, SKIPPED, CANCELLED };

// Flags of a task.
export const BEGUN = 1; // an attempt began, in this process or an earlier one
export const TIMED = 2; // its timeout is running
export const CLEARED = 4; // its breakpoint was cleared
export const AGAIN = 8; // its attempt is made once more, with the same number
export const TRIGGERED = 16; // it runs on failure, and something that it requires failed

/** Whether the task has a place among those in flight. */
export function hasPlace(phase: number): boolean {
  return phase === STARTING || phase === RUNNING || phase === POLLING;
}

export function notBegun(phase: number, flags: number): boolean {
  return phase <= STARTING && (flags & BEGUN) === 0;
}

export function statusOf(phase: number, flags: number): TaskStatus {
  if (phase >= COMPLETE) return FINAL_STATUS[phase - COMPLETE] as FinalStatus;
  return notBegun(phase, flags) ? 'INIT' : 'IN_PROGRESS';
}
