import type { Diagnostic, Path, Place } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { Scope, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { type FoundReference, ReferenceFinder, type RefusedFunction } from './find-references.ts';
import type { HookPlan, Placement } from './hook-plan.ts';
import { hookCallOf, OWN_TASK } from './hook-task.ts';
import type { Target, Targets } from './select-tasks.ts';

/** Actions that give what functions can refer to; of everything else an earlier run has recorded it. */
const MAKES: ReadonlySet<string> = new Set(['CREATE', 'ADOPT', 'UPDATE', 'REPLACE']);
/** Before these there is nothing that could be referred to. */
const BEGINS: ReadonlySet<string> = new Set(['CREATE', 'ADOPT']);

/** Who refers to something, for edges and messages. */
interface Referrer {
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
  readonly named: ReadonlyMap<string, HookPlan>;
  report(diagnostic: Diagnostic): void;
}

/** Edges that references make: those in the inputs of hooks, and those of everything else to hooks. */
export class ReferenceWirer {
  readonly #wiring: Wiring;
  readonly #finders = new Map<string, ReferenceFinder | undefined>();
  readonly #instances = new Map<HookPlan, Map<string, Map<string, number[]>>>();
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

  /** What the inputs of hooks refer to. */
  hooks(plans: readonly HookPlan[]): void {
    for (const plan of plans) {
      if (plan.work.input.size === 0) continue;
      const byScope = new Map<string, Placement[]>();
      for (const placement of plan.placements) {
        const path = placement.target?.scope ?? '';
        const known = byScope.get(path);
        if (known === undefined) byScope.set(path, [placement]);
        else known.push(placement);
      }
      // Of one that is attached to nothing, what is wrong with its functions is told all the same.
      if (byScope.size === 0) byScope.set('', []);
      for (const [scope, placements] of byScope) this.#hook(plan, scope, placements);
    }
  }

  /** What tasks of the graph refer to, as far as it is a hook. */
  tasks(): void {
    const { graph } = this.#wiring;
    for (const [index, task] of graph.tasks.entries()) {
      const sections = sectionsOf(graph.scopes.get(task.scope));
      const referrer = this.#referrer([index], task.scope, `'${task.id}'`);
      for (const key of Object.keys(task.inputs)) {
        const path = [sections.resources, task.name, key === 'metadata' ? sections.metadata : sections.properties];
        this.#visit(task.scope, task.inputs[key] as Value, path, (reference) => this.#ofTask(reference, referrer));
      }
      this.#dependsOn(task, referrer, [sections.resources, task.name, sections.dependsOn]);
    }
  }

  /** The hooks that an output needs. */
  output(scope: string, name: string, value: Value): readonly number[] {
    const sections = sectionsOf(this.#wiring.graph.scopes.get(scope));
    const required = new Set<number>();
    const referrer = this.#referrer([], scope, `The output '${name}'`);
    this.#visit(scope, value, [sections.outputs, name, sections.value], (reference) => {
      for (const index of this.#ofTask(reference, referrer)) required.add(index);
    });
    return [...required];
  }

  #referrer(requirers: readonly number[], scope: string, who: string): Referrer {
    return { requirers, scope, who, onFailure: false, place: undefined };
  }

  #hook(plan: HookPlan, scope: string, placements: readonly Placement[]): void {
    const { report, targets, named } = this.#wiring;
    const { said, work, hook } = plan;
    const told = new Set<string>();
    const once = (key: string, diagnostic: () => Diagnostic): void => {
      if (told.has(key)) return;
      told.add(key);
      report(diagnostic());
    };
    const requirers = placements.map(({ index }) => index);
    const referrer: Referrer = {
      requirers,
      scope,
      who: `The hook '${said.label}'`,
      onFailure: hook.onFailure === true,
      place: hook.place,
    };
    const found = (reference: FoundReference): void => {
      const { name } = reference;
      if (name === OWN_TASK) {
        for (const placement of placements) {
          if (placement.target === undefined) once(OWN_TASK, () => say.hookWithoutTask(said));
          else this.#own(placement, placement.target, reference);
        }
        return;
      }
      const known = typeof name === 'string' ? targets.named(scope, name) : [];
      if (known.length > 0) {
        for (const placement of placements) this.#toTargets(placement, known, reference);
        return;
      }
      const other = typeof name === 'string' ? named.get(name) : undefined;
      if (other !== undefined && reference.attribute?.[0] === OWN_TASK) {
        for (const placement of placements) {
          const own = placement.target?.name ?? placement.point.text;
          const attribute = [own, ...(reference.attribute ?? []).slice(1)];
          this.#toHook({ ...referrer, requirers: [placement.index] }, other, { ...reference, attribute });
        }
      } else if (other !== undefined) this.#toHook(referrer, other, reference);
      else if (!this.#earlier.has(str(name)))
        once(str(name), () => say.hookReferenceUnknown(said, str(name), this.#names(scope)));
    };
    const refused = ({ functionName, error, expected, heat }: RefusedFunction): void =>
      once(`${functionName} ${error.message}`, () =>
        say.hookFunctionRefused(said, functionName, error.message, expected, heat),
      );
    this.#visit(scope, work.input, [], found, refused);
  }

  /** What the task of the hook itself gave: now where the hook comes after it, else what an earlier run recorded. */
  #own(placement: Placement, target: Target, { kind }: FoundReference): void {
    const isAfter = placement.point.when === 'post' && MAKES.has(target.action);
    if (isAfter || BEGINS.has(target.action)) this.#edge(placement.index, target.last, kind, placement.plan);
  }

  #toTargets(placement: Placement, targets: readonly Target[], reference: FoundReference): void {
    for (const target of targets) {
      const isOwn = target === placement.target || target.name === placement.target?.name;
      if (isOwn) this.#own(placement, target, reference);
      else if (MAKES.has(target.action)) this.#edge(placement.index, target.last, reference.kind, placement.plan);
    }
  }

  #edge(requirer: number, required: number, kind: FoundReference['kind'], { hook }: HookPlan): void {
    this.#wiring.builder.edge(requirer, required, { kind, ...(hook.place !== undefined && { place: hook.place }) });
  }

  /** Gives the hooks that it refers to. */
  #ofTask(reference: FoundReference, referrer: Referrer): readonly number[] {
    const { name, path } = reference;
    const { targets, named, report } = this.#wiring;
    if (typeof name !== 'string' || name === OWN_TASK || targets.named(referrer.scope, name).length > 0) return [];
    const plan = named.get(name);
    if (plan !== undefined) return this.#toHook(referrer, plan, reference);
    // Any other name may be one that an earlier run recorded.
    if (this.#awaited.get(referrer.scope)?.has(name) === true && !this.#earlier.has(name)) {
      const place = this.#locate(path, referrer.scope);
      report(say.referenceToNothing(referrer.who, name, place, this.#names(referrer.scope)));
    }
    return [];
  }

  #dependsOn({ inputs }: Task, referrer: Referrer, path: Path): void {
    const names = inputs[DEPENDS_ON_HOOKS];
    if (!Array.isArray(names)) return;
    for (const name of names as readonly Value[]) {
      const plan = typeof name === 'string' ? this.#wiring.named.get(name) : undefined;
      if (plan !== undefined)
        this.#toHook(referrer, plan, { kind: 'get_resource', name: name ?? null, path }, 'depends_on');
      else if (!this.#earlier.has(str(name ?? null))) {
        const place = this.#locate(path, referrer.scope);
        this.#wiring.report(say.referenceToNothing(referrer.who, str(name ?? null), place, this.#wiring.named.keys()));
      }
    }
  }

  /** Gives the indexes of the tasks that it needs. */
  #toHook(
    referrer: Referrer,
    plan: HookPlan,
    { kind, name, attribute, path }: FoundReference,
    edgeKind: 'depends_on' | FoundReference['kind'] = kind,
  ): readonly number[] {
    const { report, builder } = this.#wiring;
    const place = referrer.place ?? this.#locate(path, referrer.scope);
    if (plan.hook.onFailure === true && !referrer.onFailure) {
      report(say.hookOnlyOnFailure(referrer.who, plan.said.label, place));
      return [];
    }
    const instances = this.#instancesOf(plan, referrer.scope);
    let required: readonly number[] = [...instances.values()].flat();
    if (required.length === 0) report(say.hookNotAttached(referrer.who, str(name), place));
    const [key] = attribute ?? [];
    if (required.length > 1 && key !== undefined) {
      const chosen = instances.get(str(key));
      if (chosen === undefined) {
        report(say.hookTaskUnnamed(referrer.who, plan.said.label, str(key), place, [...instances.keys()]));
      } else required = chosen;
    }
    const reason = { kind: edgeKind, ...(referrer.place === undefined ? { path } : { place: referrer.place }) };
    for (const requirer of referrer.requirers) for (const one of required) builder.edge(requirer, one, reason);
    return required;
  }

  /** By the name of the task, of a hook of the whole graph by its point. */
  #instancesOf(plan: HookPlan, scope: string): ReadonlyMap<string, readonly number[]> {
    let scopes = this.#instances.get(plan);
    if (scopes === undefined) {
      scopes = new Map();
      this.#instances.set(plan, scopes);
      for (const { target, point, index } of plan.placements) {
        const path = target?.scope ?? '';
        const key = target?.name ?? point.text;
        let names = scopes.get(path);
        if (names === undefined) {
          names = new Map();
          scopes.set(path, names);
        }
        const known = names.get(key);
        if (known === undefined) names.set(key, [index]);
        else known.push(index);
      }
    }
    return scopes.get(scope) ?? NONE;
  }

  #visit(
    scope: string,
    value: Value,
    path: Path,
    found: (reference: FoundReference) => void,
    refused?: (problem: RefusedFunction) => void,
  ): void {
    if (typeof value === 'object' && value !== null) this.#finder(scope)?.visit(value, path, found, refused);
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

  #locate(path: Path, scope: string): Place | undefined {
    return this.#wiring.graph.parts.store.locate(path, scope);
  }

  *#names(scope: string): Iterable<string> {
    yield* this.#wiring.targets.names(scope);
    yield* this.#wiring.named.keys();
  }
}

const NONE: ReadonlyMap<string, readonly number[]> = new Map();

/** Input of a task whose `depends_on` in the template has names of hooks. */
export const DEPENDS_ON_HOOKS = 'depends_on_hooks';

function sectionsOf(scope: Scope | undefined): {
  readonly [name in 'resources' | 'properties' | 'metadata' | 'dependsOn' | 'outputs' | 'value']: string;
} {
  return scope === undefined || scope.version[0] === 'heat_template_version' ? HOT_SECTIONS : CFN_SECTIONS;
}

const HOT_SECTIONS = {
  resources: 'resources',
  properties: 'properties',
  metadata: 'metadata',
  dependsOn: 'depends_on',
  outputs: 'outputs',
  value: 'value',
};
const CFN_SECTIONS = {
  resources: 'Resources',
  properties: 'Properties',
  metadata: 'Metadata',
  dependsOn: 'DependsOn',
  outputs: 'Outputs',
  value: 'Value',
};
