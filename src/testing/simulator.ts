import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import type { RunSettings } from '../run/executor.ts';
import type { TaskFailure } from '../run/failure.ts';
import type { FinalState } from '../run/final-state.ts';
import { lengthsOf } from '../run/run-order.ts';
import { TaskOutcomes } from '../run/run-result.ts';
import { checkSettings, DEFAULT_GRACE, traversalOptions } from '../run/run-settings.ts';
import type { RunStatus } from '../run/status.ts';
import { type Durations, FaultPlan, type Faults, type InjectedFault } from './simulated-faults.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { SimulatedWorld } from './simulated-world.ts';

export interface SimulateOptions
  extends Pick<RunSettings, 'concurrency' | 'pools' | 'onFailure' | 'grace' | 'timeout'> {
  /** Another seed, another run. Default 1. */
  readonly seed?: number | string;
  /** How long an attempt takes, in ms: between two limits by seed, or as a function says. Default 1,000 to 60,000. */
  readonly durations?: Durations;
  /** What goes wrong. Default: nothing. */
  readonly faults?: Faults;
  /** How long a breakpoint waits until it is cleared, in ms. Default 60,000. */
  readonly clearAfter?: number;
}

export interface SimulatedRun {
  readonly seed: number | string;
  readonly result: SimulatedResult;
  /** Those of every process that drove the run, one after the other; `at` counts from 0, when it began. */
  readonly events: readonly RunEvent[];
  /** How long it took, in ms of virtual time. */
  readonly virtualTime: number;
  /** What was done to it, in order. */
  readonly faults: readonly InjectedFault[];
  /** How many records there were: crashes can be at 0 up to this, exclusive. */
  readonly records: number;
}

export interface SimulatedResult {
  /** `IN_PROGRESS`: it would wait for ever, as for a task that hangs and has no timeout; or it crashed 10,000 times. */
  readonly status: RunStatus | 'IN_PROGRESS';
  readonly tasks: TaskOutcomes;
  /** Failed tasks, in template order. */
  readonly failures: readonly TaskFailure[];
}

/** A seed that lets every record be lost would never come to an end. */
const MOST_CRASHES = 10_000;

/**
 * Runs a graph without handlers, on virtual time, with the traversal that every executor drives: what it does under
 * faults, hours of it in milliseconds. Synchronous; the same graph, options and seed give the same run to the last event,
 * so whatever a seed brings to light can be had again. Tasks give no results.
 *
 * @throws RangeError when the graph has a cycle, and for settings that are none.
 */
export function simulate(graph: TaskGraph, options: SimulateOptions = {}): SimulatedRun {
  const { seed = 1, durations = [1000, 60_000], faults = {}, clearAfter = 60_000 } = options;
  checkSettings(options);
  const lengths = lengthsOf(graph);
  if (lengths === undefined) throw new RangeError('the graph has a cycle');
  const plan = new FaultPlan(seed, durations, faults);
  const world = new SimulatedWorld(`seed ${seed}`, graph, traversalOptions(options, lengths), plan, clearAfter);
  const traversal = carryOut(world, faults, options);
  const state = finalState(world, traversal);
  const failures = graph.tasks.flatMap((_, task) => {
    const failure = state.taskStatus(task) === 'FAILED' ? state.failure(task) : undefined;
    return failure === undefined ? [] : [failure];
  });
  return {
    seed,
    result: { status: world.status ?? 'IN_PROGRESS', tasks: new TaskOutcomes(graph, state), failures },
    events: world.events,
    virtualTime: world.clock.now(),
    faults: world.faults,
    records: world.record.count,
  };
}

function carryOut(world: SimulatedWorld, faults: Faults, options: SimulateOptions): SimulatedProcess['traversal'] {
  const { clock } = world;
  const { grace = DEFAULT_GRACE, timeout } = options;
  const { abortAt, stopAt, restartAfter = 1000 } = faults;
  let driving = new SimulatedProcess(world);
  let aborted: 'abort' | 'timeout' | undefined;
  const abort = (reason: 'abort' | 'timeout'): void => {
    aborted ??= reason;
    driving.abort(aborted, grace);
  };
  if (abortAt !== undefined) {
    clock.after(abortAt, () => {
      if (world.status !== undefined) return;
      world.faults.push({ kind: 'abort', at: clock.now() });
      abort('abort');
    });
  }
  if (stopAt !== undefined) clock.after(stopAt, () => driving.stop());
  if (timeout !== undefined) clock.after(timeout, () => abort('timeout'));
  driving.start();
  for (;;) {
    if (world.isDown && world.lives < MOST_CRASHES) {
      world.isDown = false;
      clock.after(restartAfter, () => {
        driving = new SimulatedProcess(world);
        driving.start();
        // Whoever asked a process that was not there asks again.
        if (aborted !== undefined) abort(aborted);
      });
    }
    if (world.status !== undefined || !clock.step()) return driving.traversal;
  }
}

function finalState(world: SimulatedWorld, traversal: SimulatedProcess['traversal']): FinalState {
  return {
    status: world.status ?? 'FAILED',
    at: world.clock.now(),
    taskStatus: (task) => traversal.status(task),
    cause: (task) => traversal.cause(task),
    attempts: (task) => traversal.attempts(task),
    result: () => undefined,
    failure: (task) => world.failure(task),
  };
}
