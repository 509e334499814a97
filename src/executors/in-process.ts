import PQueue from 'p-queue';
import type { Executor, RunJob } from '../run/executor.ts';
import type { TaskContext } from '../run/handlers.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { LocalExecution, type TaskQueue } from './local-execution.ts';

export interface InProcessOptions {
  /**
   * Where tasks run: a p-queue of the host, say, with a rate limit or shared among runs. It is given only what may start
   * now, most urgent first, so its own order matters only between runs. Default: a p-queue of the run's concurrency.
   */
  readonly queue?: TaskQueue;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** Calls handlers in this process. The default executor. */
export function inProcess(options: InProcessOptions = {}): Executor {
  return {
    name: 'in-process',
    execute(job: RunJob): LocalExecution {
      const makeQueue = () => options.queue ?? newQueue(job.traversal.concurrency);
      const invoke = (context: TaskContext) => {
        const { type, action } = context.task;
        return job.handlers.method(type, action)?.(context);
      };
      return new LocalExecution(job, options.clock ?? SYSTEM_CLOCK, makeQueue, invoke);
    },
  };
}

// Making up an id for each is a tenth of what p-queue costs; nobody asks for them.
const SAME_ID = Object.freeze({ id: 'task' });

function newQueue(concurrency: number): TaskQueue {
  const queue = new PQueue({ concurrency });
  return {
    add(work) {
      // It has no timeout and is never cleared, so it refuses nothing.
      void queue.add(work, SAME_ID);
      return undefined;
    },
  };
}
