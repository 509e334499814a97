import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { ActionCatalog } from '../workflow/action-catalog.ts';
import { checkHook, labelOf } from './check-hook.ts';
import type { Hook } from './hook.ts';
import { type HookPlan, isBreakpoint, labelAt } from './hook-plan.ts';
import type { Point } from './hook-points.ts';
import { hookCallOf, OWN_TASK } from './hook-task.ts';
import { HookWorkReader } from './hook-work.ts';
import { describeSelector, selectorOf, type Target, type Targets } from './select-tasks.ts';

export interface PlannerOptions {
  readonly actions: ActionCatalog;
  /** See the option of `attachHooks`. */
  readonly rollback: boolean;
  report(this: void, diagnostic: Diagnostic): void;
}

/** Checks hooks and finds the places where they go. */
export class HookPlanner {
  readonly #graph: TaskGraph;
  readonly #targets: Targets;
  readonly #catalog: ActionCatalog;
  readonly #rollback: boolean;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #ids: Set<string>;
  /** How often an id was wanted that was taken. */
  readonly #wanted = new Map<string, number>();
  /** Who does the work of a task instead of it. */
  readonly #instead = new Map<number, HookPlan>();
  #next: number;

  constructor(graph: TaskGraph, targets: Targets, { actions, rollback, report }: PlannerOptions) {
    this.#graph = graph;
    this.#targets = targets;
    this.#catalog = actions;
    this.#rollback = rollback;
    this.#report = report;
    this.#ids = new Set(graph.tasks.map(({ id }) => id));
    this.#next = graph.size;
  }

  plan(hooks: readonly Hook[]): readonly HookPlan[] {
    const report = this.#report;
    const reader = new HookWorkReader(this.#catalog, report);
    const plans = hooks.map((hook, position): HookPlan => {
      const said = { label: labelOf(hook), place: hook.place };
      const points = checkHook(hook, said, report);
      return { hook, position, said, points, work: reader.read(hook, said), placements: [] };
    });
    for (const plan of plans) this.#place(plan);
    return plans;
  }

  #place(plan: HookPlan): void {
    const { hook, points, said } = plan;
    const ofTasks = points.filter(({ actions }) => actions !== undefined);
    for (const point of points) {
      const isLeftOut = this.#rollback && point.when === 'post' && hook.onFailure !== true;
      if (point.actions === undefined && !isLeftOut) this.#add(plan, point, undefined);
    }
    if (ofTasks.length === 0) return;
    const selected = this.#targets.select(hook);
    if (selected.length === 0 && !this.#rollback) {
      const selector = selectorOf(hook.select);
      const names = this.#targets.names();
      this.#report(say.hookSelectsNothing(said, describeSelector(selector), selector.name, names, isBreakpoint(plan)));
    }
    for (const point of ofTasks) {
      for (const target of selected) {
        if (point.actions?.has(target.action) !== true) continue;
        if (point.when === 'instead') this.#replaceWork(plan, point, target);
        else this.#add(plan, point, target);
      }
    }
  }

  #add(plan: HookPlan, point: Point, target: Target | undefined): void {
    const id = this.#freeId(`${target?.id ?? ''}//${labelAt(plan, point)}`, point.text);
    plan.placements.push({ plan, point, target, id, index: this.#next++ });
  }

  #replaceWork(plan: HookPlan, point: Point, target: Target): void {
    for (const index of target.tasks) {
      const { id } = this.#graph.tasks[index] as Task;
      const other = this.#instead.get(index)?.said.label ?? hookCallOf(this.#graph.tasks[index] as Task)?.hook;
      if (other !== undefined) this.#report(say.hookInsteadTwice(plan.said, id, other));
      else {
        this.#instead.set(index, plan);
        plan.placements.push({ plan, point, target, id, index });
      }
    }
  }

  #freeId(wanted: string, point: string): string {
    let id = wanted;
    if (this.#ids.has(id)) id = `${wanted}/${point}`;
    while (this.#ids.has(id)) {
      const count = (this.#wanted.get(wanted) ?? 1) + 1;
      this.#wanted.set(wanted, count);
      id = `${wanted}/${point}/${count}`;
    }
    this.#ids.add(id);
    return id;
  }

  /** Those that can be referred to. */
  named(plans: readonly HookPlan[]): ReadonlyMap<string, HookPlan> {
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
}
