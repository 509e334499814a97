import type { TaskGraph } from '../graph/task-graph.ts';
import { type HookCall, hookCallOf } from '../hooks/hook-task.ts';
import type { Value } from '../values/value.ts';
import { joinResults, type TaskResult } from './result.ts';
import type { Known } from './scope-runtime.ts';

interface Instance {
  readonly task: number;
  /** Name of the task that it is attached to; of a hook of the whole graph its point. */
  readonly key: string;
}

/** The tasks of each hook, by scope and name of the hook. */
export class HookInstances {
  readonly #all = new Map<string, Map<string, Instance[]>>();

  constructor(graph: TaskGraph) {
    for (const [task, one] of graph.tasks.entries()) {
      const call = hookCallOf(one);
      if (call === undefined) continue;
      let names = this.#all.get(one.scope);
      if (names === undefined) {
        names = new Map();
        this.#all.set(one.scope, names);
      }
      const instance = { task, key: keyOf(graph, call) };
      const known = names.get(call.hook);
      if (known === undefined) names.set(call.hook, [instance]);
      else known.push(instance);
    }
  }

  /** What those of a hook gave that are among `requires`: the one, or the attributes of each by its key. */
  known(
    scope: string,
    name: string,
    requires: ArrayLike<number>,
    result: (task: number) => TaskResult | undefined,
  ): Known | undefined {
    const instances = this.#all.get(scope)?.get(name);
    if (instances === undefined) return undefined;
    const visible = new Set(Array.from(requires));
    const results = instances.filter(({ task }) => visible.has(task) && result(task) !== undefined);
    const [first] = results;
    if (first === undefined) return undefined;
    const known = { name, type: 'workflow' };
    if (instances.length === 1) return { ...known, result: result(first.task) as TaskResult };
    const byKey = new Map<string, TaskResult>();
    for (const { task, key } of results) {
      const own = result(task) as TaskResult;
      const before = byKey.get(key);
      byKey.set(key, before === undefined ? own : joinResults(before, own));
    }
    const attributes = new Map<Value, Value>(
      Array.from(byKey, ([key, { attributes: given }]) => [key, given ?? new Map()]),
    );
    return { ...known, result: { attributes } };
  }
}

function keyOf(graph: TaskGraph, { of, point }: HookCall): string {
  return of === undefined ? point : (graph.tasks[graph.indexOf(of)]?.name ?? of);
}

/** Indexes of the tasks that a hook of that name is, in any scope. */
export function tasksOfHook(graph: TaskGraph, name: string): number[] {
  const found: number[] = [];
  for (const [index, task] of graph.tasks.entries()) if (hookCallOf(task)?.hook === name) found.push(index);
  return found;
}
