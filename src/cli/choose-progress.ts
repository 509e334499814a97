import type { TaskGraph } from '../index.ts';
import { LineProgress } from './line-progress.ts';
import { LiveProgress } from './live-progress.ts';
import type { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/**
 * On a terminal what is running, redrawn in place; elsewhere a line for each task that ended.
 *
 * @param asks Enter lets a task go on that waits.
 */
export function chooseProgress(graph: TaskGraph, { err, env }: Terminal, colour: boolean, asks: boolean): Progress {
  const live = err.isTerminal && env.TERM !== 'dumb';
  return live ? new LiveProgress(graph, err, colour) : new LineProgress(graph, err, colour, asks);
}
