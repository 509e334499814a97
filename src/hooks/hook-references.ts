import type { Diagnostic, Path, Place } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { Scope } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { type FoundReference, ReferenceFinder, type RefusedFunction } from './find-references.ts';
import { HookPlaces, type Places } from './hook-places.ts';
import type { HookPlan } from './hook-plan.ts';
import { hookCallOf, OWN_TASK } from './hook-task.ts';
import type { Targets } from './select-tasks.ts';

/** Who refers to something, for edges and messages. */
export interface Referrer {
  /** Indexes of the tasks that will require it. */
  readonly requirers: readonly number[];
  readonly scope: string;
  readonly who: string;
  readonly onFailure: boolean;
  /** Of the edges; undefined: where the reference stands. */
  readonly place: Place | undefined;
}

export interface Wiring {
  readonly graph: TaskGraph;
  readonly builder: TaskGraphBuilder;
  readonly targets: Targets;
  readonly scopes: ReadonlyMap<string, Scope>;
  /** Hooks that can be referred to. */
  readonly named: ReadonlyMap<string, HookPlan>;
  report(diagnostic: Diagnostic): void;
}

/** Finds references in unresolved values, and makes the edges of those to hooks. */
export class HookReferences {
  readonly #wiring: Wiring;
  readonly #finders = new Map<string, ReferenceFinder | undefined>();
  readonly #places = new HookPlaces();
  readonly #fitting = new Map<HookPlan, ReadonlySet<string>>();
  /** Names of hooks that the graph had before. */
  readonly #earlier = new Set<string>();
  /** By scope, the names that were compiled as those of hooks. */
  readonly #awaited: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
    this.#awaited = new Map(Array.from(wiring.graph.scopes, ([path, { hooks }]) => [path, new Set(hooks)]));
    for (const task of wiring.graph.tasks) {
      const call = hookCallOf(task);
      if (call !== undefined) this.#earlier.add(call.hook);
    }
  }

  /** Whether the graph has hooks of that name already: their edges are there. */
  isEarlier(name: string): boolean {
    return this.#earlier.has(name);
  }

  /** Whether the template was compiled with that name as one of a hook. */
  isAwaited(scope: string, name: string): boolean {
    return this.#awaited.get(scope)?.has(name) === true;
  }

  visit(
    scope: string,
    value: Value,
    path: Path,
    found: (reference: FoundReference) => void,
    refused?: (problem: RefusedFunction) => void,
  ): void {
    if (typeof value === 'object' && value !== null) this.#finder(scope)?.visit(value, path, found, refused);
  }

  /** Requires the places of a hook that are referred to, and gives their indexes. */
  require(
    referrer: Referrer,
    plan: HookPlan,
    { kind, name, attribute, path }: FoundReference,
    edgeKind: 'depends_on' | FoundReference['kind'] = kind,
  ): readonly number[] {
    const { report, builder } = this.#wiring;
    const place = referrer.place ?? this.locate(path, referrer.scope);
    if (plan.hook.onFailure === true && !referrer.onFailure) {
      report(say.hookOnlyOnFailure(referrer.who, plan.said.label, place));
      return [];
    }
    const places = this.#places.of(plan, referrer.scope);
    const [key] = attribute ?? [];
    let required: readonly number[] | undefined;
    if (places.size === 0) {
      report(say.hookNotAttached(referrer.who, str(name), place));
    } else if (key !== undefined && !places.has(str(key)) && this.#fits(plan, referrer.scope, str(key))) {
      // It has no place there in this graph: what it gave is recorded.
      required = [];
    } else if (key === undefined || !areSeveral(places)) {
      required = [...places.values()].flat();
    } else {
      required = places.get(str(key));
      if (required === undefined)
        report(say.hookTaskUnnamed(referrer.who, plan.said.label, str(key), place, [...places.keys()]));
    }
    const reason = { kind: edgeKind, ...(referrer.place === undefined ? { path } : { place: referrer.place }) };
    for (const requirer of referrer.requirers) for (const one of required ?? []) builder.edge(requirer, one, reason);
    return required ?? [];
  }

  locate(path: Path, scope: string): Place | undefined {
    return this.#wiring.graph.parts.store.locate(path, scope);
  }

  /** What could have been meant. */
  *names(scope: string): Iterable<string> {
    yield* this.#wiring.targets.names(scope);
    yield* this.#wiring.named.keys();
  }

  /** Whether the selector fits a task of that name, whatever is done to it. */
  #fits(plan: HookPlan, scope: string, name: string): boolean {
    let fitting = this.#fitting.get(plan);
    if (fitting === undefined) {
      const ofTasks = plan.points.some(({ actions }) => actions !== undefined);
      const selected = ofTasks ? this.#wiring.targets.select(plan.hook) : [];
      fitting = new Set(selected.map((one) => JSON.stringify([one.scope, one.name])));
      this.#fitting.set(plan, fitting);
    }
    return fitting.has(JSON.stringify([scope, name]));
  }

  #finder(path: string): ReferenceFinder | undefined {
    if (this.#finders.has(path)) return this.#finders.get(path);
    const { scopes, targets, named } = this.#wiring;
    const scope = scopes.get(path);
    const isThing = (name: Value): boolean =>
      typeof name === 'string' && (name === OWN_TASK || named.has(name) || targets.named(path, name).length > 0);
    const finder = scope === undefined ? undefined : new ReferenceFinder(scope, isThing);
    this.#finders.set(path, finder);
    return finder;
  }
}

function areSeveral(places: Places): boolean {
  const [first] = places.values();
  return places.size > 1 || (first?.length ?? 0) > 1;
}
