import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { observerFailed } from '../diagnostics/run.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { toPlain } from '../values/encode.ts';
import { toResult, toValue } from './codec.ts';
import { EventStream } from './event-stream.ts';
import type { RunEvent } from './events.ts';
import { type RunHandle, RunRefused, type RunSettings, type Submission } from './executor.ts';
import { type RollbackPlan, rollbackOfCreate, rollbackProblems } from './rollback.ts';
import type { Run, RunHost, RunOptions } from './run.ts';
import { type RunResult, refusedResult } from './run-result.ts';
import { checkSettings } from './run-settings.ts';
import { describeThrown, isA } from './thrown.ts';

const BUFFER = 65_536;

/** A run as its caller has it: submitted to an executor, its events passed on, taken back when it failed. */
export class GraphRun implements Run {
  readonly runId: string;
  readonly result: Promise<RunResult>;
  readonly #graph: TaskGraph;
  readonly #options: RunOptions;
  readonly #host: RunHost;
  readonly #stream = new EventStream();
  readonly #diagnostics: Diagnostic[] = [];
  /** The run, and later what takes it back. */
  #handle: Promise<RunHandle>;
  #observer: ((event: RunEvent) => void) | undefined;
  /** Whether anybody wants events; what passes them on. */
  #watched = false;
  #passing: Promise<void> = Promise.resolve();
  #endedAt: number | undefined;
  #stopped = false;
  #aborted: { readonly reason: unknown } | undefined;

