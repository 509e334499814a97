import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import { cycles } from '../graph/cycles.ts';
import { order } from '../graph/order.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { HookPlan } from './hook-plan.ts';

/** One diagnostic for each knot of a hooked graph, at the first hook in it. */
export function hookCycles(attached: TaskGraph, plans: readonly HookPlan[]): Diagnostic[] {
  if (order(attached).ok) return [];
  const byIndex = new Map<number, HookPlan>();
  for (const plan of plans) for (const { index } of plan.placements) byIndex.set(index, plan);
  const idOf = (index: number): string => attached.tasks[index]?.id ?? '';
  return cycles(attached).map((cycle) => {
    const steps = cycle.map(({ requirer, required, reasons: [reason] }) => ({
      requirer: idOf(requirer),
      required: idOf(required),
      kind: reason?.kind ?? 'hook',
      ...(reason?.place !== undefined && { place: reason.place }),
    }));
    const plan = cycle.map(({ requirer }) => byIndex.get(requirer)).find((found) => found !== undefined);
    return say.hookCycle(plan?.said, steps);
  });
}
