import type { RunEvent } from '../index.ts';

/** How far a run has come, counted from its events. Times are milliseconds since 1970. */
export class RunState {
  readonly total: number;
  started = 0;
  complete = 0;
  failed = 0;
  skipped = 0;
  cancelled = 0;
  /** Tasks in progress, in the order in which they began. */
  readonly running: Map<string, RunningTask> = new Map();

  /** Tasks that wait until somebody clears them, in the order in which they came there. */
  readonly waiting: Set<string> = new Set();

  constructor(total: number) {
    this.total = total;
  }

  get ended(): number {
    return this.complete + this.failed + this.skipped + this.cancelled;
  }

  /** Gives since when a task that ended now had been in progress. */
  apply(event: RunEvent): number | undefined {
    if ('task' in event && event.type !== 'task-log') this.waiting.delete(event.task);
    switch (event.type) {
      case 'run-started':
        this.started = event.at;
        return undefined;
      case 'task-started': {
        const before = this.running.get(event.task);
        this.running.set(event.task, { since: before?.since ?? event.at, attempt: event.attempt });
        return undefined;
      }
      case 'task-paused':
        this.waiting.add(event.task);
        return undefined;
      case 'task-completed':
        this.complete++;
        return this.#end(event.task);
      case 'task-failed':
        this.failed++;
        return this.#end(event.task);
      case 'task-skipped':
        // What is for a failure, and there was none, is as good as done.
        if (event.cause === undefined) this.complete++;
        else this.skipped++;
        return undefined;
      case 'task-cancelled':
        this.cancelled++;
        return this.#end(event.task);
      default:
        return undefined;
    }
  }

  #end(task: string): number | undefined {
    const since = this.running.get(task)?.since;
    this.running.delete(task);
    return since;
  }
}

export interface RunningTask {
  readonly since: number;
  readonly attempt: number;
}
