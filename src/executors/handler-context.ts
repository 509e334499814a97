import type { Task } from '../graph/task.ts';
import { pathOf, propertiesOf } from '../run/context-passing.ts';
import type { RunJob } from '../run/executor.ts';
import type { TaskContext } from '../run/handlers.ts';
import type { AttributePath } from '../run/referenced-attributes.ts';
import { type PlainResult, plainResult, type TaskResult } from '../run/result.ts';
import { type Json, toPlain } from '../values/encode.ts';
import type { Attempt } from './attempt.ts';

export interface ContextHost {
  readonly job: RunJob;
  result(task: number): TaskResult | undefined;
  referencedAttributes(task: Task): readonly AttributePath[];
  log(attempt: Attempt, message: unknown, data: unknown): void;
}

/** What a handler sees of its attempt. Data are made plain when it looks at them: a task that needs none costs none. */
export class HandlerContext implements TaskContext {
  readonly task: Task;
  readonly attempt: number;
  /** Bound, so that it can be taken out of the context. */
  readonly log: (message: string, data?: unknown) => void;
  readonly #host: ContextHost;
  readonly #attempt: Attempt;
  #properties: { [name: string]: Json } | undefined;
  #inputs: { [name: string]: Json } | undefined;
  #requires: ReadonlyMap<string, PlainResult> | undefined;

  constructor(host: ContextHost, attempt: Attempt) {
    this.task = attempt.task;
    this.attempt = attempt.number;
    this.log = (message, data) => host.log(attempt, message, data);
    this.#host = host;
    this.#attempt = attempt;
  }

  get properties(): { [name: string]: Json } {
    this.#properties ??= toPlain(propertiesOf(this.#attempt.inputs)) as { [name: string]: Json };
    return this.#properties;
  }

  get inputs(): { [name: string]: Json } {
    this.#inputs ??= toPlain(this.#attempt.inputs ?? new Map()) as { [name: string]: Json };
    return this.#inputs;
  }

  get requires(): ReadonlyMap<string, PlainResult> {
    this.#requires ??= requiredResults(this.#host, this.#attempt.index);
    return this.#requires;
  }

  get previous(): PlainResult | undefined {
    const known = this.#host.job.previous.get(pathOf(this.task.scope, this.task.name));
    return known === undefined ? undefined : plainResult(known);
  }

  get referencedAttributes(): readonly (readonly Json[])[] {
    return this.#host.referencedAttributes(this.task).map((path) => path.map(toPlain));
  }

  get idempotencyKey(): string {
    return `${this.#host.job.runId}/${this.task.id}`;
  }

  get signal(): AbortSignal {
    return this.#attempt.signal;
  }
}

function requiredResults(host: ContextHost, index: number): ReadonlyMap<string, PlainResult> {
  const { graph } = host.job;
  const { scope } = graph.tasks[index] as Task;
  const results = new Map<string, PlainResult>();
  for (const required of graph.requires(index)) {
    const task = graph.tasks[required] as Task;
    const result = host.result(required);
    if (result !== undefined) results.set(task.scope === scope ? task.name : task.id, plainResult(result));
  }
  return results;
}
