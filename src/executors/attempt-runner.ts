import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as messages from '../diagnostics/run.ts';
import type { Task } from '../graph/task.ts';
import { isHookTask } from '../hooks/hook-task.ts';
import { NotData, toValue } from '../run/codec.ts';
import { type ContextPassing, type Inputs, Unresolved } from '../run/context-passing.ts';
import { type Completion, type HandlerReturn, Poll } from '../run/handlers.ts';
import type { AttributePath } from '../run/referenced-attributes.ts';
import { handlerTypeOf } from '../run/task-call.ts';
import { describeThrown, isA, isTerminal, UpdateReplace } from '../run/thrown.ts';
import type { TraversalEvent } from '../run/traversal-protocol.ts';
import { encode } from '../values/encode.ts';
import { Attempt, isReplacing } from './attempt.ts';
import { chooseAction, Refused, resultOf } from './attempt-action.ts';
import { type ContextHost, HandlerContext } from './handler-context.ts';
import { isHookWanted } from './hook-gate.ts';
import type { LocalJob } from './local-job.ts';
import type { RunNarrator } from './run-narrator.ts';
import type { TaskStore } from './task-store.ts';
import type { MakeWorkQueue, WorkQueue } from './work-queue.ts';

/** What the work of attempts tells those who drive the traversal. */
export interface AttemptListener {
  /** The work begins; false when it must not any more. */
  begins(attempt: Attempt): boolean;
  deliver(event: TraversalEvent): void;
}

/** Has the work of attempts done in a queue, and tells how each call ended, whatever a handler returns or throws. */
export class AttemptRunner implements ContextHost {
  readonly job: LocalJob;
  readonly store: TaskStore;
  readonly #queue: WorkQueue<Attempt>;
  readonly #context: ContextPassing;
  readonly #narrator: RunNarrator;
  readonly #listener: AttemptListener;
  readonly #inFlight = new Map<number, Attempt>();

