import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { EdgeReason } from '../graph/task.ts';
import type { ComponentState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';
import type { Existing } from './existing.ts';

const AFTER_UPDATE: EdgeReason = { kind: 'implicit', rule: 'cleanup-after-update' };

/**
 * Adds a task `component/delete` for each component that is there: backwards, before what it needs goes, its server
 * above all, and after what needs it. What stays has such a task as well, which does something only where the component
 * was made anew on another server.
 *
 * @param cleanUps the clean-up tasks of resources, by the ids of these.
 */
export function addComponentCleanUp(
  builder: TaskGraphBuilder,
  { components, resources }: Existing,
  cleanUps: ReadonlyMap<string, number>,
): void {
  if (components.length === 0) return;
  const steps = stepsByName(builder);
  const tasks = new Map<string, number>();
  for (const component of components) {
    const { name, type } = component;
    const own = steps.get(name) ?? [];
    const action = own.length > 0 ? 'CLEANUP' : 'DELETE';
    const index = builder.task({
      id: `${name}/delete`,
      action,
      name,
      type,
      scope: '',
      inputs: removalInputs(component),
    });
    for (const step of own) builder.edge(index, step, AFTER_UPDATE);
    tasks.set(name, index);
  }
  const cleanUpsOf = new Map<string, number[]>();
  for (const { id, name } of resources) {
    const index = cleanUps.get(id);
    if (index !== undefined) cleanUpsOf.set(name, [...(cleanUpsOf.get(name) ?? []), index]);
  }
  for (const { name, requires, requiredBy } of components) {
    const index = tasks.get(name) as number;
    for (const { id, reasons } of requires) {
      const other = tasks.get(id);
      for (const required of other === undefined ? (cleanUpsOf.get(id) ?? []) : [other]) {
        for (const reason of reasons) builder.edge(required, index, reason);
      }
    }
    for (const { id, reasons } of requiredBy) {
      for (const requirer of cleanUpsOf.get(id) ?? [])
        for (const reason of reasons) builder.edge(index, requirer, reason);
    }
  }
}

function removalInputs({ removal, server }: ComponentState): Record<string, Value> {
  const inputs: Record<string, Value> = { step: 'delete' };
  for (const [key, value] of removal) if (typeof key === 'string' && INPUTS.has(key)) inputs[key] = value;
  return server === undefined ? inputs : { ...inputs, server };
}

const INPUTS: ReadonlySet<string> = new Set(['triggered', 'script', 'tool', 'properties', 'inputs', 'outputs']);

function stepsByName(builder: TaskGraphBuilder): Map<string, number[]> {
  const steps = new Map<string, number[]>();
  let index = 0;
  for (const { name, inputs } of builder.build().tasks) {
    if (inputs.step !== undefined) steps.set(name, [...(steps.get(name) ?? []), index]);
    index++;
  }
  return steps;
}
