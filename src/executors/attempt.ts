import type { Task } from '../graph/task.ts';
import type { Inputs } from '../run/context-passing.ts';
import type { UpdateDecision } from '../run/result.ts';

/** One attempt at one task, as the executor keeps it while it waits for it. */
export class Attempt {
  readonly index: number;
  readonly task: Task;
  /** From 1. */
  readonly number: number;
  /** What is to be done: which method of the handler is called. */
  action: string;
  /** What was decided of an UPDATE, where somebody decides. */
  decision: UpdateDecision | undefined;
  /** Set when the work begins. */
  inputs: Inputs | undefined;
  /** No longer waited for: whatever still comes is ignored. */
  closed = false;
  /** Gives the place in the queue back, once the work has begun. */
  release: (() => void) | undefined;
  #controller: AbortController | undefined;
  #cancelledBy: { readonly reason: unknown } | undefined;

  constructor(index: number, task: Task, number: number) {
    this.index = index;
    this.task = task;
    this.action = task.action;
    this.number = number;
  }

  /** Made when a handler asks for it: most never do. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#cancelledBy !== undefined) this.#controller.abort(this.#cancelledBy.reason);
    }
    return this.#controller.signal;
  }

  /** Tells the handler to stop. */
  cancel(reason: unknown): void {
    if (this.#cancelledBy !== undefined) return;
    this.#cancelledBy = { reason };
    this.#controller?.abort(reason);
  }

  /** Stops waiting for it. */
  close(): void {
    this.closed = true;
    this.release?.();
  }
}