  constructor(
    job: LocalJob,
    store: TaskStore,
    makeQueue: MakeWorkQueue,
    context: ContextPassing,
    narrator: RunNarrator,
    listener: AttemptListener,
  ) {
    this.job = job;
    this.store = store;
    this.#context = context;
    this.#narrator = narrator;
    this.#listener = listener;
    this.#queue = makeQueue<Attempt>({
      start: (attempt, release) => this.#start(attempt, release),
      refused: (attempt, error) => this.#refused(attempt, error),
    });
  }

  referencedAttributes(task: Task): readonly AttributePath[] {
    return this.#context.referencedAttributes(task);
  }

  log(attempt: Attempt, message: unknown, data: unknown): void {
    if (!attempt.closed) this.#narrator.logged(attempt, message, data);
  }

  pause(attempt: Attempt): Promise<void> {
    const waits = attempt.pause();
    if (!attempt.closed) this.#narrator.paused(attempt.index);
    return waits;
  }

  /** Whether an attempt in flight was waiting for that. */
  async complete(completion: Completion): Promise<boolean> {
    for (const attempt of this.#inFlight.values()) if (await attempt.complete(completion)) return true;
    return false;
  }

  /** Begins an attempt, or calls for one that is polled. */
  enqueue(task: number, number: number, poll: boolean): void {
    const attempt = (poll ? this.#inFlight.get(task) : undefined) ?? this.#open(task, number);
    attempt.polls = poll;
    this.#queue.add(attempt);
  }

  inFlight(task: number): Attempt | undefined {
    return this.#inFlight.get(task);
  }

  /** Stops waiting for it. */
  close(attempt: Attempt): void {
    this.#forget(attempt);
    // Other work may begin there, which must not be in the middle of what the caller does.
    queueMicrotask(() => attempt.releasePlace());
  }

  /** Stops waiting for everything. */
  closeAll(reason: unknown): void {
    for (const attempt of this.#inFlight.values()) {
      attempt.cancel(reason);
      this.close(attempt);
    }
  }

  #forget(attempt: Attempt): void {
    if (this.#inFlight.get(attempt.index) === attempt) this.#inFlight.delete(attempt.index);
    attempt.closed = true;
  }

  #open(task: number, number: number): Attempt {
    const attempt = new Attempt(task, this.job.graph.tasks[task] as Task, number);
    this.#inFlight.set(task, attempt);
    return attempt;
  }

  #refused(attempt: Attempt, error: unknown): void {
    if (attempt.closed) return;
    this.#fail(attempt, messages.queueRefused(describeThrown(error), attempt.task.place), error);
  }

  /** Its place in the queue is given back when the call has ended, and that was told. */
  #start(attempt: Attempt, release: () => void): void {
    attempt.hasPlace(release);
    if (attempt.closed || !(attempt.polls || this.#listener.begins(attempt))) attempt.releasePlace();
    else this.#work(attempt);
  }

  #work(attempt: Attempt): void {
    let returned: HandlerReturn | PromiseLike<HandlerReturn>;
    try {
      if (attempt.inputs === undefined && !this.#isWanted(attempt)) {
        this.#returned(attempt, undefined);
        return;
      }
      attempt.inputs ??= this.#resolveInputs(attempt);
      if (!chooseAction(this.job, this.store, attempt)) {
        this.#returned(attempt, undefined);
        return;
      }
      returned = this.job.invoke(new HandlerContext(this, attempt));
    } catch (error) {
      this.#threw(attempt, error);
      return;
    }
    if ((typeof returned !== 'object' || returned === null) && typeof returned !== 'function') {
      this.#returned(attempt, returned);
      return;
    }
    Promise.resolve(returned).then(
      (result) => this.#returned(attempt, result),
      (error: unknown) => this.#threw(attempt, error),
    );
  }

  #isWanted({ index, task }: Attempt): boolean {
    return !isHookTask(task) || isHookWanted(this.job, this.#context, index, (other) => this.store.result(other));
  }

  /** An update that cannot be made in place is made by replacement, in the same attempt. */
  #replaces(attempt: Attempt, thrown: unknown): boolean {
    if (attempt.action !== 'UPDATE' || !isA(UpdateReplace, thrown)) return false;
    attempt.action = 'REPLACE';
    this.store.attemptOver(attempt.index);
    return true;
  }

  #resolveInputs({ index, task }: Attempt): Inputs {
    const known = this.store.inputs(index);
    if (known !== undefined) return known;
    const inputs = this.#context.inputs(index);
    if ((task.policy?.retries ?? 0) > 0) this.store.keepInputs(index, inputs);
    return inputs;
  }

  #returned(attempt: Attempt, returned: HandlerReturn): void {
    if (attempt.closed) return;
    const { index, number, task } = attempt;
    try {
      if (isA(Poll, returned)) {
        this.#polled(attempt, returned);
        return;
      }
      this.store.setResult(index, resultOf(this.job, attempt, returned));
    } catch (error) {
      const where = isA(NotData, error) ? error.where : '';
      // The work was done: doing it again would not be safe.
      this.#fail(attempt, messages.resultNotData(where, describeThrown(error), task.place), error, true);
      return;
    }
    this.#forget(attempt);
    this.#listener.deliver({ type: 'succeeded', task: index, attempt: number });
    attempt.releasePlace();
  }

  /** @throws NotData */
  #polled(attempt: Attempt, poll: Poll): void {
    const { index, number, task } = attempt;
    const { handlers } = this.job;
    if (handlers !== undefined && handlers.check(handlerTypeOf(task), attempt.action) === undefined) {
      this.#fail(attempt, messages.checkMissing(handlerTypeOf(task), attempt.action, task.place), undefined, true);
      return;
    }
    const data = encode(toValue(poll.data ?? null, 'poll'));
    const count = (this.store.poll(index)?.count ?? 0) + 1;
    const other = attempt.action !== task.action;
    this.store.setPoll(index, { data, count, ...(other && { action: attempt.action }) });
    this.#listener.deliver({ type: 'polled', task: index, attempt: number, ms: poll.ms });
    attempt.releasePlace();
  }

  #threw(attempt: Attempt, thrown: unknown): void {
    if (attempt.closed) return;
    if (this.#replaces(attempt, thrown)) {
      this.#work(attempt);
      return;
    }
    const { place } = attempt.task;
    if (isA(Unresolved, thrown)) {
      const at = thrown.place ?? place;
      this.#fail(attempt, messages.inputsUnresolved(thrown.message, thrown.heat, at), undefined, true);
    } else if (isA(Refused, thrown)) {
      this.#fail(attempt, thrown.diagnostic, undefined, true);
    } else {
      this.#fail(attempt, messages.handlerFailed(describeThrown(thrown), place), thrown, isTerminal(thrown));
    }
  }

  #fail(attempt: Attempt, diagnostic: Diagnostic, thrown: unknown, terminal = false): void {
    this.store.fail(attempt.index, attempt.number, diagnostic, thrown, isReplacing(attempt));
    this.store.attemptOver(attempt.index);
    this.#forget(attempt);
    this.#listener.deliver({ type: 'failed', task: attempt.index, attempt: attempt.number, terminal });
    attempt.releasePlace();
  }
}
