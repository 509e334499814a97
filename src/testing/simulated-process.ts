import * as messages from '../diagnostics/run.ts';
import type { Task } from '../graph/task.ts';
import { endEvent } from '../run/end-event.ts';
import type { RunEvent } from '../run/events.ts';
import type { FinalStatus } from '../run/status.ts';
import { Traversal } from '../run/traversal.ts';
import type { CancelReason, Timer, TraversalCommand, TraversalEvent } from '../run/traversal-protocol.ts';
import { SimulatedCrash } from './simulated-record.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/**
 * One life of what drives a simulated run: it feeds the traversal, records before it acts, and performs what the
 * traversal commands on virtual time. After a crash another one goes on from the record.
 */
export class SimulatedProcess {
  readonly traversal: Traversal;
  readonly #world: SimulatedWorld;
  readonly #events: TraversalEvent[] = [];
  #busy = false;
  #dead = false;

  constructor(world: SimulatedWorld) {
    this.#world = world;
    const { record, lives } = world;
    this.traversal = new Traversal(world.graph, world.options, lives === 0 ? undefined : record);
  }

  start(): void {
    const { graph, record, lives } = this.#world;
    const ended = [...record.tasks.values()].filter(({ at }) => at === 'ended').length;
    const event = { type: 'run-started', at: this.#now, runId: this.#world.runId, tasks: graph.size } as const;
    this.#tell(lives === 0 ? event : { ...event, resumed: ended });
    this.#guarded(() => this.#performAll(this.traversal.start()));
  }

  deliver(event: TraversalEvent): void {
    if (this.#dead) return;
    this.#events.push(event);
    if (!this.#busy) this.#guarded(() => {});
  }

  abort(reason: 'abort' | 'timeout', grace: number): void {
    if (this.#dead || this.traversal.finished || this.#world.record.aborted !== undefined) return;
    this.#guarded(() => {
      this.#world.record.abort(reason);
      this.#world.record.crashIfDue();
      this.#performAll(this.traversal.apply(reason === 'abort' ? { type: 'abort' } : { type: 'abort', timeout: true }));
    });
    this.#after(grace, () => this.deliver({ type: 'grace-over' }));
  }

  /** Starts nothing more; the next process goes on with what is left. */
  stop(): void {
    if (this.#dead || this.traversal.finished) return;
    this.#guarded(() => this.#performAll(this.traversal.apply({ type: 'stop' })));
  }

  get #now(): number {
    return this.#world.clock.now();
  }

  #guarded(first: () => void): void {
    this.#busy = true;
    try {
      first();
      for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
        this.#performAll(this.traversal.apply(event));
      }
    } catch (error) {
      if (!(error instanceof SimulatedCrash)) throw error;
      this.#dead = true;
      this.#world.crashed(error);
    }
    this.#busy = false;
  }

