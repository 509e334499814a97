import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as messages from '../diagnostics/run.ts';
import type { Task } from '../graph/task.ts';
import { NotData, toResult } from '../run/codec.ts';
import { type ContextPassing, type Inputs, pathOf, Unresolved } from '../run/context-passing.ts';
import type { Execution, FinalState, RunJob } from '../run/executor.ts';
import type { TaskFailure } from '../run/failure.ts';
import type { HandlerReturn, TaskContext } from '../run/handlers.ts';
import type { AttributePath } from '../run/referenced-attributes.ts';
import { mergeResults, type TaskResult } from '../run/result.ts';
import type { FinalStatus, RunStatus } from '../run/status.ts';
import { describeThrown, isA, isTerminal } from '../run/thrown.ts';
import { Traversal } from '../run/traversal.ts';
import type { CancelReason, TraversalCommand } from '../run/traversal-protocol.ts';
import { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { type ContextHost, HandlerContext } from './handler-context.ts';
import { RunNarrator } from './run-narrator.ts';
import { TraversalLoop } from './traversal-loop.ts';

/** Runs functions, now or later. p-queue is one. */
export interface TaskQueue {
  /** The function never fails. If the promise rejects nevertheless, the queue has refused it, and the task fails. */
  add(work: () => Promise<void>): PromiseLike<unknown> | undefined;
}

/** Does the work of one attempt: calls a handler here, or has another process call it. */
export type Invoke = (context: TaskContext) => HandlerReturn | PromiseLike<HandlerReturn>;

const DONE = Promise.resolve();

// These begin anew; every other action adds to what was known of the thing.
const BEGINS_ANEW: ReadonlySet<string> = new Set(['CREATE', 'REPLACE', 'ADOPT', 'DELETE']);

/**
 * A run whose traversal is driven in this process. Where the work is done is up to `queue` and `invoke`; what may start,
 * and in which order, is decided here alone.
 */
export class LocalExecution implements Execution, ContextHost, FinalState {
  readonly job: RunJob;
  readonly finished: Promise<FinalState>;
  status: RunStatus = 'FAILED';
  at = 0;
  readonly #clock: Clock;
  readonly #queue: TaskQueue;
  readonly #invoke: Invoke;
  readonly #traversal: Traversal;
  readonly #loop: TraversalLoop;
  readonly #context: ContextPassing;
  readonly #narrator: RunNarrator;
  readonly #inFlight = new Map<number, Attempt>();
  readonly #results: (TaskResult | undefined)[];
  readonly #failures = new Map<number, TaskFailure>();
  /** Of tasks that may be tried again. */
  readonly #inputs = new Map<number, Inputs>();
  readonly #resolve: (state: FinalState) => void;
  readonly #reject: (error: unknown) => void;
  #begun = false;
  #abortedBy: { readonly reason: unknown } | undefined;
  #cancelGrace: (() => void) | undefined;

  constructor(job: RunJob, clock: Clock, makeQueue: () => TaskQueue, invoke: Invoke) {
    this.job = job;
    this.#clock = clock;
    this.#invoke = invoke;
    this.#traversal = new Traversal(job.graph, job.traversal);
    // After the traversal, which checks the concurrency.
    this.#queue = makeQueue();
    const crashed = (error: unknown) => this.#reject(error);
    this.#loop = new TraversalLoop(this.#traversal, clock, (command) => this.#perform(command), crashed);
    this.#context = job.contextPassing((task) => this.result(task));
    this.#narrator = new RunNarrator(job, clock);
    this.#results = Array.from({ length: job.graph.size }, () => undefined);
    let resolve!: (state: FinalState) => void;
    let reject!: (error: unknown) => void;
    this.finished = new Promise<FinalState>((onFinish, onCrash) => {
      resolve = onFinish;
      reject = onCrash;
    });
    this.#resolve = resolve;
    this.#reject = reject;
    queueMicrotask(() => this.#begin());
  }

  abort(reason: unknown): void {
    if (this.#abortedBy !== undefined || this.#traversal.finished) return;
    this.#abortedBy = { reason };
    if (!this.#begun) return;
    this.#loop.deliver({ type: 'abort' });
    if (this.#traversal.finished) return;
    this.#cancelGrace = this.#clock.after(this.job.grace, () => this.#loop.deliver({ type: 'grace-over' }));
  }

  clear(_breakpoint: string): boolean {
    return false;
  }

  taskStatus(task: number): ReturnType<Traversal['status']> {
    return this.#traversal.status(task);
  }

  cause(task: number): number {
    return this.#traversal.cause(task);
  }

  attempts(task: number): number {
    return this.#traversal.attempts(task);
  }

  result(task: number): TaskResult | undefined {
    return this.#results[task];
  }

  failure(task: number): TaskFailure | undefined {
    return this.#failures.get(task);
  }

  referencedAttributes(task: Task): readonly AttributePath[] {
    return this.#context.referencedAttributes(task);
  }

  log(attempt: Attempt, message: unknown, data: unknown): void {
    if (!attempt.closed) this.#narrator.logged(attempt, message, data);
  }

  #begin(): void {
    this.#begun = true;
    this.#narrator.runStarted();
    if (this.#abortedBy === undefined) this.#loop.start();
    else this.#loop.deliver({ type: 'abort' });
  }

  #perform(command: TraversalCommand): void {
    switch (command.type) {
      case 'run':
        this.#enqueue(new Attempt(command.task, this.job.graph.tasks[command.task] as Task, command.attempt));
        break;
      case 'timer':
        if (command.timer === 'retry') {
          this.#narrator.retrying(command.task, this.#failures.get(command.task), command.ms);
        }
        break;
      case 'cancel':
        this.#cancel(command.task, command.reason);
        break;
      case 'ended':
        this.#ended(command.task, command.status, command.cause);
        break;
      case 'finished':
        this.status = command.status;
        this.at = this.#clock.now();
        this.#cancelGrace?.();
        this.#resolve(this);
    }
  }

  #enqueue(attempt: Attempt): void {
    this.#inFlight.set(attempt.index, attempt);
    try {
      const added = this.#queue.add(() => this.#work(attempt));
      added?.then(undefined, (error: unknown) => this.#refused(attempt, error));
    } catch (error) {
      this.#refused(attempt, error);
    }
  }

  #refused(attempt: Attempt, error: unknown): void {
    if (attempt.closed) return;
    this.#fail(attempt, messages.queueRefused(describeThrown(error), attempt.task.place), error);
  }

  /** The work in its place in the queue, which it holds until the promise that it returns is settled. */
  #work(attempt: Attempt): Promise<void> {
    if (attempt.closed) return DONE;
    this.#loop.deliverNow({ type: 'started', task: attempt.index, attempt: attempt.number });
    this.#narrator.started(attempt);
    let returned: HandlerReturn | PromiseLike<HandlerReturn>;
    try {
      attempt.inputs = this.#resolveInputs(attempt);
      returned = this.#invoke(new HandlerContext(this, attempt));
    } catch (error) {
      this.#threw(attempt, error);
      return DONE;
    }
    if ((typeof returned !== 'object' || returned === null) && typeof returned !== 'function') {
      this.#returned(attempt, returned);
      return DONE;
    }
    return new Promise<void>((release) => {
      attempt.release = release;
      Promise.resolve(returned).then(
        (result) => this.#returned(attempt, result),
        (error: unknown) => this.#threw(attempt, error),
      );
    });
  }

  #resolveInputs(attempt: Attempt): Inputs {
    const known = this.#inputs.get(attempt.index);
    if (known !== undefined) return known;
    const inputs = this.#context.inputs(attempt.index);
    if ((attempt.task.policy?.retries ?? 0) > 0) this.#inputs.set(attempt.index, inputs);
    return inputs;
  }

  #returned(attempt: Attempt, returned: HandlerReturn): void {
    if (attempt.closed) return;
    const { index, number, task } = attempt;
    try {
      const result = toResult(returned);
      const known = BEGINS_ANEW.has(task.action) ? undefined : this.job.previous.get(pathOf(task.scope, task.name));
      this.#results[index] = mergeResults(known, result);
    } catch (error) {
      const where = isA(NotData, error) ? error.where : '';
      // The work was done: doing it again would not be safe.
      this.#fail(attempt, messages.resultNotData(where, describeThrown(error), task.place), error, true);
      return;
    }
    this.#close(attempt);
    this.#loop.deliver({ type: 'succeeded', task: index, attempt: number });
  }

  #threw(attempt: Attempt, thrown: unknown): void {
    if (attempt.closed) return;
    const { place } = attempt.task;
    if (isA(Unresolved, thrown)) {
      const at = thrown.place ?? place;
      this.#fail(attempt, messages.inputsUnresolved(thrown.message, thrown.heat, at), undefined, true);
    } else {
      this.#fail(attempt, messages.handlerFailed(describeThrown(thrown), place), thrown, isTerminal(thrown));
    }
  }

  #fail(attempt: Attempt, diagnostic: Diagnostic, thrown: unknown, terminal = false): void {
    this.#recordFailure(attempt.index, attempt.number, diagnostic, thrown);
    this.#close(attempt);
    this.#loop.deliver({ type: 'failed', task: attempt.index, attempt: attempt.number, terminal });
  }

  #recordFailure(task: number, attempt: number, diagnostic: Diagnostic, thrown?: unknown): void {
    const { id } = this.job.graph.tasks[task] as Task;
    const message = this.job.hidden.text(diagnostic.message);
    this.#failures.set(task, { ...diagnostic, message, task: id, attempt, ...(thrown !== undefined && { thrown }) });
  }

  #close(attempt: Attempt): void {
    if (this.#inFlight.get(attempt.index) === attempt) this.#inFlight.delete(attempt.index);
    attempt.close();
  }

  #cancel(task: number, reason: CancelReason): void {
    const attempt = this.#inFlight.get(task);
    const { place, policy } = this.job.graph.tasks[task] as Task;
    if (reason === 'timeout') {
      const ms = policy?.timeout ?? 0;
      this.#recordFailure(task, this.#traversal.attempts(task), messages.taskTimedOut(ms, place));
      attempt?.cancel(new DOMException(`not done within ${ms} ms`, 'TimeoutError'));
    } else {
      if (reason === 'grace-over') {
        const text = `Still in progress ${this.job.grace} ms after the run was aborted.`;
        this.#recordFailure(task, this.#traversal.attempts(task), messages.attemptCancelled(text, place));
      }
      attempt?.cancel(this.#abortedBy?.reason);
    }
    // After an abort the handler may still end in its own time.
    if (attempt !== undefined && reason !== 'abort') this.#close(attempt);
  }

  #ended(task: number, status: FinalStatus, cause: number | undefined): void {
    const attempt = this.#inFlight.get(task);
    if (attempt !== undefined) this.#close(attempt);
    this.#inputs.delete(task);
    if (status === 'COMPLETE') this.#failures.delete(task);
    this.#narrator.ended(
      task,
      status,
      cause,
      this.#traversal.attempts(task),
      this.#results[task],
      this.#failures.get(task),
    );
  }
}
