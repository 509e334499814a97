import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Inputs } from '../run/context-passing.ts';
import type { TaskFailure } from '../run/failure.ts';
import type { HiddenValues } from '../run/hidden-values.ts';
import type { PollState } from '../run/journal-records.ts';
import type { TaskResult } from '../run/result.ts';
import { physicalIdIn } from '../run/thrown.ts';
import { decode, toPlain } from '../values/encode.ts';

/** What is known of the tasks of one run beside where they stand: what they gave, why they failed, what they wait for. */
export class TaskStore {
  readonly #graph: TaskGraph;
  readonly #hidden: HiddenValues;
  readonly #results: (TaskResult | undefined)[];
  readonly #failures = new Map<number, TaskFailure>();
  readonly #polls = new Map<number, PollState>();
  /** Of tasks that may be called again. */
  readonly #inputs = new Map<number, Inputs>();

  constructor(graph: TaskGraph, hidden: HiddenValues) {
    this.#graph = graph;
    this.#hidden = hidden;
    this.#results = Array.from({ length: graph.size }, () => undefined);
  }

  result(task: number): TaskResult | undefined {
    return this.#results[task];
  }

  failure(task: number): TaskFailure | undefined {
    return this.#failures.get(task);
  }

  poll(task: number): PollState | undefined {
    return this.#polls.get(task);
  }

  inputs(task: number): Inputs | undefined {
    return this.#inputs.get(task);
  }

  setResult(task: number, result: TaskResult): void {
    this.#results[task] = result;
  }

  setPoll(task: number, poll: PollState): void {
    this.#polls.set(task, poll);
  }

  keepInputs(task: number, inputs: Inputs): void {
    this.#inputs.set(task, inputs);
  }

  setFailure(task: number, failure: TaskFailure): void {
    this.#failures.set(task, failure);
  }

  /** @param replacing whether it was to make a replacement. */
  fail(task: number, attempt: number, diagnostic: Diagnostic, thrown?: unknown, replacing = false): void {
    const { id } = this.#graph.tasks[task] as Task;
    const message = this.#hidden.text(diagnostic.message);
    const poll = this.#polls.get(task);
    // What one attempt has left is there until another one tells of something else.
    const physicalId =
      physicalIdIn(thrown) ??
      (poll && physicalIdIn(toPlain(decode(poll.data)))) ??
      this.#failures.get(task)?.physicalId;
    this.#failures.set(task, {
      ...diagnostic,
      message,
      task: id,
      attempt,
      ...(physicalId !== undefined && { physicalId }),
      ...(replacing && { replacing }),
      ...(thrown !== undefined && { thrown }),
    });
  }

  /** Another attempt begins from the beginning. */
  attemptOver(task: number): void {
    this.#polls.delete(task);
  }

  ended(task: number, complete: boolean): void {
    this.#polls.delete(task);
    this.#inputs.delete(task);
    if (complete) this.#failures.delete(task);
    else this.#results[task] = undefined;
  }
}
