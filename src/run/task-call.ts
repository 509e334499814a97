import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { hasInstead, hookCallOf, isHookTask, WORKFLOW_HANDLER } from '../hooks/hook-task.ts';
import type { TaskResult, UpdateDecision } from './result.ts';

/** What of these are cleaned up is known only when the updates are done. */
const CLEANUP = 'CLEANUP';

/** The key under which handlers have the one for a task: its type, unless a workflow does its work. */
export function handlerTypeOf(task: Task): string {
  return hasInstead(task) ? WORKFLOW_HANDLER : task.type;
}

/**
 * The action whose method a task may need of its handler; undefined: none, whatever happens.
 *
 * - DELETE of what is to be kept (`deletion_policy: Retain`) is nothing to do, with `Snapshot` it is another method;
 *   mirrors `Resource.delete`
 * - what has an external id is not Heat's: it is looked at (`check`) and left alone; mirrors `Resource.create`
 */
export function requiredMethod(task: Task): string | undefined {
  const { action, inputs } = task;
  switch (action) {
    case 'DELETE':
    case CLEANUP:
      if (inputs.deletion_policy === 'Retain') return undefined;
      return inputs.deletion_policy === 'Snapshot' ? 'SNAPSHOT DELETE' : 'DELETE';
    case 'CREATE':
    case 'REPLACE':
      return isExternal(task) ? 'CHECK' : action;
    case 'UPDATE':
      return isExternal(task) ? undefined : action;
    case 'WORKFLOW': {
      const call = hookCallOf(task);
      return call !== undefined && call.workflow === undefined && call.action === undefined ? undefined : action;
    }
    default:
      return action;
  }
}

/**
 * The same, when it is to be done: a clean-up has something to do only where the update before it made a replacement.
 *
 * @param result what the tasks before it gave.
 */
export function methodToCall(
  graph: TaskGraph,
  index: number,
  result: (task: number) => TaskResult | undefined,
): string | undefined {
  const task = graph.tasks[index] as Task;
  if (isHookTask(task)) return isHookDue(graph, task, result) ? requiredMethod(task) : undefined;
  if (task.action !== CLEANUP) return requiredMethod(task);
  for (const required of graph.requires(index)) {
    const other = graph.tasks[required] as Task;
    const isUpdate = other.name === task.name && other.scope === task.scope && other.action === 'UPDATE';
    if (isUpdate && result(required)?.decision === 'replaced') return requiredMethod(task);
  }
  return undefined;
}

/** Whether what a hook is attached to has come to what the hook is for, as far as that is known by now. */
export function isHookDue(graph: TaskGraph, hook: Task, result: (task: number) => TaskResult | undefined): boolean {
  const { of = '', point = '' } = hookCallOf(hook) ?? {};
  const index = graph.indexOf(of);
  const task = graph.tasks[index];
  if (task === undefined) return true;
  if (task.action === CLEANUP) return methodToCall(graph, index, result) !== undefined;
  if (task.action !== 'UPDATE' || hook.policy?.runsOn === 'failure') return true;
  if (point === 'post-update') return result(index)?.decision === undefined || result(index)?.decision === 'updated';
  return point !== 'post-replace' || result(index)?.decision === 'replaced';
}

/**
 * The UPDATE whose decision says whether a hook before it has anything to do: its index. Undefined: that is no question.
 */
export function updateToDecide(graph: TaskGraph, hook: Task): number | undefined {
  if (!isHookTask(hook)) return undefined;
  const { of = '', point = '' } = hookCallOf(hook) ?? {};
  const index = graph.indexOf(of);
  const asks = point === 'pre-update' || point === 'pre-replace';
  return asks && graph.tasks[index]?.action === 'UPDATE' ? index : undefined;
}

/** @param decision undefined: it cannot be told yet. */
export function isWantedBefore(hook: Task, decision: UpdateDecision | undefined): boolean {
  return hookCallOf(hook)?.point === 'pre-replace' ? decision === 'replaced' : decision !== 'unchanged';
}

/** Whether the thing was there before, and belongs to somebody else. */
export function isExternal({ inputs }: Task): boolean {
  return inputs.external_id !== undefined && inputs.external_id !== null;
}
