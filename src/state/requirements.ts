import type { TaskGraph } from '../graph/task-graph.ts';
import type { Requirement } from './stack-state.ts';

/** The action of hooks, which are no things of a stack. */
const HOOK = 'WORKFLOW';

/**
 * What a task requires, as requirements of resources: `idOf` gives the resource of a task, if it stands for one. What uses
 * the outputs of a hook stands on everything that the hook required: a hook is no resource.
 */
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
  for (const required of graph.requires(index)) {
    if (graph.tasks[required]?.action === HOOK) addHook(graph, index, required, idOf, requirements);
  }
  return requirements;
}

/** Where a task only comes after a hook, it requires what the hook is attached to by itself. */
function addHook(
  graph: TaskGraph,
  index: number,
  hook: number,
  idOf: (task: number) => string | undefined,
  requirements: Requirement[],
): void {
  const reasons = graph.reasons(index, hook).filter(({ kind }) => kind !== 'hook');
  if (reasons.length === 0) return;
  const known = new Set(requirements.map(({ id }) => id));
  const hooks = new Set([hook]);
  for (const one of hooks) {
    for (const required of graph.requires(one)) {
      const id = idOf(required);
      if (id === undefined && graph.tasks[required]?.action === HOOK) hooks.add(required);
      if (id === undefined || known.has(id)) continue;
      known.add(id);
      requirements.push({ id, reasons });
    }
  }
}
