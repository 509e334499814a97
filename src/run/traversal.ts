import type { TaskPolicy } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { ReadyQueue } from './ready-queue.ts';
import type { FinalStatus, RunStatus, TaskStatus } from './status.ts';
import type { Timer, TraversalCommand, TraversalEvent, TraversalOptions } from './traversal-protocol.ts';

// Where a task stands, finer than its status. Those from COMPLETE on are final.
const WAITING = 0; // for what it requires
const DELAYED = 1; // wait-before
const READY = 2; // for a free place, before the first attempt or a further one
const STARTING = 3; // commanded to run
const RUNNING = 4;
const BACKOFF = 5; // before another attempt
const SETTLING = 6; // wait-after
const COMPLETE = 7;
const FAILED = 8;
const SKIPPED = 9;
const CANCELLED = 10;

const FINAL_STATUS: readonly FinalStatus[] = ['COMPLETE', 'FAILED', 'SKIPPED', 'CANCELLED'];
const NOTHING: readonly TraversalCommand[] = Object.freeze([]);
const NO_POLICY: TaskPolicy = Object.freeze({});

/**
 * One run over one graph as a state machine: events in, commands out. No clock, no promise, no I/O; the same events give
 * the same commands, always, so it runs unchanged in process, in a workflow of a durable engine that replays it, and
 * over a journal. It holds no results: whoever drives it keeps those.
 *
 * Time and memory are linear in tasks and edges. The graph must have no cycle: its tasks would wait for ever.
 */
export class Traversal {
  readonly #graph: TaskGraph;
  readonly #stopsOnFailure: boolean;
  readonly #phase: Uint8Array;
  readonly #missing: Int32Array;
  readonly #attempts: Uint32Array;
  /** The failed task because of which a task was skipped or cancelled; -1: none. */
  readonly #cause: Int32Array;
  readonly #ready: ReadyQueue;
  #unfinished: number;
  #failed = 0;
  #cancelled = 0;
  #told = false;
  /** No task starts any more. */
  #closed = false;
  #aborted = false;
  #commands: TraversalCommand[] = [];

  /** @throws RangeError for a concurrency or a limit of a pool below 1. */
  constructor(graph: TaskGraph, options: TraversalOptions) {
    this.#graph = graph;
    this.#stopsOnFailure = options.onFailure === 'stop';
    this.#unfinished = graph.size;
    this.#phase = new Uint8Array(graph.size);
    this.#missing = new Int32Array(graph.size);
    this.#attempts = new Uint32Array(graph.size);
    this.#cause = new Int32Array(graph.size).fill(-1);
    for (let task = 0; task < graph.size; task++) this.#missing[task] = graph.requires(task).length;
    this.#ready = new ReadyQueue(graph, options);
  }

  /** The first commands. To be called once, before any event. */
  start(): readonly TraversalCommand[] {
    for (let task = 0; task < this.#graph.size; task++) {
      if (this.#missing[task] === 0) this.#makeReady(task);
    }
    return this.#takeCommands();
  }

  apply(event: TraversalEvent): readonly TraversalCommand[] {
    switch (event.type) {
      case 'started':
        this.#started(event.task, event.attempt);
        break;
      case 'succeeded':
        if (this.#inFlight(event.task, event.attempt)) this.#succeeded(event.task);
        break;
      case 'failed':
        if (this.#inFlight(event.task, event.attempt)) this.#attemptFailed(event.task, event.terminal === true);
        break;
      case 'cancelled':
        if (this.#inFlight(event.task, event.attempt)) this.#end(event.task, CANCELLED);
        break;
      case 'timer':
        this.#timer(event.task, event.timer);
        break;
      case 'abort':
        this.#abort();
        break;
      case 'grace-over':
        this.#graceOver();
    }
    return this.#takeCommands();
  }

  status(task: number): TaskStatus {
    const phase = this.#phase[task] as number;
    if (phase >= COMPLETE) return FINAL_STATUS[phase - COMPLETE] as FinalStatus;
    return this.#notBegun(task) ? 'INIT' : 'IN_PROGRESS';
  }

  /** How many attempts there were, the present one included. */
  attempts(task: number): number {
    return this.#attempts[task] as number;
  }

  /** The failed task because of which this one was skipped or cancelled; -1 when there is none. */
  cause(task: number): number {
    return this.#cause[task] as number;
  }

  /** Whether every task has its final status. */
  get finished(): boolean {
    return this.#unfinished === 0;
  }

  #policy(task: number): TaskPolicy {
    return this.#graph.tasks[task]?.policy ?? NO_POLICY;
  }

  #inFlight(task: number, attempt: number): boolean {
    const phase = this.#phase[task];
    return (phase === RUNNING || phase === STARTING) && this.#attempts[task] === attempt;
  }

  #makeReady(task: number): void {
    const wait = this.#policy(task).waitBefore;
    if (!isWait(wait)) {
      this.#phase[task] = READY;
      this.#ready.push(task);
      return;
    }
    this.#phase[task] = DELAYED;
    this.#commands.push({ type: 'timer', task, timer: 'wait-before', ms: wait });
  }

  #started(task: number, attempt: number): void {
    if (this.#phase[task] !== STARTING || this.#attempts[task] !== attempt) return;
    this.#phase[task] = RUNNING;
    if (attempt > 1) return;
    const { timeout } = this.#policy(task);
    if (isWait(timeout)) this.#commands.push({ type: 'timer', task, timer: 'timeout', ms: timeout });
  }

  #succeeded(task: number): void {
    const wait = this.#policy(task).waitAfter;
    if (!isWait(wait) || this.#aborted) {
      this.#end(task, COMPLETE);
      return;
    }
    this.#ready.release(task);
    this.#phase[task] = SETTLING;
    this.#commands.push({ type: 'timer', task, timer: 'wait-after', ms: wait });
  }

