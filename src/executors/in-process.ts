import PQueue from 'p-queue';
import type { HandlerReturn, TaskContext } from '../run/handlers.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { LocalExecutor } from './local-executor.ts';
import type { TaskQueue } from './local-job.ts';

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
    makeQueue: (concurrency) => queue ?? newQueue(concurrency),
    ...(invoke !== undefined && { invoke }),
  });
}

// Making up an id for each is a tenth of what p-queue costs; nobody asks for them.
const SAME_ID = Object.freeze({ id: 'task' });

/**
 * One job of the p-queue takes work after work while there is some: to start a job for each task would be a tenth of what
 * a run costs.
 */
function newQueue(concurrency: number): TaskQueue {
  const queue = new PQueue({ concurrency });
  let waiting: (() => PromiseLike<void>)[] = [];
  let next = 0;
  let jobs = 0;
  const takeWork = async (): Promise<void> => {
    try {
      while (next < waiting.length) {
        const work = waiting[next++] as () => PromiseLike<void>;
        if (next === waiting.length) {
          waiting = [];
          next = 0;
        }
        await work();
      }
    } finally {
      jobs--;
    }
  };
  return {
    add(work) {
      waiting.push(work);
      if (jobs < concurrency) {
        jobs++;
        // It has no timeout and is never cleared, so it refuses nothing.
        void queue.add(takeWork, SAME_ID);
      }
      return undefined;
    },
  };
}
