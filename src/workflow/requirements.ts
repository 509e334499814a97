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