  #performAll(commands: readonly TraversalCommand[]): void {
    for (const command of commands) {
      this.#perform(command);
      this.#world.record.crashIfDue();
    }
  }

  #perform(command: TraversalCommand): void {
    switch (command.type) {
      case 'run':
        this.#run(command.task, command.attempt);
        break;
      case 'poll':
        this.#look(command.task, command.attempt);
        break;
      case 'timer':
        this.#timer(command.task, command.timer, command.ms);
        break;
      case 'paused':
        this.#tell({ type: 'task-paused', at: this.#now, task: this.#id(command.task) });
        this.#after(this.#world.clearAfter, () => this.deliver({ type: 'cleared', task: command.task }));
        break;
      case 'cleared':
        this.#world.record.task(command.task, { at: 'cleared' });
        break;
      case 'cancel':
        this.#cancel(command.task, command.reason);
        break;
      case 'ended':
        // It ends in this process only.
        if (command.resumable === true) break;
        this.#ended(command.task, command.status, command.cause);
        break;
      case 'finished':
        if (command.resumable === true) {
          this.#dead = true;
          this.#world.stopped();
        } else {
          this.#world.finished(command.status);
        }
    }
  }

  #run(task: number, attempt: number): void {
    const { record } = this.#world;
    record.task(task, { at: 'started', attempt });
    this.#tell({ type: 'task-started', at: this.#now, task: this.#id(task), attempt });
    record.crashIfDue();
    this.#performAll(this.traversal.apply({ type: 'started', task, attempt }));
    const { ms, polled, fate } = this.#world.begin(task, attempt);
    if (polled) {
      this.#after(0, () => this.#pollAgain(task, attempt));
    } else if (Number.isFinite(ms)) {
      this.#after(ms, () => this.#report(task, attempt));
      if (fate.repeated) this.#after(ms + 500, () => this.#report(task, attempt));
    }
  }

  /** Whether the work that went on elsewhere is done. */
  #look(task: number, attempt: number): void {
    if (this.#world.isDone(task, attempt)) this.#after(0, () => this.#report(task, attempt));
    else this.#after(0, () => this.#pollAgain(task, attempt));
  }

  #pollAgain(task: number, attempt: number): void {
    this.deliver({ type: 'polled', task, attempt, ms: this.#world.pollEvery });
  }

  #report(task: number, attempt: number): void {
    const { kind } = this.#world.fate(task, attempt);
    if (kind === 'success') {
      this.deliver({ type: 'succeeded', task, attempt });
      return;
    }
    if (this.#isCurrent(task, attempt)) {
      const text =
        kind === 'worker-loss'
          ? `the worker of '${this.#id(task)}' is gone, attempt ${attempt}`
          : `simulated failure of '${this.#id(task)}', attempt ${attempt}`;
      this.#world.fail(task, attempt, messages.handlerFailed(text, this.#task(task).place));
    }
    this.deliver({ type: 'failed', task, attempt, terminal: kind === 'terminal' });
  }

  #isCurrent(task: number, attempt: number): boolean {
    return this.traversal.attempts(task) === attempt && this.traversal.status(task) === 'IN_PROGRESS';
  }

  #timer(task: number, timer: Timer, ms: number): void {
    const attempt = this.traversal.attempts(task);
    const at = this.#now;
    const id = this.#id(task);
    if (timer === 'retry') {
      this.#world.record.task(task, { at: 'retrying', attempt });
      const message = this.#world.failure(task)?.message ?? '';
      this.#tell({ type: 'task-retrying', at, task: id, attempt, message, delay: ms });
    } else if (timer === 'poll') {
      this.#world.record.task(task, { at: 'polling', attempt });
      this.#tell({
        type: 'task-polling',
        at,
        task: id,
        attempt,
        count: this.#world.countPoll(task, attempt),
        delay: ms,
      });
    } else if (timer === 'wait-after') {
      this.#world.record.task(task, { at: 'settling', attempt });
    }
    this.#after(ms, () => this.deliver({ type: 'timer', task, timer }));
  }

  #cancel(task: number, reason: CancelReason): void {
    const attempt = this.traversal.attempts(task);
    const { place, policy } = this.#task(task);
    if (reason === 'timeout') {
      this.#world.fail(task, attempt, messages.taskTimedOut(policy?.timeout ?? 0, place));
    } else if (reason === 'abort' && this.#world.fate(task, attempt).heedsSignal) {
      this.#after(0, () => this.deliver({ type: 'cancelled', task, attempt }));
    }
  }

  #ended(task: number, status: FinalStatus, cause: number | undefined): void {
    const attempt = this.traversal.attempts(task);
    const end = { at: 'ended', attempt, status } as const;
    this.#world.record.task(task, cause === undefined ? end : { ...end, cause });
    this.#tell(
      endEvent(status, {
        at: this.#now,
        task: this.#id(task),
        attempt,
        cause: cause === undefined ? undefined : this.#id(cause),
        failure: this.#world.failure(task),
      }),
    );
  }

  /** What a dead process waited for does not come. */
  #after(ms: number, callback: () => void): void {
    this.#world.clock.after(ms, () => {
      if (!this.#dead) callback();
    });
  }

  #tell(event: RunEvent): void {
    this.#world.events.push(event);
  }

  #task(task: number): Task {
    return this.#world.graph.tasks[task] as Task;
  }

  #id(task: number): string {
    return this.#world.graph.tasks[task]?.id ?? '';
  }
}
