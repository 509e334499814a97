import { order } from './order.ts';
import type { Task } from './task.ts';
import type { TaskGraph } from './task-graph.ts';

export interface CriticalPath {
  /**
   * For each task, its own weight and that of the longest path of what requires it: the time until the end once it
   * starts. Started in descending order of this, the tasks end soonest.
   */
  readonly lengths: Float64Array;
  /** The longest path of all, required first. Among equals the one of lower indexes. */
  readonly path: readonly number[];
  /** Its length; 0 for an empty graph. */
  readonly total: number;
}

/**
 * The critical path. Linear.
 *
 * @param weight How long a task takes, 0 or more. Default: the weight of its policy, or 1.
 * @throws RangeError when the graph has a cycle, or a weight is negative or not finite.
 */
export function criticalPath(graph: TaskGraph, weight: (task: Task, index: number) => number = weightOf): CriticalPath {
  const ordered = order(graph);
  if (!ordered.ok) throw new RangeError('the graph has a cycle');
  const { requiredBy, requiredByStart } = graph.parts.rows;
  const lengths = new Float64Array(graph.size);
  const next = new Int32Array(graph.size).fill(-1);
  for (let at = graph.size - 1; at >= 0; at--) {
    const index = ordered.order[at] as number;
    const own = weight(graph.tasks[index] as Task, index);
    if (!Number.isFinite(own) || own < 0) throw new RangeError(`weight of task ${index}: ${own}`);
    let longest = 0;
    const end = requiredByStart[index + 1] as number;
    for (let i = requiredByStart[index] as number; i < end; i++) {
      const requirer = requiredBy[i] as number;
      const length = lengths[requirer] as number;
      if (next[index] !== -1 && length <= longest) continue;
      longest = length;
      next[index] = requirer;
    }
    lengths[index] = own + longest;
  }
  let first = graph.size === 0 ? -1 : 0;
  for (let i = 1; i < graph.size; i++) {
    if ((lengths[i] as number) > (lengths[first] as number)) first = i;
  }
  const path: number[] = [];
  for (let index = first; index !== -1; index = next[index] as number) path.push(index);
  return { lengths, path, total: first === -1 ? 0 : (lengths[first] as number) };
}

function weightOf(task: Task): number {
  return task.policy?.weight ?? 1;
}
