import type { TaskGraph } from '../graph/task-graph.ts';
import type { Requirement } from './stack-state.ts';

/** What a task requires, as requirements of resources: `idOf` gives the resource of a task, if it stands for one. */
export function requirementsIn(
  graph: TaskGraph,
  index: number,
  idOf: (task: number) => string | undefined,
): readonly Requirement[] {
  const requirements: Requirement[] = [];
  for (const required of graph.requires(index)) {
    const id = idOf(required);
    if (id !== undefined) requirements.push({ id, reasons: graph.reasons(index, required) });
  }
  return requirements;
}
