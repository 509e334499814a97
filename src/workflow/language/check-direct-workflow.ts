import type { Path } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import {
  commandNamedTask,
  joinTooHigh,
  joinWithoutParents,
  noStartTask,
  unknownTask,
} from '../../diagnostics/workflow.ts';
import { ENGINE_COMMANDS, type OnClause, type WorkflowDefinition } from '../model.ts';
import { transitionsOf } from '../transitions.ts';
import type { Reader } from './reader.ts';

/** Tasks that transitions name exist, one can be the first, joins can be reached (`DirectWorkflowSpec.validate_semantics`). */
export function checkDirectWorkflow(workflow: WorkflowDefinition, path: Path, reader: Reader): void {
  const { of, inbound } = transitionsOf(workflow);
  const names = [...workflow.tasks.keys()];
  if (names.every((name) => inbound.has(name)))
    reader.report(noStartTask(workflow.localName), [...path, 'tasks'], 'key');
  const defaulted = new Set(of.keys());
  for (const task of workflow.tasks.values()) {
    const clauses = [
      ['on-success', task.onSuccess],
      ['on-error', task.onError],
      ['on-complete', task.onComplete],
    ] as const;
    for (const [key, clause] of clauses)
      checkTargets(clause, workflow, names, [...path, 'tasks', task.name, key], reader);
    const parents = inbound.get(task.name)?.length ?? 0;
    const place = [...path, 'tasks', task.name, 'join'];
    if (task.join === 'all' && parents === 0) reader.report(joinWithoutParents(task.name), place);
    else if (task.join !== undefined && task.join !== 'all') {
      const wanted = task.join === 'one' ? 1 : task.join;
      if (parents < wanted) reader.report(joinTooHigh(task.name, String(task.join), parents), place);
    }
    if (ENGINE_COMMANDS.has(task.name))
      reader.report(commandNamedTask(task.name), [...path, 'tasks', task.name], 'key');
  }
  const { defaults } = workflow;
  if (defaults === undefined || defaulted.size === 0) return;
  const clauses = [
    ['on-success', defaults.onSuccess],
    ['on-error', defaults.onError],
    ['on-complete', defaults.onComplete],
  ] as const;
  for (const [key, clause] of clauses) {
    // Defaults that no task uses are not looked at.
    const used = clause?.next.filter(({ target }) => inbound.has(target)) ?? [];
    checkTargets({ next: used }, workflow, names, [...path, 'task-defaults', key], reader);
  }
}

function checkTargets(
  clause: OnClause | undefined,
  workflow: WorkflowDefinition,
  names: readonly string[],
  path: Path,
  reader: Reader,
): void {
  for (const { target } of clause?.next ?? []) {
    if (workflow.tasks.has(target) || ENGINE_COMMANDS.has(target)) continue;
    reader.report(unknownTask(target, suggest(target, [...names, ...ENGINE_COMMANDS]), true), path);
  }
}
