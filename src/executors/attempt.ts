import type { Task } from '../graph/task.ts';
import type { Inputs } from '../run/context-passing.ts';
import type { Completion, CompletionListener } from '../run/handlers.ts';
import type { UpdateDecision } from '../run/result.ts';

/** Whether an update has turned into a replacement. */
export function isReplacing({ task, action }: Pick<Attempt, 'task' | 'action'>): boolean {
  return task.action === 'UPDATE' && action === 'REPLACE';
}

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
  /** Whether it is called to look after work that was begun. */
  polls = false;
  #release: (() => void) | undefined;
  // Most attempts need neither of these: what is not there costs nothing.
  #completionListeners: CompletionListener[] | undefined;
  #waiting: (() => void)[] | undefined;
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

  /** Resolves when the task is cleared. */
  pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting ??= [];
      this.#waiting.push(resolve);
    });
  }

  /** Whether it waits until it is cleared. */
  get waits(): boolean {
    return this.#waiting !== undefined;
  }

  /** False: it does not wait. */
  clear(): boolean {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const resolve of waiting) resolve();
    return waiting.length > 0;
  }

  onComplete(listener: CompletionListener): void {
    this.#completionListeners ??= [];
    this.#completionListeners.push(listener);
  }

  /** Whether it was waiting for that. */
  async complete(completion: Completion): Promise<boolean> {
    for (const listener of this.#completionListeners ?? []) if (await listener(completion)) return true;
    return false;
  }

  /** Tells the handler to stop. */
  cancel(reason: unknown): void {
    if (this.#cancelledBy !== undefined) return;
    this.#cancelledBy = { reason };
    this.#controller?.abort(reason);
  }

  /** Its work begins, in a place that `release` gives back. */
  hasPlace(release: () => void): void {
    this.#release = release;
  }

  /** Gives its place in the queue back, if it has one. */
  releasePlace(): void {
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }
}
