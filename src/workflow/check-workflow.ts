import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import {
  adHocCycle,
  inputMissing,
  inputUnknown,
  targetTaskMissing,
  unknownAction,
  unknownWorkflow,
} from '../diagnostics/workflow.ts';
import type { ValueMap } from '../values/value.ts';
import type { ActionCatalog } from './action-catalog.ts';
import { hasExpression } from './language/text-patterns.ts';
import type { AdHocAction, WorkflowDefinition, WorkflowLibrary } from './model.ts';

export interface WorkflowStart {
  readonly input?: ValueMap;
  readonly taskName?: string;
}

/**
 * What stands against running a workflow: inputs, actions and sub-workflows that do not exist, in it and in everything
 * that it can reach. Names that are expressions are known only when the task runs.
 */
export function checkWorkflow(
  workflow: WorkflowDefinition,
  library: WorkflowLibrary,
  catalog: ActionCatalog,
  start?: WorkflowStart,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = start === undefined ? [] : checkStart(workflow, start);
  const report = (problem: Diagnostic, place: Place | undefined): void => {
    diagnostics.push({ ...problem, ...(place !== undefined && { place }) });
  };
  const seen = new Set([workflow.name]);
  const checked = new Set<string>();
  const pending = [workflow];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    for (const task of one.tasks.values()) {
      if (task.workflow !== undefined && !hasExpression(task.workflow)) {
        const found = local(one, task.workflow, library.workflows) ?? library.workflows.get(task.workflow);
        if (found === undefined)
          report(unknownWorkflow(task.workflow, suggest(task.workflow, library.workflows.keys())), task.place);
        else if (!seen.has(found.name)) {
          seen.add(found.name);
          pending.push(found);
        }
      } else if (task.action !== undefined && !hasExpression(task.action)) {
        const found = local(one, task.action, library.actions) ?? library.actions.get(task.action);
        if (found !== undefined) checkAdHoc(found, library, catalog, checked, report);
        else if (catalog.find(task.action) === undefined) {
          report(
            unknownAction(task.action, suggest(task.action, [...catalog.names(), ...library.actions.keys()])),
            task.place,
          );
        }
      }
    }
  }
  return diagnostics;
}

function local<T>({ workbook }: WorkflowDefinition, name: string, all: ReadonlyMap<string, T>): T | undefined {
  return workbook === undefined ? undefined : all.get(`${workbook}.${name}`);
}

function checkAdHoc(
  action: AdHocAction,
  library: WorkflowLibrary,
  catalog: ActionCatalog,
  checked: Set<string>,
  report: (problem: Diagnostic, place: Place | undefined) => void,
): void {
  const chain = new Set<string>();
  let one: AdHocAction | undefined = action;
  while (one !== undefined) {
    if (chain.has(one.name)) {
      report(adHocCycle(action.name), action.place);
      return;
    }
    if (checked.has(one.name)) return;
    chain.add(one.name);
    checked.add(one.name);
    const next: AdHocAction | undefined = library.actions.get(one.base);
    if (next === undefined && !hasExpression(one.base) && catalog.find(one.base) === undefined) {
      report(unknownAction(one.base, suggest(one.base, [...catalog.names(), ...library.actions.keys()])), one.place);
    }
    one = next;
  }
}

function checkStart({ name, input, type, tasks, place }: WorkflowDefinition, start: WorkflowStart): Diagnostic[] {
  const given = start.input ?? new Map();
  const at = place === undefined ? {} : { place };
  const diagnostics: Diagnostic[] = [];
  const missing = Array.from(input)
    .filter(([key, fallback]) => fallback === undefined && !given.has(key))
    .map(([key]) => key);
  if (missing.length > 0) diagnostics.push({ ...inputMissing(name, missing), ...at });
  const unknown = [...given.keys()].map(String).filter((key) => !input.has(key));
  if (unknown.length > 0)
    diagnostics.push({ ...inputUnknown(name, unknown, suggest(unknown[0] as string, input.keys())), ...at });
  if (type === 'reverse' && (start.taskName === undefined || !tasks.has(start.taskName))) {
    diagnostics.push({ ...targetTaskMissing(name, start.taskName), ...at });
  }
  return diagnostics;
}
