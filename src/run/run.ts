import type { Journal } from '../journal/journal.ts';
import type { Value } from '../values/value.ts';
import type { RunEvent } from './events.ts';
import type { DecideUpdate, Executor, JournalCodec } from './executor.ts';
import type { HandlerResult, Handlers } from './handlers.ts';
import type { RollbackOf } from './rollback.ts';
import type { RunResult } from './run-result.ts';

export interface RunOptions {
  /** Where handlers run in this process. Without them the executor's workers have to have some. */
  readonly handlers?: Handlers;
  /**
   * How many tasks may be in flight at once. Default 10: enough that waiting for a cloud is shared, few enough that its
   * API does not throttle a single client (terraform's and OpenTofu's default as well).
   */
  readonly concurrency?: number;
  /** Limits of the pools that policies of tasks name. Default: none. */
  readonly pools?: ReadonlyMap<string, number>;
  /**
   * After a failure: `stop` (default, as Heat) starts no further task and lets those in progress finish; `continue` goes
   * on with what does not require the failed task; `rollback` stops, and then takes back what was done (Heat's
   * `disable_rollback: false`).
   */
  readonly onFailure?: 'stop' | 'continue' | 'rollback';
  /**
   * Gives the graph that takes back what a failed run did: the way to the previous template after a failed update, say.
   * Default: what a graph of CREATE tasks made is deleted, in the opposite order.
   */
  readonly rollback?: RollbackOf;
  /** How long the whole run may take, in ms from its first beginning; then it has failed. Default: for ever. */
  readonly timeout?: number;
  /** Aborts the run. */
  readonly signal?: AbortSignal;
  /** Names the run, and with the task's id every attempt's idempotency key. Default: a random UUID. */
  readonly runId?: string;
  /** Where the run is recorded. A run of the same id that the journal tells of is gone on with. Default: nowhere. */
  readonly journal?: Journal;
  /** What tasks gave goes through it on the way to the journal and back. Hidden values are taken out before that. */
  readonly journalCodec?: JournalCodec;
  /** Called with every event, at once. One that throws is not called again; the result says so. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Events that an iterator may lag behind before it loses some. Default 65,536. */
  readonly eventBuffer?: number;
  /** How long what is in flight has to end after an abort, in ms. Default 30,000. */
  readonly grace?: number;
  /** What earlier runs recorded, by the name of the resource, after the path of its nested stack: `path/name`. */
  readonly previous?: ReadonlyMap<string, HandlerResult>;
  /** Decides what an UPDATE does, once its values are known. Default: its handler is asked to update in place. */
  readonly decide?: DecideUpdate;
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
  /**
   * Starts nothing more, lets what is in progress end in its own time, and gives the result: `CANCELLED` if anything was
   * left undone. With a journal the run can be gone on with. So begins a traversal that takes over from this one.
   */
  stop(): Promise<RunResult>;
  /**
   * Lets the task at a breakpoint, by its id, go on; false when it is not waiting there. The name of a hook does as well,
   * where one of its tasks is waiting. A workflow that is paused is cleared in the same way.
   */
  clear(breakpoint: string): Promise<boolean>;
  /**
   * The result of an asynchronous action of a workflow (std.mistral_http), by the id of its call; false when nobody waits
   * for it. Default of `state`: `SUCCESS`.
   */
  complete(id: string, result?: unknown, state?: 'SUCCESS' | 'ERROR'): Promise<boolean>;
}

/** What a run needs from outside. */
export interface RunHost {
  readonly executor: Executor;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