  /** @throws RangeError for settings that make no sense; NotData for `previous` that is no data. */
  constructor(graph: TaskGraph, options: RunOptions, host: RunHost) {
    this.#graph = graph;
    this.#options = options;
    this.#host = host;
    this.runId = options.runId ?? host.newId();
    this.#observer = options.onEvent;
    const settings = settingsOf(options);
    checkSettings(settings);
    const problems =
      options.onFailure === 'rollback' && options.rollback === undefined
        ? rollbackProblems(graph, options.handlers)
        : [];
    this.#handle =
      problems.length > 0
        ? Promise.reject(new RunRefused(problems))
        : host.executor.submit(this.#submission(this.runId, graph, settings));
    if (this.#observer !== undefined) this.#watch();
    this.result = this.#run(settings);
    // Whoever only reads events need not look at the result: then nobody handles its rejection, which is no task's.
    this.result.catch(() => {});
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<RunEvent> {
    this.#watch();
    return this.#stream.iterate(this.#options.eventBuffer ?? BUFFER);
  }

  abort(reason?: unknown): void {
    this.#aborted ??= { reason };
    this.#handle.then((handle) => handle.cancel(reason)).catch(() => {});
  }

  stop(): Promise<RunResult> {
    this.#stopped = true;
    this.#handle.then((handle) => handle.stop()).catch(() => {});
    return this.result;
  }

  async clear(breakpoint: string): Promise<boolean> {
    return (await this.#handle).clear(breakpoint);
  }

  async complete(id: string, result: unknown = null, state: 'SUCCESS' | 'ERROR' = 'SUCCESS'): Promise<boolean> {
    const handle = await this.#handle;
    return (await handle.complete?.(id, toPlain(toValue(result)), state)) ?? false;
  }

  #submission(runId: string, graph: TaskGraph, settings: RunSettings): Submission {
    const { handlers, journal, journalCodec, decide, yaql } = this.#options;
    return {
      runId,
      graph,
      settings,
      ...(handlers !== undefined && { handlers }),
      ...(journal !== undefined && { journal }),
      ...(journalCodec !== undefined && { journalCodec }),
      ...(decide !== undefined && { decide }),
      ...(yaql !== undefined && { yaql }),
    };
  }

  async #run(settings: RunSettings): Promise<RunResult> {
    const { signal, onFailure } = this.#options;
    const onAbort = () => this.abort(signal?.reason);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    try {
      let result = await this.#resultOf(this.#handle, this.runId, this.#graph);
      const failed = result.status === 'FAILED' && result.diagnostics.every(({ code }) => TAKEN_BACK.has(code));
      // A run that is stopped begins nothing, and is taken back when it is gone on with.
      if (onFailure === 'rollback' && failed && !this.#stopped) {
        result = { ...result, rollback: await this.#rollBack(result, settings) };
      }
      await this.#passing;
      return this.#finish(result);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async #resultOf(handle: Promise<RunHandle>, runId: string, graph: TaskGraph): Promise<RunResult> {
    try {
      return await (await handle).result();
    } catch (error) {
      if (isA(RunRefused, error)) return refusedResult(runId, graph, error.diagnostics);
      throw error;
    }
  }

  async #rollBack(failed: RunResult, settings: RunSettings): Promise<RunResult> {
    const plan = await (this.#options.rollback?.(failed) ?? rollbackOfCreate(this.#graph, failed));
    const runId = `${this.runId}/rollback`;
    if ('refused' in plan) return refusedResult(runId, new TaskGraphBuilder().build(), plan.refused);
    const before = this.#passing;
    const submission = this.#submission(runId, plan.graph, rollbackSettings(settings, plan));
    const { decide = submission.decide } = plan;
    this.#handle = this.#host.executor.submit({ ...submission, ...(decide !== undefined && { decide }) });
    if (this.#aborted !== undefined) this.abort(this.#aborted.reason);
    if (this.#stopped) void this.stop();
    if (this.#watched) this.#passing = Promise.all([before, this.#pass(this.#handle)]).then(() => undefined);
    return this.#resultOf(this.#handle, runId, plan.graph);
  }

  #watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    this.#passing = this.#pass(this.#handle);
  }

  /** Passes the events of a run on; that it is over is told when all is over. */
  async #pass(submitted: Promise<RunHandle>): Promise<void> {
    let handle: RunHandle;
    try {
      handle = await submitted;
    } catch {
      return;
    }
    return new Promise((resolve) => {
      handle.observe((event) => {
        if (event.type === 'run-finished') {
          this.#endedAt = event.at;
          resolve();
        } else if (event.type === 'run-started' && event.runId !== this.runId) {
          this.#tell({ ...event, type: 'rollback-started' });
        } else {
          this.#tell(event);
        }
      });
    });
  }

  #finish(result: RunResult): RunResult {
    const at = this.#endedAt ?? this.#host.now();
    const last: RunEvent = { type: 'run-finished', at, runId: this.runId, status: result.status };
    this.#observe(last);
    this.#stream.end(last);
    if (this.#diagnostics.length === 0) return result;
    return { ...result, diagnostics: [...result.diagnostics, ...this.#diagnostics] };
  }

  #tell(event: RunEvent): void {
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

/** A run that failed so is taken back; one that could not begin, or lost its journal, is not. */
const TAKEN_BACK: ReadonlySet<string> = new Set(['RUN_TIMED_OUT']);

function settingsOf(options: RunOptions): RunSettings {
  const { concurrency, pools, onFailure, grace, timeout, previous, availabilityZones } = options;
  return {
    onFailure: onFailure === 'continue' ? 'continue' : 'stop',
    ...(concurrency !== undefined && { concurrency }),
    ...(pools !== undefined && { pools }),
    ...(grace !== undefined && { grace }),
    ...(timeout !== undefined && { timeout }),
    ...(previous !== undefined && { previous: resultsOf(previous) }),
    ...(availabilityZones !== undefined && { availabilityZones }),
  };
}

/** One deletion that fails does not keep the others. */
function rollbackSettings(settings: RunSettings, { previous }: RollbackPlan): RunSettings {
  const { previous: _, ...rest } = settings;
  return { ...rest, onFailure: 'continue', ...(previous !== undefined && { previous: resultsOf(previous) }) };
}

function resultsOf(previous: NonNullable<RunOptions['previous']>): NonNullable<RunSettings['previous']> {
  return new Map(Array.from(previous, ([path, result]) => [path, toResult(result)]));
}
