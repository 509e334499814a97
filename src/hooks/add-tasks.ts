import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Value } from '../values/value.ts';
import { isBreakpoint, labelAt, type Placement } from './hook-plan.ts';
import { INSTEAD, WORKFLOW_ACTION, WORKFLOW_HANDLER, writeCall } from './hook-task.ts';
import type { Target } from './select-tasks.ts';
import type { SharedTexts } from './shared-texts.ts';

/** Adds the tasks of the graph, those with `instead` told of it, and then a task for each place of a hook. */
export function addTasks(
  graph: TaskGraph,
  builder: TaskGraphBuilder,
  placed: readonly Placement[],
  texts: SharedTexts,
): void {
  const instead = new Map<number, Placement>();
  for (const placement of placed) if (placement.point.when === 'instead') instead.set(placement.index, placement);
  for (const [index, task] of graph.tasks.entries()) {
    const placement = instead.get(index);
    if (placement === undefined) builder.task(task);
    else builder.task({ ...task, inputs: { ...task.inputs, [INSTEAD]: new Map(callOf(placement, task.id, texts)) } });
  }
  for (const placement of placed) {
    if (placement.point.when !== 'instead') builder.task(hookTask(graph, placement, texts));
  }
}

function hookTask(graph: TaskGraph, placement: Placement, texts: SharedTexts): Task {
  const { plan, target, id } = placement;
  const { hook } = plan;
  const isOnly = hook.name !== undefined && plan.placements.length === 1;
  const of = target === undefined ? undefined : (graph.tasks[ofOf(placement, target)] as Task).id;
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
