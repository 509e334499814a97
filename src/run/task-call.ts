import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { TaskResult } from './result.ts';

/** What of these are cleaned up is known only when the updates are done. */
const CLEANUP = 'CLEANUP';

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
  if (task.action !== CLEANUP) return requiredMethod(task);
  for (const required of graph.requires(index)) {
    const other = graph.tasks[required] as Task;
    const isUpdate = other.name === task.name && other.scope === task.scope && other.action === 'UPDATE';
    if (isUpdate && result(required)?.decision === 'replaced') return requiredMethod(task);
  }
  return undefined;
}

/** Whether the thing was there before, and belongs to somebody else. */
export function isExternal({ inputs }: Task): boolean {
  return inputs.external_id !== undefined && inputs.external_id !== null;
}
