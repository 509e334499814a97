import type { HandlerReturn, TaskContext } from '../run/handlers.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { LocalExecutor } from './local-executor.ts';
import { places, placesOf, type TaskQueue } from './work-queue.ts';

export interface InProcessOptions {
  /**
   * Where tasks run: a p-queue of the host, say, with a rate limit or shared among runs. It is given only what may start
   * now, most urgent first, so its own order matters only between runs. Default: a p-queue of the run's concurrency.
   */
  readonly queue?: TaskQueue;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Does the work of one call: has another process call the handler, say. Default: calls the handler here. */
  readonly invoke?: (context: TaskContext) => HandlerReturn | PromiseLike<HandlerReturn>;
  /** How many runs that are over it keeps for `attach` and further submissions. Default 100. */
  readonly keep?: number;
  /** Default `in-process`. */
  readonly name?: string;
}

/** Calls handlers in this process. The default executor. */
export function inProcess(options: InProcessOptions = {}): LocalExecutor {
  const { queue, clock = SYSTEM_CLOCK, invoke, keep = 100, name = 'in-process' } = options;
  return new LocalExecutor({
    name,
    clock,
    keep,
    placesFor: (concurrency) => (queue === undefined ? places(concurrency) : placesOf(queue)),
    ...(invoke !== undefined && { invoke }),
  });
}
