import { dumpJson } from '../values/dump-json.ts';
import { fromPlain } from '../values/encode.ts';
import type { Value, ValueMap } from '../values/value.ts';
import { type LoadedWorkflows, loadWorkflows } from './language/load-workflows.ts';

/** Data of a workflow in code: plain JS; texts may hold expressions, `<% %>` or `{{ }}`. */
export type Plain = null | boolean | number | bigint | string | readonly Plain[] | { readonly [key: string]: Plain };

export type Vars = { readonly [name: string]: Plain };

/** `'a'`, or `{ a: '<% condition %>' }`. */
export type To<Task extends string> = Task | EngineCommand | { readonly [name in Task | EngineCommand]?: string };
export type EngineCommand =
  | 'noop'
  | 'fail'
  | 'succeed'
  | 'pause'
  | `fail msg=${string}`
  | `succeed msg=${string}`
  | `pause msg=${string}`;

export type Clause<Task extends string> =
  | To<Task>
  | readonly To<Task>[]
  | {
      readonly publish: { readonly branch?: Vars; readonly global?: Vars };
      readonly next?: To<Task> | readonly To<Task>[];
    };

/** The policies of a task. Waits and timeouts are whole seconds; any may be an expression. */
export interface PolicyOptions {
  readonly pauseBefore?: boolean | string;
  readonly waitBefore?: number | string;
  readonly waitAfter?: number | string;
  readonly failOn?: boolean | string;
  readonly timeout?: number | string;
  readonly concurrency?: number | string;
  readonly retry?: {
    readonly count: number | string;
    readonly delay: number | string;
    readonly breakOn?: string;
    readonly continueOn?: string;
  };
}

export interface TaskOptions<Task extends string = string> extends PolicyOptions {
  /** The name of an action; default std.noop. */
  readonly action?: string;
  /** The name of a workflow, instead of an action. */
  readonly workflow?: string;
  readonly input?: Vars | string;
  /** `x in <% list %>`. */
  readonly withItems?: string | readonly string[];
  readonly publish?: Vars;
  readonly publishOnError?: Vars;
  readonly keepResult?: boolean | string;
  readonly safeRerun?: boolean | string;
  readonly target?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** In a direct workflow: where the task leads, and what it waits for when several lead to it. */
  readonly onSuccess?: Clause<Task>;
  readonly onError?: Clause<Task>;
  readonly onComplete?: Clause<Task>;
  readonly join?: 'all' | 'one' | number;
  /** In a reverse workflow: the tasks before this one. */
  readonly requires?: string | readonly string[];
}

export interface DefaultsOptions extends PolicyOptions {
  readonly safeRerun?: boolean | string;
  readonly onSuccess?: Clause<string>;
  readonly onError?: Clause<string>;
  readonly onComplete?: Clause<string>;
  readonly requires?: string | readonly string[];
}

/**
 * A workflow in code, made step by step; each step gives a new one. It is reverse as soon as a task says `requires`,
 * unless `type` says otherwise. `load` checks it by the rules of the language and gives the same model that a text gives.
 */
export class WorkflowBuilder {
  readonly name: string;
  readonly #keys: ReadonlyMap<string, Value>;
  readonly #tasks: ReadonlyMap<string, ValueMap>;

  constructor(
    name: string,
    keys: ReadonlyMap<string, Value> = new Map(),
    tasks: ReadonlyMap<string, ValueMap> = new Map(),
  ) {
    this.name = name;
    this.#keys = keys;
    this.#tasks = tasks;
  }

  #with(key: string, value: Value): WorkflowBuilder {
    return new WorkflowBuilder(this.name, new Map([...this.#keys, [key, value]]), this.#tasks);
  }

  type(type: 'direct' | 'reverse'): WorkflowBuilder {
    return this.#with('type', type);
  }

  description(text: string): WorkflowBuilder {
    return this.#with('description', text);
  }

  tags(...tags: string[]): WorkflowBuilder {
    return this.#with('tags', tags);
  }

  /** `input('a', { b: 1 })`: a must be given, b has a default. */
  input(...parameters: readonly (string | Vars)[]): WorkflowBuilder {
    const list = parameters.flatMap((parameter): Value[] =>
      typeof parameter === 'string'
        ? [parameter]
        : Object.entries(parameter).map(([key, value]) => new Map([[key, fromPlain(value)]])),
    );
    return this.#with('input', list);
  }

  vars(vars: Vars): WorkflowBuilder {
    return this.#with('vars', fromPlain(vars));
  }

  output(output: Vars): WorkflowBuilder {
    return this.#with('output', fromPlain(output));
  }

  outputOnError(output: Vars): WorkflowBuilder {
    return this.#with('output-on-error', fromPlain(output));
  }

  defaults(options: DefaultsOptions): WorkflowBuilder {
    return this.#with('task-defaults', toLanguage(options));
  }

  task<Task extends string = string>(name: string, options: TaskOptions<Task> = {}): WorkflowBuilder {
    const task = toLanguage(options);
    const full = task.size === 0 ? new Map<Value, Value>([['action', 'std.noop']]) : task;
    const keys =
      options.requires !== undefined && !this.#keys.has('type')
        ? new Map([...this.#keys, ['type', 'reverse'] as const])
        : this.#keys;
    return new WorkflowBuilder(this.name, keys, new Map([...this.#tasks, [name, full]]));
  }

  /** The workflow as a document of Mistral's language (JSON, which is YAML too). */
  toText(): string {
    const body = new Map<Value, Value>([...this.#keys, ['tasks', new Map(this.#tasks)]]);
    return dumpJson(
      new Map<Value, Value>([
        ['version', '2.0'],
        [this.name, body],
      ]),
    );
  }

  load(): LoadedWorkflows {
    return loadWorkflows({ text: this.toText(), name: `workflow ${this.name}` }, { kind: 'workflows' });
  }
}

export function workflow(name: string): WorkflowBuilder {
  return new WorkflowBuilder(name);
}

/** `onSuccess` is `on-success` in the language, and so on; what is undefined is left out. */
function toLanguage(options: object): ValueMap {
  const map = new Map<Value, Value>();
  for (const [key, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined) continue;
    const inner = key === 'retry' && typeof value === 'object' && value !== null ? toLanguage(value) : fromPlain(value);
    map.set(
      key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      inner,
    );
  }
  return map;
}
