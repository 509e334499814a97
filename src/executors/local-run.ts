import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { journalFailed } from '../diagnostics/journal.ts';
import { runTimedOut } from '../diagnostics/run.ts';
import { EventStream } from '../run/event-stream.ts';
import type { RunEvent } from '../run/events.ts';
import type { RunHandle, RunProgress } from '../run/executor.ts';
import type { FinalState } from '../run/final-state.ts';
import type { Completion } from '../run/handlers.ts';
import { makeRunResult, type RunResult } from '../run/run-result.ts';
import { describeThrown } from '../run/thrown.ts';
import type { Json } from '../values/encode.ts';
import type { Clock } from './clock.ts';
import { LocalExecution } from './local-execution.ts';
import type { LocalJob } from './local-job.ts';
import type { MakeWorkQueue } from './work-queue.ts';

const BUFFER = 65_536;

/** A journal that did not take what it was given. */
export class JournalFailure extends Error {
  constructor(cause: unknown) {
    super(describeThrown(cause));
  }
}

/** A run of this process: its execution, its events, its result. */
export class LocalRun implements RunHandle {
  readonly runId: string;
  readonly #job: LocalJob;
  readonly #stream = new EventStream();
  readonly #execution: LocalExecution;
  readonly #result: Promise<RunResult>;

  constructor(job: Omit<LocalJob, 'observed' | 'emit'>, clock: Clock, makeQueue: MakeWorkQueue) {
    this.runId = job.runId;
    this.#job = {
      ...job,
      observed: () => this.#stream.hasReaders,
      emit: (event) => this.#stream.push(event),
    };
    this.#execution = new LocalExecution(this.#job, clock, makeQueue);
    this.#result = this.#await();
    // Whoever does not look at the result is not told of its rejection.
    this.#result.catch(() => {});
  }

  async status(): Promise<RunProgress> {
    return this.#execution.progress();
  }

  result(): Promise<RunResult> {
    return this.#result;
  }

  events({ buffer = BUFFER }: { readonly buffer?: number } = {}): AsyncIterableIterator<RunEvent> {
    return this.#stream.iterate(buffer);
  }

  observe(listener: (event: RunEvent) => void): () => void {
    return this.#stream.observe(listener);
  }

  async cancel(reason?: unknown): Promise<void> {
    this.#execution.abort(reason);
  }

  async stop(): Promise<void> {
    this.#execution.stop();
  }

  async clear(task: string): Promise<boolean> {
    return this.#execution.clear(task);
  }

  async complete(id: string, result: Json, state: Completion['state'] = 'SUCCESS'): Promise<boolean> {
    return this.#execution.complete({ id, result, state });
  }

  async #await(): Promise<RunResult> {
    try {
      const state = await this.#execution.finished;
      return this.#finish(state, this.#execution.timedOut ? [runTimedOut(this.#job.timeout ?? 0)] : []);
    } catch (error) {
      const failed = error instanceof JournalFailure;
      const result = this.#finish(this.#execution, failed ? [journalFailed(error.message)] : []);
      if (failed) return result;
      throw error;
    }
  }

  #finish(state: FinalState, diagnostics: readonly Diagnostic[]): RunResult {
    const { runId, graph } = this.#job;
    const context = this.#job.contextPassing(
      (task) => state.result(task),
      (task) => state.failure(task),
    );
    const result = makeRunResult(runId, graph, state, context, diagnostics);
    this.#stream.end({ type: 'run-finished', at: state.at, runId, status: state.status });
    return result;
  }
}
