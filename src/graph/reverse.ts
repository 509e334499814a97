import { TaskGraphBuilder } from './builder.ts';
import type { Task } from './task.ts';
import type { TaskGraph } from './task-graph.ts';

/**
 * The graph that takes things down in the opposite order: every edge turned round with its reasons, every task as
 * `mapTask` makes it, at the same index. It has no outputs: what the tasks gave is gone.
 *
 * @param mapTask Default: the same task.
 * @throws RangeError when two tasks are given the same id.
 */
export function reverse(graph: TaskGraph, mapTask: (task: Task, index: number) => Task = (task) => task): TaskGraph {
  const { requires, requiresStart, reasons, reasonsStart } = graph.parts.rows;
  const builder = new TaskGraphBuilder({ store: graph.parts.store });
  for (const [index, task] of graph.tasks.entries()) builder.task(mapTask(task, index));
  for (let requirer = 0; requirer < graph.size; requirer++) {
    for (let edge = requiresStart[requirer] as number; edge < (requiresStart[requirer + 1] as number); edge++) {
      for (let r = reasonsStart[edge] as number; r < (reasonsStart[edge + 1] as number); r++) {
        builder.edgeOfStore(requires[edge] as number, requirer, reasons[r] as number);
      }
    }
  }
  for (const scope of graph.scopes.values()) builder.scope(scope);
  return builder.build();
}