  #attemptFailed(task: number, terminal: boolean): void {
    const { retries = 0, retryDelay = 0, backoffFactor = 1 } = this.#policy(task);
    const attempts = this.#attempts[task] as number;
    if (this.#aborted) {
      this.#end(task, CANCELLED);
    } else if (terminal || attempts > retries) {
      this.#end(task, FAILED);
    } else {
      this.#ready.release(task);
      this.#phase[task] = BACKOFF;
      const ms = retryDelay * backoffFactor ** (attempts - 1);
      this.#commands.push({ type: 'timer', task, timer: 'retry', ms: isWait(ms) ? ms : 0 });
    }
  }

  #timer(task: number, timer: Timer): void {
    const phase = this.#phase[task] as number;
    if (timer === 'wait-after') {
      if (phase === SETTLING) this.#end(task, COMPLETE);
    } else if (timer === 'timeout') {
      // Over all attempts, so also while it waits for the next one; not while it waits after its work was done.
      if (phase < READY || phase >= SETTLING) return;
      if (phase === RUNNING || phase === STARTING) this.#commands.push({ type: 'cancel', task, reason: 'timeout' });
      this.#end(task, FAILED);
    } else if (phase === (timer === 'retry' ? BACKOFF : DELAYED)) {
      this.#phase[task] = READY;
      this.#ready.push(task);
    }
  }

  #end(task: number, phase: number, cause = -1): void {
    const before = this.#phase[task];
    if (before === RUNNING || before === STARTING) this.#ready.release(task);
    this.#phase[task] = phase;
    this.#cause[task] = cause;
    this.#unfinished--;
    const status = FINAL_STATUS[phase - COMPLETE] as FinalStatus;
    this.#commands.push(cause < 0 ? { type: 'ended', task, status } : { type: 'ended', task, status, cause });
    if (phase === COMPLETE) this.#releaseRequirers(task);
    else if (phase === FAILED) this.#spreadFailure(task);
    else if (phase === CANCELLED) this.#cancelled++;
  }

  #releaseRequirers(task: number): void {
    const requirers = this.#graph.requiredBy(task);
    // By index: for...of over typed arrays is several times slower.
    for (let i = 0; i < requirers.length; i++) {
      const requirer = requirers[i] as number;
      const missing = (this.#missing[requirer] as number) - 1;
      this.#missing[requirer] = missing;
      if (missing === 0 && this.#phase[requirer] === WAITING && !this.#closed) this.#makeReady(requirer);
    }
  }

  #spreadFailure(failed: number): void {
    this.#failed++;
    const pending = [failed];
    for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
      for (const requirer of this.#graph.requiredBy(task)) {
        if (this.#phase[requirer] !== WAITING) continue;
        this.#end(requirer, SKIPPED, failed);
        pending.push(requirer);
      }
    }
    if (this.#stopsOnFailure) this.#close(failed);
  }

  /** Cancels what has not begun. */
  #close(cause: number): void {
    if (this.#closed) return;
    this.#closed = true;
    for (let task = 0; task < this.#graph.size; task++) {
      if (!this.#notBegun(task)) continue;
      if (this.#phase[task] === STARTING) this.#commands.push({ type: 'cancel', task, reason: 'stop' });
      this.#end(task, CANCELLED, cause);
    }
  }

  #notBegun(task: number): boolean {
    const attempts = this.#attempts[task] as number;
    switch (this.#phase[task]) {
      case WAITING:
      case DELAYED:
        return true;
      case READY:
        return attempts === 0;
      case STARTING:
        return attempts === 1;
      default:
        return false;
    }
  }

  #abort(): void {
    if (this.#aborted || this.finished) return;
    this.#aborted = true;
    this.#close(-1);
    for (let task = 0; task < this.#graph.size; task++) {
      const phase = this.#phase[task];
      if (phase === SETTLING) this.#end(task, COMPLETE);
      if (phase === STARTING || phase === RUNNING) this.#commands.push({ type: 'cancel', task, reason: 'abort' });
      if (phase === BACKOFF || phase === READY || phase === STARTING) this.#end(task, CANCELLED);
    }
  }

  #graceOver(): void {
    if (!this.#aborted) return;
    for (let task = 0; task < this.#graph.size; task++) {
      if (this.#phase[task] !== RUNNING) continue;
      this.#commands.push({ type: 'cancel', task, reason: 'grace-over' });
      this.#end(task, CANCELLED);
    }
  }

  #takeCommands(): readonly TraversalCommand[] {
    for (let task = this.#ready.next(); task !== undefined; task = this.#ready.next()) {
      // Those that were closed while they were ready are still in the queue.
      if (this.#phase[task] !== READY) {
        this.#ready.release(task);
        continue;
      }
      this.#phase[task] = STARTING;
      const attempt = (this.#attempts[task] as number) + 1;
      this.#attempts[task] = attempt;
      this.#commands.push({ type: 'run', task, attempt });
    }
    if (this.#unfinished === 0 && !this.#told) {
      this.#told = true;
      this.#commands.push({ type: 'finished', status: this.#runStatus() });
    }
    if (this.#commands.length === 0) return NOTHING;
    const commands = this.#commands;
    this.#commands = [];
    return commands;
  }

  #runStatus(): RunStatus {
    if (this.#aborted && this.#cancelled > 0) return 'CANCELLED';
    return this.#failed > 0 ? 'FAILED' : 'COMPLETE';
  }
}

/** Timers of zero, less, or no number at all are none. */
function isWait(ms: number | undefined): ms is number {
  return ms !== undefined && ms > 0;
}
