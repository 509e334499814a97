import type { WorkflowDefinition } from './model.ts';

/** What each task of a reverse workflow requires, with those of task-defaults, itself left out. */
export function requirementsOf({ tasks, defaults }: WorkflowDefinition): ReadonlyMap<string, readonly string[]> {
  const shared = defaults?.requires ?? [];
  return new Map(
    Array.from(tasks.values(), ({ name, requires }) => {
      const all = new Set([...requires, ...shared]);
      all.delete(name);
      return [name, [...all]] as const;
    }),
  );
}

/** The same the other way round: by which tasks each is required. */
export function requiredByOf(requires: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const requiredBy = new Map<string, string[]>();
  for (const [task, required] of requires) {
    for (const name of required) {
      const list = requiredBy.get(name);
      if (list === undefined) requiredBy.set(name, [task]);
      else list.push(task);
    }
  }
  return requiredBy;
}
