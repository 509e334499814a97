import type { TaskGraph } from '../graph/task-graph.ts';
import { type HookCall, hookCallOf, OWN_TASK } from '../hooks/hook-task.ts';
import { isMap, type Value } from '../values/value.ts';
import { joinResults, type TaskResult } from './result.ts';
import type { Known } from './scope-runtime.ts';

/** The tasks of a hook, in their order: what each stands at, as `hookKeyOf` tells it. */
type Instances = Map<number, string>;

const NONE: Instances = new Map();

/** The tasks of each hook, by scope and name of the hook. */
export class HookInstances {
  readonly #all = new Map<string, Map<string, Instances>>();

  constructor(graph: TaskGraph) {
    for (const [task, one] of graph.tasks.entries()) {
      const call = hookCallOf(one);
      if (call === undefined) continue;
      let names = this.#all.get(one.scope);
      if (names === undefined) {
        names = new Map();
        this.#all.set(one.scope, names);
      }
      const key = hookKeyOf(graph, call);
      const known = names.get(call.hook);
      if (known === undefined) names.set(call.hook, new Map([[task, key]]));
      else known.set(task, key);
    }
  }

  /**
   * What those of a hook gave that are among `requires`: of one with one place what that gave, of one with several the
   * attributes of each by its key. The former may be asked like the latter: how many tasks a selector fits is nothing that
   * a template can know.
   *
   * Where a hook has no place in the graph, or nothing to do, it gives what it gave in an earlier run.
   *
   * @param own the task of a hook that asks: `$task` is its key.
   * @param recorded as `hookPath` finds it.
   */
  known(
    scope: string,
    name: string,
    requires: ArrayLike<number>,
    result: (task: number) => TaskResult | undefined,
    own: string | undefined,
    recorded: TaskResult | undefined,
  ): Known | undefined {
    const instances = this.#all.get(scope)?.get(name) ?? NONE;
    const byKey = resultsIn(recorded);
    const ran = new Set<string>();
    // Over what is required, which is little, and not over all places of the hook.
    for (const task of Array.from(requires).sort((a, b) => a - b)) {
      const key = instances.get(task);
      const given = key === undefined ? undefined : result(task);
      // Without attributes it had nothing to do.
      if (key === undefined || given?.attributes === undefined) continue;
      const before = ran.has(key) ? byKey.get(key) : undefined;
      ran.add(key);
      byKey.set(key, before === undefined ? given : joinResults(before, given));
    }
    if (byKey.size === 0) return undefined;
    const attributes = new Map<Value, Value>(
      Array.from(byKey, ([key, { attributes: given }]) => [key, given ?? new Map()]),
    );
    const mine = own === undefined ? undefined : attributes.get(own);
    const [only] = byKey.values();
    const others = mine === undefined ? attributes : new Map([...attributes, [OWN_TASK, mine]]);
    const isOnly = instances.size <= 1 && new Set([...instances.values(), ...byKey.keys()]).size === 1;
    if (!isOnly || only === undefined) return { name, type: 'workflow', result: { attributes, outputs: others } };
    return { name, type: 'workflow', result: { ...only, outputs: new Map([...others, ...(only.outputs ?? [])]) } };
  }
}

function resultsIn(recorded: TaskResult | undefined): Map<string, TaskResult> {
  const byKey = new Map<string, TaskResult>();
  for (const [key, attributes] of recorded?.attributes ?? []) {
    if (typeof key === 'string' && isMap(attributes)) byKey.set(key, { attributes, outputs: attributes });
  }
  return byKey;
}

/** What a hook stands at: the name of the task that it is attached to; of a hook of the whole graph its point. */
export function hookKeyOf(graph: TaskGraph, { of, point }: HookCall): string {
  return of === undefined ? point : (graph.tasks[graph.indexOf(of)]?.name ?? of);
}

/** Indexes of the tasks that a hook of that name is, in any scope. */
export function tasksOfHook(graph: TaskGraph, name: string): number[] {
  const found: number[] = [];
  for (const [index, task] of graph.tasks.entries()) if (hookCallOf(task)?.hook === name) found.push(index);
  return found;
}
