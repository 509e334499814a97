import type { Place } from '../diagnostics/diagnostic.ts';
import type { HandlerGap } from '../diagnostics/run.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Handler, HandlerMethod, HandlerObject, Handlers } from './handlers.ts';
import { handlerTypeOf, requiredMethod } from './task-call.ts';

const OPTIONAL: ReadonlySet<string> = new Set(['ADOPT', 'CHECK', 'SUSPEND', 'RESUME', 'SNAPSHOT']);
const DO_NOTHING: HandlerMethod = () => undefined;

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
  missing(graph: TaskGraph): HandlerGap[] {
    const found = new Map<HandlerKey, { tasks: string[]; count: number; place: Place | undefined }>();
    const keys = new Map<string, Map<string, HandlerKey>>();
    for (const task of graph.tasks) {
      const action = requiredMethod(task);
      const type = handlerTypeOf(task);
      if (action === undefined || this.method(type, action) !== undefined) continue;
      const key = keyOf(keys, { type, action });
      const known = found.get(key);
      if (known === undefined) found.set(key, { tasks: [task.id], count: 1, place: task.place });
      else if (++known.count <= 3) known.tasks.push(task.id);
    }
    return Array.from(found, ([key, tasks]) => ({ ...key, known: this.#handler(key.type) !== undefined, ...tasks }));
  }

  #search(type: string, action: string): HandlerMethod | undefined {
    const own = this.#handler(type);
    const method = methodOf(own, action) ?? methodOf(this.#handler('*'), action);
    const handled = own ?? this.#handler('*');
    return method ?? (handled !== undefined && OPTIONAL.has(action) ? DO_NOTHING : undefined);
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
