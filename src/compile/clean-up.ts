import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { EdgeReason } from '../graph/task.ts';
import type { ResourceState } from '../state/stack-state.ts';
import { addComponentCleanUp } from './component-clean-up.ts';
import type { Draft } from './draft.ts';
import { type Existing, existingInputs, updateAction } from './existing.ts';
import { isUpdate } from './stack-action.ts';

const AFTER_UPDATE: EdgeReason = { kind: 'implicit', rule: 'cleanup-after-update' };
const AFTER_REPLACEMENT: EdgeReason = { kind: 'implicit', rule: 'cleanup-after-replacement' };

/**
 * The clean-up half of an update: a task for each resource that is there, after the update of that resource, in the
 * order opposite to that in which they were made, and what was replaced after what replaced it. Mirrors
 * `Stack._compute_convg_dependencies`.
 *
 * It comes after everything else: names mean update tasks.
 */
export function addCleanUp({ stack, builder, action, existing }: Draft): void {
  if (!isUpdate(action)) return;
  const updates = new Map<ResourceState, { index: number; action: string }>();
  stack.resources.forEach((resource, index) => {
    const found = existing.best.get(resource.name);
    if (found !== undefined) updates.set(found, { index, action: updateAction(existing, resource) });
  });
  const tasks = addCleanUpTasks(builder, existing, (resource) => updates.get(resource)?.action);
  for (const [resource, { index }] of updates) {
    builder.edge(tasks.get(resource.id) as number, index, AFTER_UPDATE);
  }
  addComponentCleanUp(builder, existing, tasks);
}

/**
 * Adds the clean-up tasks and the edges among them; gives their indexes by the ids of the resources.
 *
 * @param updateOf the action of the task that updates the resource; undefined: there is none.
 */
export function addCleanUpTasks(
  builder: TaskGraphBuilder,
  existing: Existing,
  updateOf: (resource: ResourceState) => string | undefined,
): ReadonlyMap<string, number> {
  const tasks = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const resource of existing.resources) {
    const { name, type, definition } = resource;
    const { deletionPolicy } = definition;
    const index = builder.task({
      id: freeId(builder, name, counts),
      action: isGone(resource, updateOf(resource)) ? 'DELETE' : 'CLEANUP',
      name,
      type,
      scope: '',
      inputs: {
        ...existingInputs(resource),
        ...(deletionPolicy !== undefined && deletionPolicy !== 'Delete' && { deletion_policy: deletionPolicy }),
      },
    });
    tasks.set(resource.id, index);
  }
  for (const { id, requires, replaces } of existing.resources) {
    const index = tasks.get(id) as number;
    for (const requirement of requires) {
      const required = tasks.get(requirement.id);
      if (required === undefined) continue;
      for (const reason of requirement.reasons) builder.edge(required, index, reason);
    }
    const replaced = replaces === undefined ? undefined : tasks.get(replaces);
    if (replaced !== undefined) builder.edge(replaced, index, AFTER_REPLACEMENT);
  }
  return tasks;
}

/**
 * Whether it is known that the resource has to go. Otherwise its update decides; what never came to be is forgotten. What
 * has no update goes also where it was made from the template that a rollback goes back to, as what is half deleted may
 * be: Heat leaves that for ever.
 */
function isGone({ action }: ResourceState, update: string | undefined): boolean {
  return action !== 'INIT' && (update === undefined || update === 'REPLACE');
}

/**
 * The name, where no other task has it; else `name//cleanup`, `name//cleanup/2`, ... An empty step is in no path of a
 * nested stack's member, unless somebody gives empty names on purpose: then further slashes make it unique.
 */
function freeId(builder: TaskGraphBuilder, name: string, counts: Map<string, number>): string {
  if (builder.indexOf(name) < 0) return name;
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  let id = count === 1 ? `${name}//cleanup` : `${name}//cleanup/${count}`;
  while (builder.indexOf(id) >= 0) id += '/';
  return id;
}
