import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import { cycles } from '../graph/cycles.ts';
import { order } from '../graph/order.ts';
import type { Scope, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Value } from '../values/value.ts';
import type { ActionCatalog } from '../workflow/action-catalog.ts';
import { standardActions } from '../workflow/standard-actions.ts';
import { checkHook, labelOf } from './check-hook.ts';
import type { Hook } from './hook.ts';
import { type HookPlan, isBreakpoint, labelAt, type Placement } from './hook-plan.ts';
import type { Point } from './hook-points.ts';
import { hookCallOf, INSTEAD, OWN_TASK, WORKFLOW_ACTION, WORKFLOW_HANDLER, writeCall } from './hook-task.ts';
import { HookWorkReader } from './hook-work.ts';
import { describeSelector, selectorOf, type Target, Targets } from './select-tasks.ts';
import { SharedTexts } from './shared-texts.ts';
import { chainsOf, splice } from './splice.ts';
import { ReferenceWirer } from './wire-references.ts';

export interface AttachOptions {
  /** The actions that workflows may call. Default: the standard ones. */
  readonly actions?: ActionCatalog;
  /** Scopes that the graph does not have itself: `stack.scope` for the graph that deletes what a state tells of. */
  readonly scopes?: Iterable<Scope>;
}

export type Attached =
  /** The diagnostics are warnings. */
  | { readonly ok: true; readonly graph: TaskGraph; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** What functions in the input of a hook are, where the graph does not say. */
const NEWEST: Omit<Scope, 'path'> = {
  version: ['heat_template_version', '2021-04-16'],
  parameters: new Map(),
  hidden: [],
  mappings: new Map(),
  files: new Map(),
};

/**
 * The graph with hooks: every task at its index, every edge as it was, and a task of action `WORKFLOW` for each place of a
 * hook, called `<task>//<hook>` (`//<hook>` for one of the whole graph). Everything in it is data: it can be written as
 * JSON and run elsewhere. Everything that is wrong is told at once, before anything runs.
 */
export function attachHooks(graph: TaskGraph, hooks: readonly Hook[], options: AttachOptions = {}): Attached {
  return new Attachment(graph, options).attach(hooks);
}

class Attachment {
  readonly #graph: TaskGraph;
  readonly #options: AttachOptions;
  readonly #targets: Targets;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #ids: Set<string>;
  #next: number;

  constructor(graph: TaskGraph, options: AttachOptions) {
    this.#graph = graph;
    this.#options = options;
    this.#targets = new Targets(graph);
    this.#ids = new Set(graph.tasks.map(({ id }) => id));
    this.#next = graph.size;
  }

  attach(hooks: readonly Hook[]): Attached {
    const plans = this.#plan(hooks);
    const named = this.#named(plans);
    const placed = plans.flatMap(({ placements }) => placements);
    const scopes = this.#scopes(placed);
    const texts = new SharedTexts(scopes);
    const builder = new TaskGraphBuilder({ store: this.#graph.parts.store });
    this.#addTasks(builder, placed, texts);
    this.#addEdges(builder);
    const own = placed.filter(({ point }) => point.when !== 'instead');
    splice(this.#graph, builder, chainsOf(own), own);
    const wirer = new ReferenceWirer({
      graph: this.#graph,
      builder,
      targets: this.#targets,
      scopes,
      named,
      report: (diagnostic) => this.#report(diagnostic),
    });
    wirer.hooks(plans);
    wirer.tasks();
    for (const scope of scopes.values()) builder.scope(texts.complete(scope));
    for (const output of this.#graph.outputs) {
      const required = wirer.output(output.scope, output.name, output.value);
      const requires = required.length === 0 ? output.requires : [...new Set([...output.requires, ...required])];
      builder.output({ ...output, requires });
    }
    const attached = builder.build();
    this.#checkCycles(attached, plans);
    const diagnostics = this.#diagnostics;
    return diagnostics.some(({ severity }) => severity === 'error')
      ? { ok: false, diagnostics }
      : { ok: true, graph: attached, diagnostics };
  }

  #report(diagnostic: Diagnostic): void {
    this.#diagnostics.push(diagnostic);
  }

  #plan(hooks: readonly Hook[]): HookPlan[] {
    const report = (diagnostic: Diagnostic): void => this.#report(diagnostic);
    const reader = new HookWorkReader(this.#options.actions ?? standardActions(), report);
    const instead = new Map<number, HookPlan>();
    const plans = hooks.map((hook, position): HookPlan => {
      const said = { label: labelOf(hook), place: hook.place };
      const points = checkHook(hook, said, report);
      return { hook, position, said, points, work: reader.read(hook, said), placements: [] };
    });
    for (const plan of plans) this.#place(plan, instead);
    return plans;
  }

  #place(plan: HookPlan, instead: Map<number, HookPlan>): void {
    const { hook, points, said } = plan;
    const ofTasks = points.filter(({ actions }) => actions !== undefined);
    for (const point of points) if (point.actions === undefined) this.#add(plan, point, undefined);
    if (ofTasks.length === 0) return;
    const selected = this.#targets.select(hook);
    if (selected.length === 0) {
      const selector = selectorOf(hook.select);
      const names = this.#targets.names();
      this.#report(say.hookSelectsNothing(said, describeSelector(selector), selector.name, names, isBreakpoint(plan)));
    }
    for (const point of ofTasks) {
      for (const target of selected) {
        if (point.actions?.has(target.action) !== true) continue;
        if (point.when === 'instead') this.#replaceWork(plan, point, target, instead);
        else this.#add(plan, point, target);
      }
    }
  }

  #add(plan: HookPlan, point: Point, target: Target | undefined): void {
    const id = this.#freeId(`${target?.id ?? ''}//${labelAt(plan, point)}`, point.text);
    plan.placements.push({ plan, point, target, id, index: this.#next++ });
  }

  #replaceWork(plan: HookPlan, point: Point, target: Target, instead: Map<number, HookPlan>): void {
    for (const index of target.tasks) {
      const { id } = this.#graph.tasks[index] as Task;
      const other = instead.get(index)?.said.label ?? hookCallOf(this.#graph.tasks[index] as Task)?.hook;
      if (other !== undefined) this.#report(say.hookInsteadTwice(plan.said, id, other));
      else {
        instead.set(index, plan);
        plan.placements.push({ plan, point, target, id, index });
      }
    }
  }

  #freeId(wanted: string, point: string): string {
    let id = wanted;
    if (this.#ids.has(id)) id = `${wanted}/${point}`;
    while (this.#ids.has(id)) id += '/';
    this.#ids.add(id);
    return id;
  }

  #named(plans: readonly HookPlan[]): ReadonlyMap<string, HookPlan> {
    const named = new Map<string, HookPlan>();
    const earlier = new Set(this.#graph.tasks.flatMap((task) => hookCallOf(task)?.hook ?? []));
    for (const plan of plans) {
      const { hook, said } = plan;
      if (hook.name === undefined) continue;
      if (named.has(hook.name) || earlier.has(hook.name)) this.#report(say.hookNameTaken(said));
      else named.set(hook.name, plan);
      const scopes = new Set(plan.placements.map(({ target }) => target?.scope ?? ''));
      const isThing = [...scopes.add('')].some((scope) => this.#targets.named(scope, hook.name as string).length > 0);
      if (isThing) this.#report(say.hookNamedAsTask(said, 'a resource or component'));
      else if (hook.name === OWN_TASK) this.#report(say.hookNamedAsTask(said, 'the task of every hook'));
    }
    return named;
  }

  /** Those of the graph, and those that hooks need. */
  #scopes(placed: readonly Placement[]): ReadonlyMap<string, Scope> {
    const scopes = new Map(this.#graph.scopes);
    const given = new Map(Array.from(this.#options.scopes ?? [], (scope) => [scope.path, scope]));
    for (const { target } of placed) {
      const path = target?.scope ?? '';
      if (!scopes.has(path)) scopes.set(path, given.get(path) ?? { path, ...NEWEST });
    }
    return scopes;
  }

  #addTasks(builder: TaskGraphBuilder, placed: readonly Placement[], texts: SharedTexts): void {
    const instead = new Map<number, Placement>();
    for (const placement of placed) if (placement.point.when === 'instead') instead.set(placement.index, placement);
    for (const [index, task] of this.#graph.tasks.entries()) {
      const placement = instead.get(index);
      if (placement === undefined) builder.task(task);
      else builder.task({ ...task, inputs: { ...task.inputs, [INSTEAD]: new Map(callOf(placement, task.id, texts)) } });
    }
    for (const placement of placed) {
      if (placement.point.when !== 'instead') builder.task(this.#hookTask(placement, texts));
    }
  }

  #hookTask(placement: Placement, texts: SharedTexts): Task {
    const { plan, target, id } = placement;
    const { hook } = plan;
    const isOnly = hook.name !== undefined && plan.placements.length === 1;
    const of = target === undefined ? undefined : (this.#graph.tasks[ofOf(placement, target)] as Task).id;
    const policy = {
      ...hook.policy,
      ...(isBreakpoint(plan) && { breakpoint: true }),
      ...(hook.onFailure === true && { runsOn: 'failure' as const }),
    };
    return {
      id,
      action: WORKFLOW_ACTION,
      name: isOnly ? (hook.name as string) : id,
      type: WORKFLOW_HANDLER,
      scope: target?.scope ?? '',
      inputs: Object.fromEntries(callOf(placement, of, texts)),
      ...(Object.keys(policy).length > 0 && { policy }),
      ...(hook.place !== undefined && { place: hook.place }),
    };
  }

  #addEdges(builder: TaskGraphBuilder): void {
    const { requires, requiresStart, reasons, reasonsStart } = this.#graph.parts.rows;
    for (let requirer = 0; requirer < this.#graph.size; requirer++) {
      for (let edge = requiresStart[requirer] as number; edge < (requiresStart[requirer + 1] as number); edge++) {
        for (let r = reasonsStart[edge] as number; r < (reasonsStart[edge + 1] as number); r++) {
          builder.edgeOfStore(requirer, requires[edge] as number, reasons[r] as number);
        }
      }
    }
  }

  #checkCycles(attached: TaskGraph, plans: readonly HookPlan[]): void {
    if (order(attached).ok) return;
    const byIndex = new Map<number, HookPlan>();
    for (const plan of plans) for (const { index } of plan.placements) byIndex.set(index, plan);
    const idOf = (index: number): string => attached.tasks[index]?.id ?? '';
    for (const cycle of cycles(attached)) {
      const steps = cycle.map(({ requirer, required, reasons: [reason] }) => ({
        requirer: idOf(requirer),
        required: idOf(required),
        kind: reason?.kind ?? 'hook',
        ...(reason?.place !== undefined && { place: reason.place }),
      }));
      const plan = cycle.map(({ requirer }) => byIndex.get(requirer)).find((found) => found !== undefined);
      this.#report(say.hookCycle(plan?.said, steps));
    }
  }
}

/** The task that a hook tells its workflow of: of a component the step next to it. */
function ofOf({ point }: Placement, target: Target): number {
  return point.when === 'pre' ? target.first : target.last;
}

function callOf(
  { plan, point, target }: Placement,
  of: string | undefined,
  texts: SharedTexts,
): ReadonlyMap<string, Value> {
  const { work } = plan;
  const scope = target?.scope ?? '';
  return writeCall({
    hook: labelAt(plan, point),
    point: point.text,
    of,
    workflow: work.document === undefined ? undefined : texts.key(scope, work.document),
    action: work.action,
    start: work.start,
    library: work.library.map((text) => texts.key(scope, text)),
    taskName: work.taskName,
    input: work.input,
  });
}
