import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { executorClosed, handlerMissing, noHandlers, runIdTaken } from '../diagnostics/run.ts';
import { heatYaql } from '../functions/heat-yaql.ts';
import { functionTables } from '../functions/tables.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Journal } from '../journal/journal.ts';
import { ContextPassing } from '../run/context-passing.ts';
import { type Executor, type RunHandle, RunRefused, type Submission, type Worker } from '../run/executor.ts';
import { graphIdentity } from '../run/graph-identity.ts';
import { HandlerTable } from '../run/handler-table.ts';
import type { Handlers, TaskContext } from '../run/handlers.ts';
import { HiddenSealer } from '../run/hidden-sealer.ts';
import { HiddenValues } from '../run/hidden-values.ts';
import type { JournalSection } from '../run/journal-section.ts';
import { RunJournal } from '../run/run-journal.ts';
import { cycleIn, lengthsOf } from '../run/run-order.ts';
import { checkSettings, DEFAULT_GRACE, traversalOptions } from '../run/run-settings.ts';
import { handlerTypeOf } from '../run/task-call.ts';
import { TerminalError } from '../run/thrown.ts';
import type { Clock } from './clock.ts';
import type { Invoke, LocalJob } from './local-job.ts';
import { JournalFailure, LocalRun } from './local-run.ts';
import type { MakeWorkQueue } from './work-queue.ts';

export interface LocalExecutorParts {
  readonly name: string;
  readonly clock: Clock;
  /** Where the calls of one run wait for their turn. */
  readonly placesFor: (concurrency: number) => MakeWorkQueue;
  /** Does the work of one call elsewhere. Default: calls the handler of the task's type. */
  readonly invoke?: Invoke;
  /** How many runs that are over can still be attached to. */
  readonly keep: number;
}

/** Drives traversals in this process. The work is done here, or wherever `invoke` has it done. */
export class LocalExecutor implements Executor {
  readonly name: string;
  readonly #parts: LocalExecutorParts;
  readonly #runs = new Map<string, { readonly graph: TaskGraph; readonly handle: Promise<LocalRun> }>();
  readonly #journals = new WeakMap<Journal, Promise<RunJournal>>();
  /** Ids of runs that are over, oldest first. */
  readonly #over = new Set<string>();
  #workers: readonly Handlers[] = [];
  #closed = false;

  constructor(parts: LocalExecutorParts) {
    this.name = parts.name;
    this.#parts = parts;
  }

  /** Brings handlers for runs that are submitted without any; the last ones count. */
  startWorker(handlers: Handlers): Worker {
    this.#workers = [...this.#workers, handlers];
    return {
      stop: async () => {
        this.#workers = this.#workers.filter((other) => other !== handlers);
      },
    };
  }

  async submit(submission: Submission): Promise<RunHandle> {
    if (this.#closed) throw new RunRefused([executorClosed()]);
    const { runId, graph } = submission;
    const known = this.#runs.get(runId);
    if (known === undefined) {
      const handle = this.#begin(submission);
      this.#runs.set(runId, { graph, handle });
      handle
        .then((run) => run.result().catch(() => {}))
        .then(
          () => this.#forgetOldest(runId),
          () => this.#runs.delete(runId),
        );
      return handle;
    }
    if (known.graph !== graph && graphIdentity(known.graph) !== graphIdentity(graph)) {
      throw new RunRefused([runIdTaken(runId)]);
    }
    return known.handle;
  }

  async attach(runId: string): Promise<RunHandle | undefined> {
    return this.#runs.get(runId)?.handle;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const reason = new Error('the executor was closed');
    const over = Array.from(this.#runs.values(), async ({ handle }) => {
      const run = await handle;
      await run.cancel(reason);
      await run.result();
    });
    await Promise.allSettled(over);
  }

  /** What is over is kept for a while: a host that lives long must not keep it for ever. */
  #forgetOldest(runId: string): void {
    this.#over.add(runId);
    for (const oldest of this.#over) {
      if (this.#over.size <= this.#parts.keep) return;
      this.#over.delete(oldest);
      this.#runs.delete(oldest);
    }
  }

  async #begin(submission: Submission): Promise<LocalRun> {
    const { graph, runId, settings = {}, journalCodec, decide, yaql } = submission;
    checkSettings(settings);
    const diagnostics: Diagnostic[] = [];
    const handlers = this.#handlersOf(submission, diagnostics);
    const lengths = lengthsOf(graph);
    if (lengths === undefined) diagnostics.push(cycleIn(graph));
    if (diagnostics.length > 0 || lengths === undefined) throw new RunRefused(diagnostics);
    const { clock, placesFor } = this.#parts;
    const previous = settings.previous ?? new Map();
    const { availabilityZones } = settings;
    const evaluate = yaql ?? heatYaql({ clock: () => clock.now(), random: () => Math.random() }).yaql;
    const hidden = new HiddenValues(graph.scopes.values());
    const journal = await this.#section(submission, new HiddenSealer(hidden, journalCodec));
    const traversal = traversalOptions(settings, lengths);
    const job: Omit<LocalJob, 'observed' | 'emit'> = {
      runId,
      graph,
      handlers,
      invoke: this.#parts.invoke ?? ((context) => callHandler(handlers, context)),
      decide,
      traversal,
      grace: settings.grace ?? DEFAULT_GRACE,
      timeout: settings.timeout,
      previous,
      contextPassing: (result, failure) =>
        new ContextPassing(graph, {
          tables: functionTables,
          result,
          failure,
          previous,
          yaql: evaluate,
          ...(availabilityZones !== undefined && { availabilityZones }),
        }),
      hidden,
      journal,
    };
    return new LocalRun(job, clock, placesFor(traversal.concurrency));
  }

  #handlersOf({ handlers, graph }: Submission, diagnostics: Diagnostic[]): HandlerTable | undefined {
    if (this.#parts.invoke !== undefined) return undefined;
    const given = handlers ?? this.#workers.at(-1);
    if (given === undefined) {
      diagnostics.push(noHandlers());
      return undefined;
    }
    const table = new HandlerTable(given);
    for (const gap of table.missing(graph)) diagnostics.push(handlerMissing(gap));
    return table;
  }

  async #section({ journal, runId, graph }: Submission, sealer: HiddenSealer): Promise<JournalSection | undefined> {
    if (journal === undefined) return undefined;
    let opened = this.#journals.get(journal);
    if (opened === undefined) {
      opened = RunJournal.open(guarded(journal), () => this.#parts.clock.now());
      this.#journals.set(journal, opened);
    }
    return (await opened).section(runId, graph, sealer);
  }
}

function callHandler(handlers: HandlerTable | undefined, context: TaskContext): ReturnType<Invoke> {
  const { action, task, polled } = context;
  const type = handlerTypeOf(task);
  const method = polled === undefined ? handlers?.method(type, action) : handlers?.check(type, action);
  if (method === undefined) throw new TerminalError(`its handler cannot ${action}`);
  return method(context);
}

/** Tells the failures of a store from those of anything else. */
function guarded(journal: Journal): Journal {
  const failed = (error: unknown): never => {
    throw new JournalFailure(error);
  };
  const guard = (call: () => void | PromiseLike<void>): void | PromiseLike<void> => {
    try {
      return call()?.then(undefined, failed);
    } catch (error) {
      return failed(error);
    }
  };
  return {
    read: () => journal.read(),
    append: (records) => guard(() => journal.append(records)),
    compact: (records) => guard(() => journal.compact(records)),
    close: () => journal.close(),
  };
}
