import type { TaskPolicy } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { ReadyQueue } from './ready-queue.ts';
import type { FinalStatus, RunStatus } from './status.ts';
import * as at from './task-phases.ts';
import type { TraversalCommand, TraversalOptions } from './traversal-protocol.ts';

const NOTHING: readonly TraversalCommand[] = Object.freeze([]);
const NO_POLICY: TaskPolicy = Object.freeze({});

/** Where every task of a traversal stands, and what the end of one task means for the others. */
export class TraversalState {
  readonly graph: TaskGraph;
  readonly phase: Uint8Array;
  readonly flags: Uint8Array;
  readonly attempts: Uint32Array;
  /** The failed task because of which a task was skipped or cancelled; -1: none. */
  readonly cause: Int32Array;
  readonly ready: ReadyQueue;
  unfinished: number;
  aborted: 'abort' | 'timeout' | undefined;
  /** Nothing starts any more, and what ends because of that may be taken up again. */
  stopped = false;
  readonly #stopsOnFailure: boolean;
  readonly #missing: Int32Array;
  /** Tasks that run on failure; undefined where there is none. */
  readonly #onFailure: Uint8Array | undefined;
  /** Tasks that are over, and of which those that run on failure have not been told. */
  readonly #over: number[] = [];
  #failed = 0;
  #cancelled = 0;
  #resumable = false;
  #told = false;
  /** No task starts any more. */
  #closed = false;
  #commands: TraversalCommand[] = [];

  constructor(graph: TaskGraph, options: TraversalOptions) {
    this.graph = graph;
    this.#stopsOnFailure = options.onFailure === 'stop';
    this.unfinished = graph.size;
    this.phase = new Uint8Array(graph.size);
    this.flags = new Uint8Array(graph.size);
    this.attempts = new Uint32Array(graph.size);
    this.cause = new Int32Array(graph.size).fill(-1);
    this.#missing = new Int32Array(graph.size);
    for (let task = 0; task < graph.size; task++) this.#missing[task] = graph.requiresCount(task);
    this.ready = new ReadyQueue(graph, options);
    this.#onFailure = runningOnFailure(graph);
  }

  policy(task: number): TaskPolicy {
    return this.graph.tasks[task]?.policy ?? NO_POLICY;
  }

  command(command: TraversalCommand): void {
    this.#commands.push(command);
  }

  isWaitingForNothing(task: number): boolean {
    return this.phase[task] === at.WAITING && this.#missing[task] === 0 && !this.runsOnFailure(task);
  }

  /** Whether it waits until all that it requires is over, however that ends. */
  runsOnFailure(task: number): boolean {
    return this.#onFailure?.[task] === 1;
  }

  /** What runs on failure and requires nothing will have nothing to do. */
  settleWithoutRequirements(): void {
    if (this.#onFailure === undefined) return;
    for (let task = 0; task < this.graph.size; task++) {
      if (this.runsOnFailure(task) && this.graph.requiresCount(task) === 0) this.#settle(task);
    }
  }

  /** What it requires is complete: now its breakpoint, its delay, and a place. */
  makeReady(task: number): void {
    const { breakpoint = false, waitBefore } = this.policy(task);
    if (breakpoint && !this.is(task, at.CLEARED)) {
      this.phase[task] = at.PAUSED;
      this.#commands.push({ type: 'paused', task });
    } else if (isWait(waitBefore)) {
      this.phase[task] = at.DELAYED;
      this.#commands.push({ type: 'timer', task, timer: 'wait-before', ms: waitBefore });
    } else {
      this.queue(task);
    }
  }

  queue(task: number): void {
    this.phase[task] = at.READY;
    this.ready.push(task);
  }

  /** Looks whether the work in flight is done. */
  poll(task: number): void {
    this.phase[task] = at.RUNNING;
    this.#commands.push({ type: 'poll', task, attempt: this.attempts[task] as number });
  }

  /** Another attempt, later. */
  backOff(task: number): void {
    const { retryDelay = 0, backoffFactor = 1 } = this.policy(task);
    this.phase[task] = at.BACKOFF;
    const ms = retryDelay * backoffFactor ** ((this.attempts[task] as number) - 1);
    this.#commands.push({ type: 'timer', task, timer: 'retry', ms: isWait(ms) ? ms : 0 });
  }

  /** Once, for all attempts. */
  startTimeout(task: number): void {
    const { timeout } = this.policy(task);
    if (!isWait(timeout) || this.is(task, at.TIMED)) return;
    this.set(task, at.TIMED);
    this.#commands.push({ type: 'timer', task, timer: 'timeout', ms: timeout });
  }

  is(task: number, flag: number): boolean {
    return ((this.flags[task] as number) & flag) !== 0;
  }

  set(task: number, flag: number): void {
    this.flags[task] = (this.flags[task] as number) | flag;
  }

  notBegun(task: number): boolean {
    return at.notBegun(this.phase[task] as number, this.flags[task] as number);
  }

  end(task: number, phase: number, cause = -1): void {
    if (at.hasPlace(this.phase[task] as number)) this.ready.release(task);
    this.count(task, phase, cause);
    const status = at.FINAL_STATUS[phase - at.COMPLETE] as FinalStatus;
    const resumable = this.stopped && status === 'CANCELLED';
    this.#tell(task, status, cause, resumable);
    if (phase === at.COMPLETE) this.#releaseRequirers(task);
    else if (phase === at.FAILED) this.spreadFailure(task);
  }

  /** Ends a task whose work is done, and whose wait after it an heir waits anew. */
  endSettling(task: number): void {
    this.count(task, at.COMPLETE, -1);
    this.#tell(task, 'COMPLETE', -1, this.stopped);
    this.#releaseRequirers(task);
  }

  #tell(task: number, status: FinalStatus, cause: number, resumable: boolean): void {
    this.#resumable ||= resumable;
    const ended =
      cause < 0 ? { type: 'ended' as const, task, status } : { type: 'ended' as const, task, status, cause };
    this.#commands.push(resumable ? { ...ended, resumable } : ended);
  }

