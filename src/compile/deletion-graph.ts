import { TaskGraphBuilder } from '../graph/builder.ts';
import { reverse } from '../graph/reverse.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { StackState } from '../state/stack-state.ts';
import { addCleanUpTasks } from './clean-up.ts';
import { addComponentCleanUp } from './component-clean-up.ts';
import { existingIn } from './existing.ts';

/** The graph that takes away everything that is there: Heat's traversal to the empty template. */
export function deletionGraph(state: StackState): TaskGraph {
  const builder = new TaskGraphBuilder();
  const existing = existingIn(state);
  addComponentCleanUp(
    builder,
    existing,
    addCleanUpTasks(builder, existing, () => undefined),
  );
  return builder.build();
}

/**
 * A graph that goes backwards through what `created` makes: `DELETE` or `SUSPEND`. Nothing is resolved any more, and
 * there are no outputs.
 */
export function backwards(created: TaskGraph, action: string): TaskGraph {
  return reverse(created, (task): Task => {
    const { id, name, type, scope, inputs, place } = task;
    // The step of a component was made for this action.
    if (inputs.step !== undefined) return task;
    const { existing, physical_id, deletion_policy, triggered } = inputs;
    return {
      id,
      action,
      name,
      type,
      scope,
      inputs: {
        ...(existing !== undefined && { existing }),
        ...(physical_id !== undefined && { physical_id }),
        ...(deletion_policy !== undefined && action === 'DELETE' && { deletion_policy }),
        ...(triggered !== undefined && { triggered }),
      },
      ...(place !== undefined && { place }),
    };
  });
}
