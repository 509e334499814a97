import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { globMatches } from '../stack/glob.ts';
import type { Hook, HookSelector } from './hook.ts';
import { isHookTask } from './hook-task.ts';

/** What a hook can be attached to: a task, or the steps of one component together. */
export interface Target {
  readonly scope: string;
  readonly name: string;
  readonly type: string;
  readonly action: string;
  /** Its task's id; of a component with steps its name, after the path of its stack. */
  readonly id: string;
  /** In the order of the graph. */
  readonly tasks: readonly number[];
  /** What comes before it is before this task, what comes after it after `last`. */
  readonly first: number;
  readonly last: number;
}

/** Everything in a graph that hooks can select, found by name without looking at all of it. */
export class Targets {
  readonly all: readonly Target[];
  readonly #graph: TaskGraph;
  readonly #byName = new Map<string, Map<string, Target[]>>();

  constructor(graph: TaskGraph) {
    this.#graph = graph;
    this.all = collect(graph);
    for (const target of this.all) {
      let names = this.#byName.get(target.scope);
      if (names === undefined) {
        names = new Map();
        this.#byName.set(target.scope, names);
      }
      const known = names.get(target.name);
      if (known === undefined) names.set(target.name, [target]);
      else known.push(target);
    }
  }

  named(scope: string, name: string): readonly Target[] {
    return this.#byName.get(scope)?.get(name) ?? [];
  }

  /** Of one scope, or of all. */
  *names(scope?: string): Iterable<string> {
    for (const [path, names] of this.#byName) if (scope === undefined || path === scope) yield* names.keys();
  }

  /** In the order of the graph. */
  select({ select }: Hook): readonly Target[] {
    const { name, path, type, where } = selectorOf(select);
    const candidates = name === undefined || isPattern(name) ? this.all : this.#withName(name);
    return candidates.filter(
      (target) =>
        (name === undefined || target.name === name || globMatches(name, target.name)) &&
        pathMatches(path, target.scope) &&
        (type === undefined || target.type === type || globMatches(type, target.type)) &&
        (where === undefined || where(this.#graph.tasks[target.last] as Task)),
    );
  }

  #withName(name: string): readonly Target[] {
    return [...this.#byName.values()].flatMap((names) => names.get(name) ?? []);
  }
}

export function selectorOf(select: Hook['select']): HookSelector {
  return typeof select === 'string' ? { name: select } : (select ?? {});
}

/** In words, for messages: `named 'web*' in 'group'`. */
export function describeSelector({ name, path, type, where }: HookSelector): string {
  const parts = [
    ...(name === undefined ? [] : [`named '${name}'`]),
    ...(type === undefined ? [] : [`of type '${type}'`]),
    ...(path === undefined ? [] : [`in '${path}'`]),
    ...(where === undefined ? [] : ['what `where` wants']),
  ];
  return parts.length === 0 ? 'in the root stack' : parts.join(' and ');
}

function isPattern(name: string): boolean {
  return /[*?[]/.test(name);
}

function pathMatches(pattern: string | undefined, scope: string): boolean {
  // The root stack has no steps, and so nothing that a pattern could fit.
  if (pattern === undefined || pattern === '' || scope === '') return (pattern ?? '') === scope;
  const wanted = pattern.split('/');
  const steps = scope.split('/');
  return wanted.length === steps.length && wanted.every((one, i) => globMatches(one, steps[i] as string));
}

function collect(graph: TaskGraph): Target[] {
  const targets: (Target & { tasks: number[] })[] = [];
  const components = new Map<string, Map<string, Target & { tasks: number[] }>>();
  for (const [index, task] of graph.tasks.entries()) {
    if (isHookTask(task)) continue;
    const { scope, name, type, action, id } = task;
    if (task.inputs.step === undefined) {
      targets.push({ scope, name, type, action, id, tasks: [index], first: index, last: index });
      continue;
    }
    let names = components.get(scope);
    if (names === undefined) {
      names = new Map();
      components.set(scope, names);
    }
    const known = names.get(name);
    if (known !== undefined) {
      known.tasks.push(index);
      continue;
    }
    const path = scope === '' ? name : `${scope}/${name}`;
    const target = { scope, name, type, action, id: path, tasks: [index], first: index, last: index };
    names.set(name, target);
    targets.push(target);
  }
  return targets.map((target) => (target.tasks.length === 1 ? target : withEnds(graph, target)));
}

/** The steps of a component follow each other: the first requires no other of them, and none requires the last. */
function withEnds(graph: TaskGraph, target: Target): Target {
  const own = new Set(target.tasks);
  const isFirst = (task: number): boolean => !graph.requires(task).some((required) => own.has(required));
  const isLast = (task: number): boolean => !graph.requiredBy(task).some((requirer) => own.has(requirer));
  const first = target.tasks.find(isFirst) ?? target.first;
  const last = target.tasks.findLast(isLast) ?? target.last;
  return { ...target, first, last };
}
