import type { TaskGraph } from '../graph/task-graph.ts';
import type { Timeline } from './timeline.ts';

/**
 * The critical path as it really was, by index, what came first first: the task that ended last of all that ran, before
 * it the last to end of what it requires, and so on. Among equals the first of the template.
 */
export function criticalPathOf(graph: TaskGraph, { tasks, duration }: Timeline): number[] {
  const endOf = (index: number): number => {
    const times = tasks[index];
    return times?.started === undefined ? -1 : (times.ended ?? duration);
  };
  const lastOf = (indexes: Iterable<number>): number => {
    let last = -1;
    for (const index of indexes) {
      const end = endOf(index);
      if (end >= 0 && (last < 0 || end > endOf(last))) last = index;
    }
    return last;
  };
  const path: number[] = [];
  for (let index = lastOf(tasks.keys()); index >= 0; index = lastOf(graph.requires(index).toSorted())) path.push(index);
  return path.reverse();
}
