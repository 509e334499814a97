import * as messages from '../diagnostics/run.ts';
import type { Task, TaskPolicy } from '../graph/task.ts';
import { isHookTask } from '../hooks/hook-task.ts';
import type { ContextPassing } from '../run/context-passing.ts';
import type { RunProgress } from '../run/executor.ts';
import type { TaskFailure } from '../run/failure.ts';
import type { FinalState } from '../run/final-state.ts';
import type { Completion } from '../run/handlers.ts';
import { isHookDue } from '../run/hook-due.ts';
import { tasksOfHook } from '../run/hook-instances.ts';
import type { TaskResult } from '../run/result.ts';
import type { FinalStatus, RunStatus, TaskStatus } from '../run/status.ts';
import { Traversal } from '../run/traversal.ts';
import type { CancelReason, TraversalCommand } from '../run/traversal-protocol.ts';
import { isReplacing } from './attempt.ts';
import { AttemptRunner } from './attempt-runner.ts';
import type { Clock } from './clock.ts';
import type { LocalJob } from './local-job.ts';
import { RunNarrator } from './run-narrator.ts';
import { TaskStore } from './task-store.ts';
import { TraversalLoop } from './traversal-loop.ts';
import type { MakeWorkQueue } from './work-queue.ts';

/**
 * A run whose traversal is driven in this process. Where the work is done is up to the queue and `job.invoke`; what may
 * start, and in which order, is decided here alone.
 */
export class LocalExecution implements FinalState {
  /** Rejects only for a defect, or a journal that cannot be written. */
  readonly finished: Promise<FinalState>;
  status: RunStatus = 'FAILED';
  at = 0;
  /** Whether the time of the run was over. */
  timedOut = false;
  readonly #job: LocalJob;
  readonly #clock: Clock;
  readonly #store: TaskStore;
  readonly #traversal: Traversal;
  readonly #loop: TraversalLoop;
  readonly #context: ContextPassing;
  readonly #narrator: RunNarrator;
  readonly #attempts: AttemptRunner;
  #resolve!: (state: FinalState) => void;
  #reject!: (error: unknown) => void;
  #begun = false;
  #over = false;
  #abortedBy: { readonly reason: unknown } | undefined;
  #stopped = false;
  #cancelGrace: (() => void) | undefined;
  #cancelTimeout: (() => void) | undefined;

