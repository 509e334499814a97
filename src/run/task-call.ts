import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { hasInstead, hookCallOf, isHookTask, WORKFLOW_HANDLER } from '../hooks/hook-task.ts';
import { cleansUp, isHookDue } from './hook-due.ts';
import type { TaskResult } from './result.ts';

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
  return cleansUp(graph, index, result) ? requiredMethod(task) : undefined;
}

/** Whether the thing was there before, and belongs to somebody else. */
export function isExternal({ inputs }: Task): boolean {
  return inputs.external_id !== undefined && inputs.external_id !== null;
}
