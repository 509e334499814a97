import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Journal } from '../journal/journal.ts';
import type { Json } from '../values/encode.ts';
import type { Value } from '../values/value.ts';
import type { RunEvent } from './events.ts';
import type { Handlers } from './handlers.ts';
import type { TaskResult, UpdateDecision } from './result.ts';
import type { RunResult } from './run-result.ts';
import type { RunStatus, TaskStatus } from './status.ts';

/**
 * The seam: what runs graphs, in this process, in others, or on an engine. It sees tasks, edges, inputs and results, and
 * neither templates nor stacks. Whatever it is made of, the same graph and the same handlers give the same result; it
 * drives a `Traversal` or has its engine do what a `Traversal` would.
 *
 * Everything is asked for by run id, and may be asked for again: nothing happens twice.
 */
export interface Executor {
  readonly name: string;
  /**
   * Begins a run, or goes on with the one of that id, or gives the one that is over. Does not begin before whoever
   * awaits it has had the time to ask for events.
   *
   * @throws RunRefused (as a rejection) when it cannot be run: handlers that are missing, a cycle, another graph of the
   * same run id.
   */
  submit(submission: Submission): Promise<RunHandle>;
  /** A run that was submitted before; undefined when there is none of that id. */
  attach(runId: string): Promise<RunHandle | undefined>;
  /** Lets go of everything: aborts the runs of this process, leaves those of an engine to the engine. */
  close(): Promise<void>;
}

/** One run as its executor knows it. */
export interface RunHandle {
  readonly runId: string;
  status(): Promise<RunProgress>;
  /** Rejects only for a defect of the executor, or an engine that is out of reach; never because a task failed. */
  result(): Promise<RunResult>;
  /** What happens from now on; of a run that is over its last event alone. `buffer`: how far it may lag behind. */
  events(options?: { readonly buffer?: number }): AsyncIterableIterator<RunEvent>;
  /** The same by callback, as soon as the executor knows of it; it must not throw. What is returned ends it. */
  observe(listener: (event: RunEvent) => void): () => void;
  /** Asks what is in flight to stop; nothing starts any more. A second call changes nothing. */
  cancel(reason?: unknown): Promise<void>;
  /**
   * Starts nothing more, and lets what is in progress end in its own time. What has not begun is `CANCELLED` in the
   * result, and so is the run; but none of that is recorded: the run can be gone on with. Heat's `stop_traversal`.
   */
  stop(): Promise<void>;
  /**
   * Lets the task at a breakpoint, by its id, go on; false when it is not waiting there. The name of a hook does as well,
   * where one of its tasks is waiting.
   */
  clear(task: string): Promise<boolean>;
  /**
   * Hands over the result of something that goes on elsewhere, by the id that its handler gave it: that of the action's
   * call for workflows. False when nobody waits for it. An executor that cannot reach its handlers is without it.
   */
  complete?(id: string, result: Json, state?: 'SUCCESS' | 'ERROR'): Promise<boolean>;
}

export interface RunProgress {
  readonly status: RunStatus | 'IN_PROGRESS';
  /** How many tasks there are of each status. */
  readonly tasks: Readonly<Record<TaskStatus, number>>;
}

export interface Submission {
  /** Given by the caller. With a task's id it is the idempotency key of all attempts at that task. */
  readonly runId: string;
  readonly graph: TaskGraph;
  readonly settings?: RunSettings;
  /** For this run alone, where handlers run in this process. Default: those of the executor's workers. */
  readonly handlers?: Handlers;
  /** Where the run is recorded, for an executor whose engine keeps no record of its own. */
  readonly journal?: Journal;
  readonly journalCodec?: JournalCodec;
  /** Decides what an UPDATE does, once its values are known. Default: its handler is asked to update in place. */
  readonly decide?: DecideUpdate;
  /** Evaluates YAQL expressions on `{data}`. Default: the YAQL of this package. */
  readonly yaql?: (expression: string, data: Value) => Value;
}

/**
 * What an update does to a thing, from the task and its resolved inputs: `unchanged` calls no handler, `replaced` makes
 * another one in its place (REPLACE), which is then cleaned up. What it refuses, or throws, fails the task. A REPLACE can
 * only be refused: that it is one is known already.
 */
export type DecideUpdate = (task: Task, inputs: ReadonlyMap<string, Value>) => UpdateDecision | RefusedUpdate;

/** An update that must not be made, and why. Another attempt would be no use. */
export interface RefusedUpdate {
  readonly refused: Diagnostic;
}

/** How a run is to go; data alone. */
export interface RunSettings {
  /** How many tasks may be in flight at once. Default 10. */
  readonly concurrency?: number;
  /** Limits of the pools that policies of tasks name. Default: none. */
  readonly pools?: ReadonlyMap<string, number>;
  /** Default `stop`. */
  readonly onFailure?: 'stop' | 'continue';
  /** How long what is in flight has to end after an abort, in ms. Default 30,000. */
  readonly grace?: number;
  /** How long the whole run may take, in ms from its first beginning. Default: for ever. */
  readonly timeout?: number;
  /** What earlier runs recorded, by `pathOf`. */
  readonly previous?: ReadonlyMap<string, TaskResult>;
  /** What `Fn::GetAZs` gives. Default `['nova']`. */
  readonly availabilityZones?: readonly string[];
}

/** Turns what tasks gave into what a journal may hold, and back. */
export interface JournalCodec {
  /** E.g. encrypts. What it gives is JSON data. */
  seal(data: Json): Json;
  open(sealed: Json): Json;
}

/** Where the work of a run is done, for executors that have workers of their own. */
export interface Worker {
  /** Takes no new work, and resolves when what it has is done. */
  stop(): Promise<void>;
}

/** An executor that does not take a run, and why. */
export class RunRefused extends Error {
  override readonly name: string = 'RunRefused';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('\n'));
    this.diagnostics = diagnostics;
  }
}