  constructor(job: LocalJob, clock: Clock, makeQueue: MakeWorkQueue) {
    this.#job = job;
    this.#clock = clock;
    const { journal } = job;
    this.#store = new TaskStore(job.graph, job.hidden);
    this.#traversal = new Traversal(job.graph, job.traversal, journal?.recorded);
    this.#loop = new TraversalLoop(this.#traversal, clock, {
      perform: (command) => this.#perform(command),
      record: journal === undefined ? undefined : (commands) => this.#record(commands),
      crashed: (error) => this.#crashed(error),
    });
    this.#context = job.contextPassing(
      (task) => this.result(task),
      (task) => this.failure(task),
    );
    this.#narrator = new RunNarrator(job, clock);
    this.#attempts = new AttemptRunner(job, this.#store, makeQueue, this.#context, this.#narrator, {
      begins: (attempt) => {
        // While the beginning was being recorded the task may have been cancelled.
        if (this.#isFinal(attempt.index)) return false;
        this.#loop.deliverNow({ type: 'started', task: attempt.index, attempt: attempt.number });
        this.#narrator.started(attempt);
        return true;
      },
      deliver: (event) => this.#loop.deliverSoon(event),
    });
    this.finished = new Promise<FinalState>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Not in this job of the event loop: whoever submitted the run may want to see its events.
    clock.soon(() => this.#begin());
  }

  abort(reason: unknown, timeout = false): void {
    if (this.#abortedBy !== undefined || this.#over) return;
    this.#abortedBy = { reason };
    this.timedOut = timeout;
    if (this.#begun) this.#deliverAbort();
  }

  /** Starts nothing more, and lets what is in progress end. */
  stop(): void {
    if (this.#stopped || this.#abortedBy !== undefined || this.#over) return;
    this.#stopped = true;
    if (this.#begun) this.#loop.deliver({ type: 'stop' });
  }

  clear(task: string): boolean {
    const index = this.#job.graph.indexOf(task);
    if (index >= 0) return this.#clear(index);
    // The name of a hook, where only one of its tasks waits.
    const waiting = tasksOfHook(this.#job.graph, task).filter((one) => this.#isWaiting(one));
    return waiting.length === 1 && this.#clear(waiting[0] as number);
  }

  /** What came from outside for a task in flight; false when none was waiting for it. */
  complete(completion: Completion): Promise<boolean> {
    return this.#attempts.complete(completion);
  }

  #isWaiting(task: number): boolean {
    return this.#traversal.paused(task) || this.#attempts.inFlight(task)?.waits === true;
  }

  #clear(index: number): boolean {
    if (!this.#traversal.paused(index)) return this.#attempts.inFlight(index)?.clear() ?? false;
    this.#loop.deliver({ type: 'cleared', task: index });
    return true;
  }

  progress(): RunProgress {
    const tasks = countStatuses(this.#traversal, this.#job.graph.size);
    return { status: this.#over ? this.status : 'IN_PROGRESS', tasks };
  }

  taskStatus(task: number): TaskStatus {
    return this.#traversal.status(task);
  }

  cause(task: number): number {
    return this.#traversal.cause(task);
  }

  attempts(task: number): number {
    return this.#traversal.attempts(task);
  }

  result(task: number): TaskResult | undefined {
    return this.#store.result(task);
  }

  failure(task: number): TaskFailure | undefined {
    return this.#store.failure(task);
  }

  #begin(): void {
    this.#begun = true;
    const { journal, timeout } = this.#job;
    for (const [task, { result, failure, poll }] of journal?.tasks ?? []) {
      if (result !== undefined) this.#store.setResult(task, result);
      if (failure !== undefined) this.#store.setFailure(task, failure);
      if (poll !== undefined) this.#store.setPoll(task, poll);
    }
    this.timedOut ||= journal?.recorded?.aborted === 'timeout';
    this.#narrator.runStarted(journal?.recorded);
    const isNew = journal?.recorded === undefined;
    // What is in progress elsewhere has to be looked after.
    if (this.#abortedBy === undefined && !(this.#stopped && isNew)) this.#loop.start();
    if (this.#stopped) this.#loop.deliver({ type: 'stop' });
    if (this.#abortedBy !== undefined) this.#deliverAbort();
    if (timeout === undefined || this.#over) return;
    const left = (journal?.begunAt ?? this.#clock.now()) + timeout - this.#clock.now();
    const error = new DOMException(`the run was not done within ${timeout} ms`, 'TimeoutError');
    this.#cancelTimeout = this.#clock.after(Math.max(0, left), () => this.abort(error, true));
  }

  #deliverAbort(): void {
    // A run that was stopped before can be gone on with all the same.
    if (!this.#stopped || this.timedOut) this.#job.journal?.aborted(this.timedOut ? 'timeout' : 'abort');
    this.#loop.deliver({ type: 'abort', timeout: this.timedOut });
    if (this.#over) return;
    this.#cancelGrace = this.#clock.after(this.#job.grace, () => this.#loop.deliver({ type: 'grace-over' }));
  }

  #record(commands: readonly TraversalCommand[]): void | PromiseLike<void> {
    for (const command of commands) {
      if (command.type === 'cancel') this.#noteFailure(command.task, command.reason);
    }
    return this.#job.journal?.write(commands, {
      attempts: (task) => this.#traversal.attempts(task),
      result: (task) => this.#store.result(task),
      failure: (task) => this.#store.failure(task),
      poll: (task) => this.#store.poll(task),
    });
  }

  #perform(command: TraversalCommand): void {
    switch (command.type) {
      case 'run':
      case 'poll':
        this.#attempts.enqueue(command.task, command.attempt, command.type === 'poll');
        break;
      case 'timer':
        if (command.timer === 'retry') {
          this.#narrator.retrying(command.task, this.#store.failure(command.task), command.ms);
        } else if (command.timer === 'poll') {
          const { count = 1 } = this.#store.poll(command.task) ?? {};
          this.#narrator.polling(command.task, this.#traversal.attempts(command.task), count, command.ms);
        }
        break;
      case 'paused':
        this.#paused(command.task);
        break;
      case 'cleared':
        break;
      case 'cancel':
        this.#cancel(command.task, command.reason);
        break;
      case 'ended':
        this.#ended(command.task, command.status, command.cause);
        break;
      case 'finished':
        this.status = command.status;
        this.#end();
        this.#resolve(this);
    }
  }

  /** A breakpoint after what was not done (an update that found nothing to do) is passed by; mirrors Heat. */
  #paused(index: number): void {
    const { graph } = this.#job;
    const task = graph.tasks[index] as Task;
    const isDue = !isHookTask(task) || isHookDue(graph, task, (other) => this.#store.result(other));
    if (isDue) this.#narrator.paused(index);
    else this.#loop.deliver({ type: 'cleared', task: index });
  }

  #cancel(task: number, reason: CancelReason): void {
    const attempt = this.#attempts.inFlight(task);
    if (this.#job.journal === undefined) this.#noteFailure(task, reason);
    if (reason === 'timeout') {
      const { timeout = 0 } = this.#policy(task);
      attempt?.cancel(new DOMException(`not done within ${timeout} ms`, 'TimeoutError'));
    } else {
      attempt?.cancel(this.#abortedBy?.reason);
    }
    // After an abort the handler may still end in its own time.
    if (attempt !== undefined && reason !== 'abort') this.#attempts.close(attempt);
  }

  /** Why the traversal, and no handler, ends a task. It is recorded with the end. */
  #noteFailure(task: number, reason: CancelReason): void {
    const { place } = this.#job.graph.tasks[task] as Task;
    const attempt = this.#traversal.attempts(task);
    const inFlight = this.#attempts.inFlight(task);
    const replacing = inFlight !== undefined && isReplacing(inFlight);
    if (reason === 'timeout') {
      const { timeout = 0 } = this.#policy(task);
      this.#store.fail(task, attempt, messages.taskTimedOut(timeout, place), undefined, replacing);
    } else if (reason === 'grace-over') {
      const text = `Still in progress ${this.#job.grace} ms after the run was aborted.`;
      this.#store.fail(task, attempt, messages.attemptCancelled(text, place), undefined, replacing);
    }
  }

  #policy(task: number): TaskPolicy {
    return this.#job.graph.tasks[task]?.policy ?? {};
  }

  #ended(task: number, status: FinalStatus, cause: number | undefined): void {
    const attempt = this.#attempts.inFlight(task);
    if (attempt !== undefined) this.#attempts.close(attempt);
    this.#store.ended(task, status === 'COMPLETE');
    const attempts = this.#traversal.attempts(task);
    this.#narrator.ended(task, status, cause, attempts, this.#store.result(task), this.#store.failure(task));
  }

  #isFinal(task: number): boolean {
    const status = this.#traversal.status(task);
    return status !== 'INIT' && status !== 'IN_PROGRESS';
  }

  #end(): void {
    this.#over = true;
    this.at = this.#clock.now();
    this.#cancelGrace?.();
    this.#cancelTimeout?.();
  }

  #crashed(error: unknown): void {
    this.#end();
    this.#attempts.closeAll(error);
    this.#reject(error);
  }
}

function countStatuses(traversal: Traversal, size: number): Record<TaskStatus, number> {
  const counts = { INIT: 0, IN_PROGRESS: 0, COMPLETE: 0, FAILED: 0, SKIPPED: 0, CANCELLED: 0 };
  for (let task = 0; task < size; task++) counts[traversal.status(task)]++;
  return counts;
}
