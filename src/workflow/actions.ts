import type { Value, ValueMap } from '../values/value.ts';
import type { ActionCatalog, ActionParameter, ActionSignature } from './action-catalog.ts';

/** What an action's code is given beside its input. */
export interface ActionContext {
  /** Of this call, for good: the key under which a repeated request is the same request. */
  readonly id: string;
  readonly task: string;
  readonly taskId: string;
  readonly workflow: string;
  readonly executionId: string;
  /** Position within with-items, from 0. */
  readonly index: number;
  /** Aborted when nobody waits for the result any more. */
  readonly signal: AbortSignal;
  /** Ends early, with an error, when the signal is aborted. */
  sleep(ms: number): Promise<void>;
  readonly fetch: HttpFetch;
  /** Milliseconds since 1970. */
  now(): number;
}

/** As much of the platform's `fetch` as actions use. */
export type HttpFetch = (url: string, options: HttpOptions) => Promise<HttpResponse>;

export interface HttpOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: 'follow' | 'manual';
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: Iterable<[string, string]>;
  text(): Promise<string>;
}

export interface Action {
  /** Names of parameters; `name?` may be left out. Default: any. */
  readonly parameters?: readonly string[];
  /** Whether what `run` returns is not the result: that comes by `complete`. What it throws still fails the call. */
  readonly asynchronous?: boolean;
  run(input: ValueMap, context: ActionContext): unknown;
}

/** Thrown by an action to fail with data, which becomes the result of the task. */
export class ActionError extends Error {
  readonly result: Value;

  constructor(result: Value, message = 'The action failed') {
    super(message);
    this.result = result;
  }
}

/** The actions that workflows may name. The host adds its own. */
export class ActionRegistry implements ActionCatalog {
  readonly #actions: Map<string, { readonly action: Action; readonly signature: ActionSignature }> = new Map();

  /** Adds an action, or replaces the one of that name. `{ run }`, or the function alone. */
  add(name: string, action: Action | Action['run']): this {
    const full = typeof action === 'function' ? { run: action } : action;
    const parameters = full.parameters?.map(toParameter);
    this.#actions.set(name, { action: full, signature: parameters === undefined ? {} : { parameters } });
    return this;
  }

  get(name: string): Action | undefined {
    return this.#actions.get(name)?.action;
  }

  find(name: string): ActionSignature | undefined {
    return this.#actions.get(name)?.signature;
  }

  names(): Iterable<string> {
    return this.#actions.keys();
  }
}

function toParameter(name: string): ActionParameter {
  return name.endsWith('?') ? { name: name.slice(0, -1), required: false } : { name, required: true };
}