  /** Sets the final phase, and nothing more. */
  count(task: number, phase: number, cause: number): void {
    this.phase[task] = phase;
    this.cause[task] = cause;
    this.unfinished--;
    if (phase === at.FAILED) this.#failed++;
    if (phase === at.CANCELLED) this.#cancelled++;
    if (this.#onFailure !== undefined) this.#over.push(task);
  }

  /** Of a task that was complete before this traversal began. */
  forgetRequirement(task: number): void {
    for (const requirer of this.graph.requiredBy(task)) {
      if (!this.runsOnFailure(requirer)) this.#missing[requirer] = (this.#missing[requirer] as number) - 1;
    }
  }

  spreadFailure(failed: number): void {
    this.skipRequirers(failed, failed);
    if (this.#stopsOnFailure) this.close(failed);
  }

  /** Skips what requires a task that failed or was skipped, and what requires that. */
  skipRequirers(ended: number, failed: number): void {
    const pending = [ended];
    for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
      for (const requirer of this.graph.requiredBy(task)) {
        if (this.phase[requirer] !== at.WAITING || this.runsOnFailure(requirer)) continue;
        this.end(requirer, at.SKIPPED, failed);
        pending.push(requirer);
      }
    }
  }

  /** Cancels what has not begun; what runs on failure only when somebody ends the run. */
  close(cause: number): void {
    const isEnd = this.aborted !== undefined || this.stopped;
    if (this.#closed && !(isEnd && this.#onFailure !== undefined)) return;
    this.#closed = true;
    for (let task = 0; task < this.graph.size; task++) {
      if (!this.notBegun(task) || (this.runsOnFailure(task) && !isEnd)) continue;
      if (this.phase[task] === at.STARTING) this.#commands.push({ type: 'cancel', task, reason: 'stop' });
      this.end(task, at.CANCELLED, cause);
    }
  }

  /** Gives free places to those who come first, and hands over what is to be done. */
  takeCommands(): readonly TraversalCommand[] {
    if (this.#over.length > 0) this.#tellThoseOnFailure();
    for (let task = this.ready.next(); task !== undefined; task = this.ready.next()) {
      // Those that were closed while they were ready are still in the queue.
      if (this.phase[task] !== at.READY) {
        this.ready.release(task);
        continue;
      }
      this.phase[task] = at.STARTING;
      const attempt = (this.attempts[task] as number) + (this.is(task, at.AGAIN) ? 0 : 1);
      this.flags[task] = (this.flags[task] as number) & ~at.AGAIN;
      this.attempts[task] = attempt;
      this.#commands.push({ type: 'run', task, attempt });
    }
    if (this.unfinished === 0 && !this.#told) {
      this.#told = true;
      const finished = { type: 'finished' as const, status: this.#runStatus() };
      this.#commands.push(this.#resumable ? { ...finished, resumable: true } : finished);
    }
    if (this.#commands.length === 0) return NOTHING;
    const commands = this.#commands;
    this.#commands = [];
    return commands;
  }

  #releaseRequirers(task: number): void {
    const requirers = this.graph.requiredBy(task);
    // By index: for...of over typed arrays is several times slower.
    for (let i = 0; i < requirers.length; i++) {
      const requirer = requirers[i] as number;
      if (this.runsOnFailure(requirer)) continue;
      const missing = (this.#missing[requirer] as number) - 1;
      this.#missing[requirer] = missing;
      if (missing === 0 && this.phase[requirer] === at.WAITING && !this.#closed) this.makeReady(requirer);
    }
  }

  /** A list and no recursion: one of them can end because of another, along any chain. */
  #tellThoseOnFailure(): void {
    for (let i = 0; i < this.#over.length; i++) {
      const ended = this.#over[i] as number;
      for (const requirer of this.graph.requiredBy(ended)) {
        if (!this.runsOnFailure(requirer)) continue;
        if (this.phase[ended] === at.FAILED) this.set(requirer, at.TRIGGERED);
        const missing = (this.#missing[requirer] as number) - 1;
        this.#missing[requirer] = missing;
        if (missing === 0) this.#settle(requirer);
      }
    }
    this.#over.length = 0;
  }

  /** All that a task on failure requires is over: it runs, or there was no failure. */
  #settle(task: number): void {
    if (this.phase[task] !== at.WAITING) return;
    if (!this.is(task, at.TRIGGERED)) {
      this.end(task, at.SKIPPED);
      this.skipRequirers(task, -1);
    } else if (this.aborted === undefined && !this.stopped) {
      this.makeReady(task);
    } else {
      this.end(task, at.CANCELLED);
    }
  }

  #runStatus(): RunStatus {
    if (this.#resumable || (this.aborted === 'abort' && this.#cancelled > 0)) return 'CANCELLED';
    return this.#failed > 0 || (this.aborted === 'timeout' && this.#cancelled > 0) ? 'FAILED' : 'COMPLETE';
  }
}

function runningOnFailure(graph: TaskGraph): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  for (let task = 0; task < graph.size; task++) {
    if (graph.tasks[task]?.policy?.runsOn !== 'failure') continue;
    found ??= new Uint8Array(graph.size);
    found[task] = 1;
  }
  return found;
}

/** Timers of zero, less, or no number at all are none. */
export function isWait(ms: number | undefined): ms is number {
  return ms !== undefined && ms > 0;
}
