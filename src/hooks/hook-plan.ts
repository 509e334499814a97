import type { HookSaid } from '../diagnostics/hooks.ts';
import type { Hook } from './hook.ts';
import type { Point } from './hook-points.ts';
import type { HookWork } from './hook-work.ts';
import type { Target } from './select-tasks.ts';

/** A hook that was checked, and where it goes. */
export interface HookPlan {
  readonly hook: Hook;
  /** In the list of hooks. */
  readonly position: number;
  readonly said: HookSaid;
  readonly work: HookWork;
  readonly points: readonly Point[];
  readonly placements: Placement[];
}

/** One place of a hook: one task of the graph that comes out, or one whose work is done by it. */
export interface Placement {
  readonly plan: HookPlan;
  readonly point: Point;
  /** Undefined: the whole graph. */
  readonly target: Target | undefined;
  /** Of the task that stands for it: a new one, or with `instead` the target's own. */
  readonly index: number;
  readonly id: string;
}

export function isBreakpoint({ work }: HookPlan): boolean {
  return work.document === undefined && work.action === undefined;
}

/** What a hook is called at a point: a breakpoint without a name by that. */
export function labelAt(plan: HookPlan, { text }: Point): string {
  return plan.hook.name === undefined && isBreakpoint(plan) ? text : plan.said.label;
}

/** What comes first of two hooks at one place. */
export function inOrder(a: Placement, b: Placement): number {
  return (a.plan.hook.order ?? 0) - (b.plan.hook.order ?? 0) || a.plan.position - b.plan.position;
}
