import type { TaskGraph } from '../graph/task-graph.ts';
import type { TaskStatus } from './status.ts';
import * as at from './task-phases.ts';
import type { Recorded, Timer, TraversalCommand, TraversalEvent, TraversalOptions } from './traversal-protocol.ts';
import { restore } from './traversal-restore.ts';
import { isWait, TraversalState } from './traversal-state.ts';

/**
 * One run over one graph as a state machine: events in, commands out. No clock, no promise, no I/O; the same events give
 * the same commands, always, so it runs unchanged in process, in a workflow of a durable engine that replays it, and
 * over a journal. It holds no results: whoever drives it keeps those.
 *
 * Time and memory are linear in tasks and edges. The graph must have no cycle: its tasks would wait for ever.
 */
export class Traversal {
  readonly #state: TraversalState;
  readonly #recorded: Recorded | undefined;

  /**
   * @param recorded how far an earlier process came with the same graph.
   * @throws RangeError for a concurrency or a limit of a pool below 1.
   */
  constructor(graph: TaskGraph, options: TraversalOptions, recorded?: Recorded) {
    this.#state = new TraversalState(graph, options);
    this.#recorded = recorded;
  }

  /** The first commands. To be called once, before any event. */
  start(): readonly TraversalCommand[] {
    const state = this.#state;
    const recorded = this.#recorded;
    if (recorded !== undefined) restore(state, recorded);
    for (let task = 0; task < state.graph.size; task++) {
      if (state.isWaitingForNothing(task)) state.makeReady(task);
    }
    state.settleWithoutRequirements();
    if (recorded?.aborted !== undefined) {
      this.#abort(recorded.aborted);
      this.#graceOver();
      // Also where nothing was left to stop: it decides how the run ended.
      state.aborted = recorded.aborted;
    }
    return state.takeCommands();
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
      case 'polled':
        if (this.#inFlight(event.task, event.attempt)) this.#polled(event.task, event.ms);
        break;
      case 'cancelled':
        if (this.#inFlight(event.task, event.attempt)) this.#state.end(event.task, at.CANCELLED);
        break;
      case 'timer':
        this.#timer(event.task, event.timer);
        break;
      case 'cleared':
        this.#cleared(event.task);
        break;
      case 'abort':
        this.#abort(event.timeout === true ? 'timeout' : 'abort');
        break;
      case 'stop':
        this.#stop();
        break;
      case 'grace-over':
        this.#graceOver();
    }
    return this.#state.takeCommands();
  }

  status(task: number): TaskStatus {
    return at.statusOf(this.#state.phase[task] as number, this.#state.flags[task] as number);
  }

  /** Whether a task waits at its breakpoint. */
  paused(task: number): boolean {
    return this.#state.phase[task] === at.PAUSED;
  }

  /** How many attempts there were, the present one included. */
  attempts(task: number): number {
    return this.#state.attempts[task] as number;
  }

  /** The failed task because of which this one was skipped or cancelled; -1 when there is none. */
  cause(task: number): number {
    return this.#state.cause[task] as number;
  }

  /** Whether every task has its final status. */
  get finished(): boolean {
    return this.#state.unfinished === 0;
  }

  #inFlight(task: number, attempt: number): boolean {
    const phase = this.#state.phase[task];
    return (phase === at.RUNNING || phase === at.STARTING) && this.#state.attempts[task] === attempt;
  }

  #started(task: number, attempt: number): void {
    const state = this.#state;
    if (state.phase[task] !== at.STARTING || state.attempts[task] !== attempt) return;
    state.phase[task] = at.RUNNING;
    state.set(task, at.BEGUN);
    state.startTimeout(task);
  }

  #succeeded(task: number): void {
    const state = this.#state;
    const wait = state.policy(task).waitAfter;
    if (!isWait(wait) || state.aborted !== undefined) {
      state.end(task, at.COMPLETE);
      return;
    }
    state.ready.release(task);
    state.phase[task] = at.SETTLING;
    state.command({ type: 'timer', task, timer: 'wait-after', ms: wait });
    if (state.stopped) state.endSettling(task);
  }

  #polled(task: number, ms: number): void {
    this.#state.phase[task] = at.POLLING;
    this.#state.command({ type: 'timer', task, timer: 'poll', ms: isWait(ms) ? ms : 0 });
  }

  #attemptFailed(task: number, terminal: boolean): void {
    const state = this.#state;
    if (state.aborted !== undefined) {
      state.end(task, at.CANCELLED);
    } else if (terminal || (state.attempts[task] as number) > (state.policy(task).retries ?? 0)) {
      state.end(task, at.FAILED);
    } else {
      state.ready.release(task);
      state.backOff(task);
      if (state.stopped) state.end(task, at.CANCELLED);
    }
  }

  #timer(task: number, timer: Timer): void {
    const state = this.#state;
    const phase = state.phase[task] as number;
    switch (timer) {
      case 'wait-before':
        if (phase === at.DELAYED) state.queue(task);
        break;
      case 'retry':
        if (phase === at.BACKOFF) state.queue(task);
        break;
      case 'poll':
        if (phase === at.POLLING) state.poll(task);
        break;
      case 'wait-after':
        if (phase === at.SETTLING) state.end(task, at.COMPLETE);
        break;
      case 'timeout':
        // Over all attempts, so also while it waits for the next one; not while it waits after its work was done.
        if (phase < at.READY || phase >= at.SETTLING) break;
        if (at.hasPlace(phase)) state.command({ type: 'cancel', task, reason: 'timeout' });
        state.end(task, at.FAILED);
    }
  }

  #cleared(task: number): void {
    const state = this.#state;
    if (state.phase[task] !== at.PAUSED) return;
    state.set(task, at.CLEARED);
    state.command({ type: 'cleared', task });
    state.makeReady(task);
  }

  #abort(reason: 'abort' | 'timeout'): void {
    const state = this.#state;
    if (state.aborted !== undefined || this.finished) return;
    state.aborted = reason;
    state.close(-1);
    for (let task = 0; task < state.graph.size; task++) {
      const phase = state.phase[task] as number;
      if (phase === at.SETTLING) state.endSettling(task);
      if (at.hasPlace(phase)) state.command({ type: 'cancel', task, reason: 'abort' });
      if (phase === at.BACKOFF || phase === at.READY || phase === at.STARTING) state.end(task, at.CANCELLED);
    }
  }

  /** Mirrors Heat's `stop_traversal`, after which all that is in progress may complete normally. */
  #stop(): void {
    const state = this.#state;
    if (state.stopped || state.aborted !== undefined || this.finished) return;
    state.stopped = true;
    state.close(-1);
    for (let task = 0; task < state.graph.size; task++) {
      const phase = state.phase[task] as number;
      if (phase === at.SETTLING) state.endSettling(task);
      if (phase === at.BACKOFF || phase === at.READY || phase === at.STARTING) state.end(task, at.CANCELLED);
    }
  }

  #graceOver(): void {
    const state = this.#state;
    if (state.aborted === undefined) return;
    for (let task = 0; task < state.graph.size; task++) {
      const phase = state.phase[task];
      if (phase !== at.RUNNING && phase !== at.POLLING) continue;
      state.command({ type: 'cancel', task, reason: 'grace-over' });
      state.end(task, at.CANCELLED);
    }
  }
}
