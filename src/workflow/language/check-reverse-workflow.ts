import type { Path } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { requiresCycle, unknownTask } from '../../diagnostics/workflow.ts';
import type { WorkflowDefinition } from '../model.ts';
import { requiredByOf, requirementsOf } from '../requirements.ts';
import type { Reader } from './reader.ts';

/** Tasks that are required exist; those that wait for each other are a warning, as Mistral takes them. */
export function checkReverseWorkflow(workflow: WorkflowDefinition, path: Path, reader: Reader): void {
  const requires = requirementsOf(workflow);
  const names = [...workflow.tasks.keys()];
  let known = true;
  for (const [task, required] of requires) {
    for (const name of required) {
      if (workflow.tasks.has(name)) continue;
      known = false;
      const own = workflow.tasks.get(task)?.requires.includes(name) === true;
      const place = own ? [...path, 'tasks', task, 'requires'] : [...path, 'task-defaults', 'requires'];
      reader.report(unknownTask(name, suggest(name, names), false), place);
    }
  }
  if (!known) return;
  const stuck = tasksInCycles(requires);
  if (stuck.length > 0) reader.report(requiresCycle(stuck), [...path, 'tasks'], 'key');
}

/** What is left when tasks whose requirements are gone are taken away, again and again. */
function tasksInCycles(requires: ReadonlyMap<string, readonly string[]>): string[] {
  const missing = new Map(Array.from(requires, ([task, required]) => [task, required.length]));
  const requiredBy = requiredByOf(requires);
  const ready = [...missing].filter(([, count]) => count === 0).map(([task]) => task);
  for (let task = ready.pop(); task !== undefined; task = ready.pop()) {
    missing.delete(task);
    for (const next of requiredBy.get(task) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return [...missing.keys()];
}
