import type { Task } from '../graph/task.ts';
import { propertiesOf } from '../run/context-passing.ts';
import { type CompletionListener, Poll, type Polled, type TaskContext } from '../run/handlers.ts';
import { pathOf, recordedPath } from '../run/recorded-path.ts';
import type { AttributePath } from '../run/referenced-attributes.ts';
import { type PlainResult, plainResult, type TaskResult } from '../run/result.ts';
import { decode, type Json, toPlain } from '../values/encode.ts';
import type { Attempt } from './attempt.ts';
import type { LocalJob } from './local-job.ts';
import type { TaskStore } from './task-store.ts';

export interface ContextHost {
  readonly job: LocalJob;
  readonly store: TaskStore;
  referencedAttributes(task: Task): readonly AttributePath[];
  log(attempt: Attempt, message: unknown, data: unknown): void;
  pause(attempt: Attempt): Promise<void>;
}

/** What a handler sees of its attempt. Data are made plain when it looks at them: a task that needs none costs none. */
export class HandlerContext implements TaskContext {
  readonly task: Task;
  readonly attempt: number;
  readonly #host: ContextHost;
  readonly #attempt: Attempt;
  #properties: { [name: string]: Json } | undefined;
  #inputs: { [name: string]: Json } | undefined;
  #requires: ReadonlyMap<string, PlainResult> | undefined;

  constructor(host: ContextHost, attempt: Attempt) {
    this.task = attempt.task;
    this.attempt = attempt.number;
    this.#host = host;
    this.#attempt = attempt;
  }

  get action(): string {
    return this.#attempt.action;
  }

  /** Bound, so that it can be taken out of the context; made for who asks, as the other functions. */
  get log(): (message: string, data?: unknown) => void {
    return (message, data) => this.#host.log(this.#attempt, message, data);
  }

  get poll(): (data?: unknown, ms?: number) => Poll {
    return makePoll;
  }

  get pause(): () => Promise<void> {
    return () => this.#host.pause(this.#attempt);
  }

  get onComplete(): (listener: CompletionListener) => void {
    return (listener) => this.#attempt.onComplete(listener);
  }

  get polled(): Polled | undefined {
    const poll = this.#host.store.poll(this.#attempt.index);
    return poll === undefined ? undefined : { data: toPlain(decode(poll.data)), count: poll.count };
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
    const known = recordedOf(this.#host.job, this.task);
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

function makePoll(data?: unknown, ms?: number): Poll {
  return new Poll(data, ms);
}

/** What an earlier run recorded of a task's thing. */
export function recordedOf(job: LocalJob, { scope, name, inputs }: Task): TaskResult | undefined {
  // Of things of one name that are there at once each is recorded under its own id as well.
  const id = inputs.existing;
  // What another step of a component gave is not this one's.
  if (typeof id === 'string' && inputs.step !== undefined) return job.previous.get(recordedPath(scope, id));
  const existing = typeof id === 'string' ? job.previous.get(recordedPath(scope, id)) : undefined;
  return existing ?? job.previous.get(pathOf(scope, name));
}

function requiredResults(host: ContextHost, index: number): ReadonlyMap<string, PlainResult> {
  const { graph } = host.job;
  const { scope } = graph.tasks[index] as Task;
  const results = new Map<string, PlainResult>();
  for (const required of graph.requires(index)) {
    const task = graph.tasks[required] as Task;
    const result = host.store.result(required);
    if (result !== undefined) results.set(task.scope === scope ? task.name : task.id, plainResult(result));
  }
  return results;
}
