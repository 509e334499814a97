import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { handlerMissing, rollbackMissing } from '../diagnostics/run.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { isHookTask } from '../hooks/hook-task.ts';
import type { Value } from '../values/value.ts';
import type { DecideUpdate } from './executor.ts';
import { HandlerTable } from './handler-table.ts';
import type { HandlerResult, Handlers } from './handlers.ts';
import { pathOf } from './recorded-path.ts';
import type { RunResult } from './run-result.ts';

/** The way back from a failed run. */
export interface RollbackPlan {
  readonly graph: TaskGraph;
  /** As the run option of that name. */
  readonly previous?: ReadonlyMap<string, HandlerResult>;
  /** As the run option of that name. Default: that of the run which failed. */
  readonly decide?: DecideUpdate;
}

/** Why there is no way back. */
export interface RefusedRollback {
  readonly refused: readonly Diagnostic[];
}

/** For the same result it has to give the same graph: a rollback may be resumed. */
export type RollbackOf = (
  failed: RunResult,
) => RollbackPlan | RefusedRollback | PromiseLike<RollbackPlan | RefusedRollback>;

/**
 * What the rollback of a failed create does: deletes what was begun, in the opposite order, as far as deletion policies
 * have it deleted. What failed is deleted, too: half of it may be there. Mirrors Heat's `Stack.create`, which deletes
 * the stack then.
 */
export function rollbackOfCreate(graph: TaskGraph, { tasks }: RunResult): RollbackPlan {
  const builder = new TaskGraphBuilder();
  for (const scope of graph.scopes.values()) builder.scope(scope);
  const previous = new Map<string, HandlerResult>();
  const indexes = new Map<number, number>();
  graph.tasks.forEach((task, index) => {
    const outcome = tasks.get(task.id);
    // What workflows did is theirs to take back: hooks are no things.
    if (outcome === undefined || outcome.attempts === 0 || isHookTask(task)) return;
    indexes.set(index, builder.task(deletionOf(task, outcome.result?.physicalId ?? outcome.error?.physicalId)));
    const { result, error } = outcome;
    if (result !== undefined) previous.set(pathOf(task.scope, task.name), result);
    else if (error?.physicalId !== undefined) {
      previous.set(pathOf(task.scope, task.name), { physicalId: error.physicalId });
    }
  });
  for (const [index, requirer] of indexes) {
    for (const required of graph.requires(index)) {
      const found = indexes.get(required);
      if (found === undefined) continue;
      for (const reason of graph.reasons(index, required)) builder.edge(found, requirer, reason);
    }
  }
  return { graph: builder.build(), previous };
}

function deletionOf({ id, name, type, scope, place, policy, inputs }: Task, physicalId: string | undefined): Task {
  const kept: Record<string, Value> = {};
  if (physicalId !== undefined) kept.physical_id = physicalId;
  if (inputs.deletion_policy !== undefined) kept.deletion_policy = inputs.deletion_policy;
  return {
    id,
    action: 'DELETE',
    name,
    type,
    scope,
    inputs: kept,
    ...(policy !== undefined && { policy: { ...policy, breakpoint: false } }),
    ...(place !== undefined && { place }),
  };
}

/** Why a graph cannot be rolled back without being told how; found before anything is done. */
export function rollbackProblems(graph: TaskGraph, handlers: Handlers | undefined): Diagnostic[] {
  const other = graph.tasks.find((task) => task.action !== 'CREATE' && !isHookTask(task));
  if (other !== undefined) return [rollbackMissing(other.id, other.action)];
  if (handlers === undefined) return [];
  const builder = new TaskGraphBuilder();
  for (const scope of graph.scopes.values()) builder.scope(scope);
  for (const task of graph.tasks) if (!isHookTask(task)) builder.task(deletionOf(task, undefined));
  return new HandlerTable(handlers).missing(builder.build()).map(handlerMissing);
}
