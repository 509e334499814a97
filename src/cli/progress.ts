import type { RunEvent } from '../index.ts';

/** Shows people how far a run has come. */
export interface Progress {
  event(event: RunEvent): void;
  /** The run was asked to stop. */
  interrupted(): void;
  /** Somebody let a task go on that was waiting. */
  cleared(task: string): void;
  /** Somebody has typed a line. */
  typed(): void;
  /** A line for people. */
  tell(text: string): void;
  /** Nothing comes any more. */
  finish(): void;
}
