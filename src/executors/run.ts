import type { TaskGraph } from '../graph/task-graph.ts';
import type { Executor } from '../run/executor.ts';
import { type Run, type RunOptions, runWith } from '../run/run.ts';
import { inProcess } from './in-process.ts';

export interface RunGraphOptions extends RunOptions {
  /** Where the tasks run. Default: in this process. */
  readonly executor?: Executor;
}

/**
 * Runs a graph with the host's handlers: everything after what it requires, the most urgent first.
 *
 * @throws RangeError for a concurrency or a limit of a pool below 1; NotData for `previous` that is no data.
 */
export function run(graph: TaskGraph, options: RunGraphOptions): Run {
  return runWith(graph, options, {
    executor: options.executor ?? inProcess(),
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
  });
}
