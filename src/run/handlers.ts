import type { Place } from '../diagnostics/diagnostic.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Json } from '../values/encode.ts';
import type { PlainResult } from './result.ts';
import { requiredMethod } from './task-call.ts';

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
 * is `create`. Without `check`, `suspend`, `resume` or `snapshot` there is nothing to do and the task completes, as in
 * Heat. What returns `ctx.poll` goes on in `checkCreate` and so on (Heat's `check_create_complete`). A function alone does
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

const OPTIONAL: ReadonlySet<string> = new Set(['CHECK', 'SUSPEND', 'RESUME', 'SNAPSHOT']);
const DO_NOTHING: HandlerMethod = () => undefined;

export interface MissingHandler {
  readonly type: string;
  readonly action: string;
  /** Whether there is a handler for the type, which lacks the method. */
  readonly known: boolean;
  /** Ids of some tasks that need it, and how many they are. */
  readonly tasks: readonly string[];
  readonly count: number;
  readonly place: Place | undefined;
}

/** Finds the method that does a task; every pair of type and action is looked up once. */
export class HandlerTable {
  readonly #handlers: Handlers;
  readonly #found = new Map<string, Map<string, HandlerMethod | undefined>>();

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  /** Undefined: nothing handles it. */
  method(type: string, action: string): HandlerMethod | undefined {
    let actions = this.#found.get(type);
    if (actions === undefined) {
      actions = new Map();
      this.#found.set(type, actions);
    }
    if (!actions.has(action)) actions.set(action, this.#search(type, action));
    return actions.get(action);
  }

  /** The method that looks whether a task is done, after `ctx.poll`. Undefined: there is none. */
  check(type: string, action: string): HandlerMethod | undefined {
    return this.method(type, `CHECK ${action}`);
  }

  /** Whatever the graph needs and nothing handles, by type and action. */
  missing(graph: TaskGraph): MissingHandler[] {
    const found = new Map<HandlerKey, { tasks: string[]; count: number; place: Place | undefined }>();
    const keys = new Map<string, Map<string, HandlerKey>>();
    for (const task of graph.tasks) {
      const action = requiredMethod(task);
      if (action === undefined || this.method(task.type, action) !== undefined) continue;
      const key = keyOf(keys, { type: task.type, action });
      const known = found.get(key);
      if (known === undefined) found.set(key, { tasks: [task.id], count: 1, place: task.place });
      else if (++known.count <= 3) known.tasks.push(task.id);
    }
    return Array.from(found, ([key, tasks]) => ({ ...key, known: this.#handler(key.type) !== undefined, ...tasks }));
  }

  #search(type: string, action: string): HandlerMethod | undefined {
    const own = this.#handler(type);
    const method = methodOf(own, action) ?? methodOf(this.#handler('*'), action);
    return method ?? (own !== undefined && OPTIONAL.has(action) ? DO_NOTHING : undefined);
  }

  #handler(type: string): Handler | undefined {
    if (this.#handlers instanceof Map) return this.#handlers.get(type);
    const handlers = this.#handlers as { readonly [type: string]: Handler };
    return Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  }
}

type HandlerKey = Pick<Task, 'type' | 'action'>;

function keyOf(keys: Map<string, Map<string, HandlerKey>>, { type, action }: HandlerKey): HandlerKey {
  let actions = keys.get(type);
  if (actions === undefined) {
    actions = new Map();
    keys.set(type, actions);
  }
  let key = actions.get(action);
  if (key === undefined) {
    key = { type, action };
    actions.set(action, key);
  }
  return key;
}

function methodOf(handler: Handler | undefined, action: string): HandlerMethod | undefined {
  if (typeof handler === 'function') return handler;
  if (typeof handler !== 'object' || handler === null) return undefined;
  const named = methodNamed(handler, methodNameOf(action));
  if (named !== undefined) return named;
  if (action === 'REPLACE') return methodNamed(handler, 'create');
  // Only what `create` began in place of `replace` can be here.
  if (action === 'CHECK REPLACE') return methodNamed(handler, 'checkCreate');
  return action === 'CHECK SNAPSHOT DELETE' ? methodNamed(handler, 'checkDelete') : undefined;
}

/** `CREATE`: `create`; `CHECK CREATE`: `checkCreate`. */
export function methodNameOf(action: string): string {
  return action.toLowerCase().replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Handlers may be instances of classes; what every object has is no method of theirs. */
function methodNamed(handler: HandlerObject, name: string): HandlerMethod | undefined {
  if (name in Object.prototype) return undefined;
  const method = (handler as { [name: string]: unknown })[name];
  return typeof method === 'function' ? (context) => Reflect.apply(method, handler, [context]) : undefined;
}
