import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { circularDependency } from '../diagnostics/graph.ts';
import { handlerMissing, observerFailed } from '../diagnostics/run.ts';
import { heatYaql } from '../functions/heat-yaql.ts';
import { functionTables } from '../functions/tables.ts';
import { criticalPath } from '../graph/critical-path.ts';
import { shortestCycle } from '../graph/cycles.ts';
import { order } from '../graph/order.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Value } from '../values/value.ts';
import { toResult } from './codec.ts';
import { ContextPassing } from './context-passing.ts';
import { EventStream } from './event-stream.ts';
import type { RunEvent } from './events.ts';
import type { Execution, Executor, FinalState, RunJob } from './executor.ts';
import { type HandlerResult, type Handlers, HandlerTable } from './handlers.ts';
import { HiddenValues } from './hidden-values.ts';
import { makeRunResult, type RunResult } from './run-result.ts';
import { describeThrown } from './thrown.ts';

export interface RunOptions {
  readonly handlers: Handlers;
  /**
   * How many tasks may be in flight at once. Default 10: enough that waiting for a cloud is shared, few enough that its
   * API does not throttle a single client (terraform's and OpenTofu's default as well).
   */
  readonly concurrency?: number;
  /** Limits of the pools that policies of tasks name. Default: none. */
  readonly pools?: ReadonlyMap<string, number>;
  /**
   * After a failure: `stop` (default, as Heat) starts no further task and lets those in progress finish; `continue` goes
   * on with what does not require the failed task.
   */
  readonly onFailure?: 'stop' | 'continue';
  /** Aborts the run. */
  readonly signal?: AbortSignal;
  /** Names the run, and with the task's id every attempt's idempotency key. Default: a random UUID. */
  readonly runId?: string;
  /** Called with every event, at once. One that throws is not called again; the result says so. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Events that an iterator may lag behind before it loses some. Default 65,536. */
  readonly eventBuffer?: number;
  /** How long what is in flight has to end after an abort, in ms. Default 30,000. */
  readonly grace?: number;
  /** What earlier runs recorded, by the name of the resource, after the path of its nested stack: `path/name`. */
  readonly previous?: ReadonlyMap<string, HandlerResult>;
  /** Evaluates YAQL expressions on `{data}`. Default: the YAQL of this package. */
  readonly yaql?: (expression: string, data: Value) => Value;
  /** What `Fn::GetAZs` gives. Default `['nova']`. */
  readonly availabilityZones?: readonly string[];
}

/** One run: an async iterable of its events, and its result. */
export interface Run extends AsyncIterable<RunEvent> {
  readonly runId: string;
  /** How it ended. Failed tasks do not reject it. */
  readonly result: Promise<RunResult>;
  /** Asks handlers in flight to stop, and starts nothing more. */
  abort(reason?: unknown): void;
  /** Lets a breakpoint go on; false when none of that name is waiting. */
  clear(breakpoint: string): boolean;
}

/** What a run needs from outside. */
export interface RunHost {
  readonly executor: Executor;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to below 1; only YAQL's `random()` asks. */
  readonly random: () => number;
}

/**
 * Runs a graph. Nothing starts before the present job of the event loop is over, so an iterator that is asked for at
 * once sees every event. Where handlers are missing or the graph has a cycle nothing runs: the result is FAILED and its
 * diagnostics say why.
 *
 * @throws RangeError for a concurrency or a limit of a pool below 1; NotData for `previous` that is no data.
 */
export function runWith(graph: TaskGraph, options: RunOptions, host: RunHost): Run {
  return new GraphRun(graph, options, host);
}

class GraphRun implements Run {
  readonly runId: string;
  readonly result: Promise<RunResult>;
  readonly #graph: TaskGraph;
  readonly #host: RunHost;
  readonly #stream: EventStream;
  readonly #diagnostics: Diagnostic[];
  #observer: ((event: RunEvent) => void) | undefined;
  #execution: Execution | undefined;

