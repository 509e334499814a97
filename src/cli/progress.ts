import type { RunEvent, TaskGraph } from '../index.ts';
import { LineProgress } from './line-progress.ts';
import { LiveProgress } from './live-progress.ts';
import type { Terminal } from './terminal.ts';

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

/** On a terminal what is running, redrawn in place; elsewhere a line for each task that ended. `asks`: Enter lets a task go on that waits. */
export function progressFor(graph: TaskGraph, { err, env }: Terminal, colour: boolean, asks: boolean): Progress {
  const live = err.isTerminal && env.TERM !== 'dumb';
  return live ? new LiveProgress(graph, err, colour) : new LineProgress(graph, err, colour, asks);
}
