import { componentGraph } from './component-graph.ts';
import type { Draft } from './draft.ts';
import { isUpdate } from './stack-action.ts';

/**
 * The tasks of software components with the edges by which they require others, right after the resources: from here on
 * the name of a component means its last step.
 */
export function addComponents({ stack, builder, action, existing, componentTasks, hooks, report }: Draft): void {
  if (stack.components.size === 0) return;
  // Only an update looks at what is there.
  const there = new Set(isUpdate(action) ? existing.components.map(({ name }) => name) : []);
  const { tasks, edges, ends } = componentGraph(stack, action, report, hooks, there);
  // A resource may have such a name: then it is refused, and there will be no run.
  if (tasks.some(({ id }) => builder.indexOf(id) >= 0)) return;
  const offset = builder.size;
  for (const task of tasks) builder.task(task);
  for (const { requirer, required, reason } of edges) {
    const index = typeof required === 'number' ? offset + required : builder.indexOf(required);
    if (index >= 0) builder.edge(offset + requirer, index, reason);
  }
  for (const [name, end] of ends) componentTasks.set(name, offset + end);
}
