import type { Task } from '../graph/task.ts';
import type { Json } from '../values/encode.ts';
import type { PlainResult } from './result.ts';

/** What a handler is given for one attempt at one task. All data are copies of its own. */
export interface TaskContext {
  /** The task as the graph has it; its inputs unresolved. */
  readonly task: Task;
  /** The resolved properties. */
  readonly properties: { [name: string]: Json };
  /** Every resolved input: `properties`, `metadata`, and whatever else the graph has. */
  readonly inputs: { [name: string]: Json };
  /** Results of the tasks that this one requires: by name, those of other scopes by task id. */
  readonly requires: ReadonlyMap<string, PlainResult>;
  /** What an earlier run recorded of the same thing. */
  readonly previous: PlainResult | undefined;
  /**
   * Which attributes other tasks and the outputs refer to, each with the path in it: `['networks', 'private', 0]`; an
   * empty path is all attributes. What cannot be told before the run is not among them. Only these need be fetched.
   */
  readonly referencedAttributes: readonly (readonly Json[])[];
  /** What is to be done: the task's action, or `REPLACE` where an UPDATE turned out to need a replacement. */
  readonly action: string;
  /** From 1. */
  readonly attempt: number;
  /** What the call before gave to `poll`; undefined when the work is to be begun. */
  readonly polled: Polled | undefined;
  /** `runId/taskId`: the same for every attempt, so that a handler can find what an earlier one began. */
  readonly idempotencyKey: string;
  /** Aborted when the task's time is over or the run is aborted. */
  readonly signal: AbortSignal;
  /** Puts a `task-log` event into the run. `data` is JSON data; hidden values in it are masked. */
  log(message: string, data?: unknown): void;
  /**
   * To be returned by a handler whose work goes on elsewhere: `return ctx.poll({ server: id }, 5000)`. After `ms`
   * milliseconds (default 1000) its method `checkCreate` (`checkUpdate`, ...) is called with the data in `ctx.polled`; a
   * handler that is one function is called again itself. The data are in the journal before that: after a crash the
   * check is repeated, never what began the work.
   */
  poll(data?: unknown, ms?: number): Poll;
  /** Waits until somebody clears the task (`run.clear(id)`); the event `task-paused` tells that it waits. */
  pause(): Promise<void>;
  /** Is told of every `run.complete(...)` while the call lasts; gives whether it was for this one. */
  onComplete(listener: CompletionListener): void;
}

/** Gives whether it was waiting for that. */
export type CompletionListener = (completion: Completion) => boolean | PromiseLike<boolean>;

/** What somebody outside gave for something that goes on elsewhere: `run.complete(id, result)`. */
export interface Completion {
  readonly id: string;
  readonly result: Json;
  readonly state: 'SUCCESS' | 'ERROR';
}

/** What one call of a handler handed to the next. */
export interface Polled {
  /** A copy. */
  readonly data: Json;
  /** How many calls returned `ctx.poll` before this one. */
  readonly count: number;
}

/** What `ctx.poll` makes. */
export class Poll {
  readonly data: unknown;
  readonly ms: number;

  constructor(data: unknown = null, ms = 1000) {
    this.data = data;
    this.ms = ms;
  }
}

/** What a handler returns, at once or by promise. Other keys are ignored. */
export interface HandlerResult {
  readonly physicalId?: string | number | null;
  /** What `get_resource` gives; default the physical id, or else the name. */
  readonly referenceId?: string | number | null;
  readonly attributes?: object | null;
  readonly outputs?: object | null;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a handler may return nothing
export type HandlerReturn = HandlerResult | Poll | null | undefined | void;

export type HandlerMethod = (context: TaskContext) => HandlerReturn | PromiseLike<HandlerReturn>;

/**
 * The work on one type of resource, a method for each action: `create` for CREATE, and so on. Without `replace`, REPLACE
 * is `create`. Without `adopt`, `check`, `suspend`, `resume` or `snapshot` there is nothing to do and the task completes,
 * as in Heat. What returns `ctx.poll` goes on in `checkCreate` and so on (Heat's `check_create_complete`). A function alone does
 * every action and every check.
 */
export interface HandlerObject {
  create?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  update?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  replace?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  delete?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  check?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  suspend?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  resume?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  snapshot?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  adopt?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  /** DELETE where the deletion policy is `Snapshot`: keeps a copy, then deletes (Heat's `handle_snapshot_delete`). */
  snapshotDelete?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkCreate?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkUpdate?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkReplace?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkDelete?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkCheck?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkSuspend?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkResume?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkSnapshot?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
  checkAdopt?(context: TaskContext): HandlerReturn | PromiseLike<HandlerReturn>;
}

export type Handler = HandlerObject | HandlerMethod;

/** Handlers by resource type or name of an action handler; `*` takes what has none of its own. */
export type Handlers = ReadonlyMap<string, Handler> | { readonly [type: string]: Handler };
