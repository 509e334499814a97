import type { FunctionTables } from '../functions/expression.ts';
import { parseExpression } from '../functions/parse.ts';
import { PythonError } from '../functions/python-error.ts';
import { neededAttributes } from '../functions/references.ts';
import type { Scope } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { hookCallOf, OWN_TASK } from '../hooks/hook-task.ts';
import { dumpJson } from '../values/dump-json.ts';
import type { Value } from '../values/value.ts';
import { type HostValues, ScopeRuntime } from './scope-runtime.ts';

/** `[attribute, key, ...]`; empty: all attributes. */
export type AttributePath = readonly Value[];

type Tables = (version: readonly [key: string, value: string]) => FunctionTables | undefined;

/**
 * Which attributes of each thing the inputs of tasks and the outputs refer to, as far as that can be told before
 * anything ran: Heat's `referenced_attrs`, which it has its resources fetch and nothing else. One walk over the graph.
 */
export class ReferencedAttributes {
  /** By scope, then name, then the path as JSON. */
  readonly #paths = new Map<string, Map<string, Map<string, AttributePath>>>();

  constructor(graph: TaskGraph, tables: Tables, host: HostValues) {
    for (const task of graph.tasks) {
      const of = hookCallOf(task)?.of;
      const own = of === undefined ? undefined : graph.tasks[graph.indexOf(of)]?.name;
      for (const key of Object.keys(task.inputs)) {
        this.#collect(graph.scopes.get(task.scope), task.inputs[key] as Value, tables, host, own);
      }
    }
    for (const output of graph.outputs) this.#collect(graph.scopes.get(output.scope), output.value, tables, host);
  }

  of(scope: string, name: string): readonly AttributePath[] {
    return [...(this.#paths.get(scope)?.get(name)?.values() ?? [])];
  }

  /** @param own what `$task` stands for. */
  #collect(scope: Scope | undefined, value: Value, tables: Tables, host: HostValues, own?: string): void {
    if (scope === undefined || typeof value !== 'object' || value === null) return;
    const known = tables(scope.version);
    if (known === undefined) return;
    const runtime = new ScopeRuntime(scope, () => undefined, host);
    const context = {
      tables: known,
      runtime,
      declaresResource: (name: Value) => typeof name !== 'string' || !scope.parameters.has(name),
      isEnabled: () => false,
      report: () => {},
    };
    try {
      neededAttributes(parseExpression(value, context, []), runtime, (name, path) =>
        this.#add(scope.path, name === OWN_TASK && own !== undefined ? own : name, path),
      );
    } catch (error) {
      // What cannot be told yet is left out.
      if (!(error instanceof PythonError)) throw error;
    }
  }

  #add(scope: string, name: Value, path: AttributePath): void {
    if (typeof name !== 'string') return;
    let names = this.#paths.get(scope);
    if (names === undefined) {
      names = new Map();
      this.#paths.set(scope, names);
    }
    let paths = names.get(name);
    if (paths === undefined) {
      paths = new Map();
      names.set(name, paths);
    }
    paths.set(dumpJson(path), path);
  }
}