  constructor(graph: TaskGraph, options: RunOptions, host: RunHost) {
    this.#graph = graph;
    this.#host = host;
    this.runId = options.runId ?? host.newId();
    this.#observer = options.onEvent;
    this.#stream = new EventStream(options.eventBuffer ?? 65_536);
    const handlers = new HandlerTable(options.handlers);
    this.#diagnostics = handlers.missing(graph).map(handlerMissing);
    const lengths = lengthsOf(graph);
    if (lengths === undefined) this.#diagnostics.push(cycleOf(graph));
    const job = this.#makeJob(options, handlers, lengths);
    if (this.#diagnostics.length === 0) this.#execution = host.executor.execute(job);
    this.result = this.#execution === undefined ? this.#refuse(job) : this.#await(job, this.#execution, options.signal);
    // Whoever only reads events need not look at the result: then nobody handles its rejection, which is no task's.
    this.result.catch(() => {});
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<RunEvent> {
    return this.#stream.iterate();
  }

  abort(reason?: unknown): void {
    this.#execution?.abort(reason);
  }

  clear(breakpoint: string): boolean {
    return this.#execution?.clear(breakpoint) ?? false;
  }

  #makeJob(options: RunOptions, handlers: HandlerTable, lengths: Float64Array | undefined): RunJob {
    const graph = this.#graph;
    const previous = new Map(Array.from(options.previous ?? [], ([path, result]) => [path, toResult(result)]));
    const { yaql = heatYaql({ clock: this.#host.now, random: this.#host.random }).yaql, availabilityZones } = options;
    return {
      runId: this.runId,
      graph,
      handlers,
      traversal: {
        concurrency: options.concurrency ?? 10,
        onFailure: options.onFailure ?? 'stop',
        ...(options.pools !== undefined && { pools: options.pools }),
        ...(lengths !== undefined && { lengths }),
      },
      grace: options.grace ?? 30_000,
      previous,
      contextPassing: (result) =>
        new ContextPassing(graph, {
          tables: functionTables,
          result,
          previous,
          yaql,
          ...(availabilityZones !== undefined && { availabilityZones }),
        }),
      hidden: new HiddenValues(graph.scopes.values()),
      observed: () => this.#observer !== undefined || this.#stream.hasReaders,
      emit: (event) => this.#emit(event),
    };
  }

  async #await(job: RunJob, execution: Execution, signal: AbortSignal | undefined): Promise<RunResult> {
    const onAbort = () => execution.abort(signal?.reason);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return this.#finish(job, await execution.finished);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async #refuse(job: RunJob): Promise<RunResult> {
    await Promise.resolve();
    return this.#finish(job, nothingRan(this.#host.now()));
  }

  #finish(job: RunJob, state: FinalState): RunResult {
    const context = job.contextPassing((task) => state.result(task));
    const result = makeRunResult(this.runId, this.#graph, state, context, this.#diagnostics);
    const last: RunEvent = { type: 'run-finished', at: state.at, runId: this.runId, status: state.status };
    this.#observe(last);
    this.#stream.end(last);
    return result;
  }

  #emit(event: RunEvent): void {
    this.#observe(event);
    this.#stream.push(event);
  }

  #observe(event: RunEvent): void {
    try {
      this.#observer?.(event);
    } catch (error) {
      this.#observer = undefined;
      this.#diagnostics.push(observerFailed(describeThrown(error)));
    }
  }
}

/** Undefined when the graph has a cycle. @throws RangeError for a weight that is none. */
function lengthsOf(graph: TaskGraph): Float64Array | undefined {
  try {
    return criticalPath(graph).lengths;
  } catch (error) {
    if (order(graph).ok) throw error;
    return undefined;
  }
}

function cycleOf(graph: TaskGraph): Diagnostic {
  const idOf = (index: number) => graph.tasks[index]?.id ?? '';
  const steps = shortestCycle(graph).map(({ requirer, required, reasons: [reason] }) => ({
    requirer: idOf(requirer),
    required: idOf(required),
    kind: reason?.kind ?? 'depends_on',
    ...(reason?.place !== undefined && { place: reason.place }),
  }));
  return circularDependency(steps);
}

/** The state of a run that could not begin. */
function nothingRan(at: number): FinalState {
  return {
    status: 'FAILED',
    at,
    taskStatus: () => 'CANCELLED',
    cause: () => -1,
    attempts: () => 0,
    result: () => undefined,
    failure: () => undefined,
  };
}
