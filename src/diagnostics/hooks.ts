import type { Diagnostic, Place } from './diagnostic.ts';
import { type CycleStep, circularDependency } from './graph.ts';
import { didYouMean } from './suggest.ts';

/** Messages about hooks that are attached to graphs. A hook is called by its name, or by what it does. */

/** As much of a hook as its messages need. */
export interface HookSaid {
  readonly label: string;
  readonly place: Place | undefined;
}

function problem(
  code: string,
  { place }: Pick<HookSaid, 'place'>,
  message: string,
  expected?: string,
  hint?: string,
): Diagnostic {
  return {
    code,
    severity: 'error',
    message,
    ...(place !== undefined && { place }),
    ...(expected !== undefined && { expected }),
    ...(hint !== undefined && { hint }),
  };
}

export function hookPointUnknown(hook: HookSaid, found: string, known: readonly string[]): Diagnostic {
  const message = `The hook '${hook.label}' stands at '${found}', which is no place for a hook.`;
  return {
    ...problem(
      'HOOK_POINT_UNKNOWN',
      hook,
      message,
      'pre, post, pre-<action>, post-<action>, or an action with instead',
    ),
    ...didYouMean(found, known),
  };
}

export function hookWithoutPoint(hook: HookSaid): Diagnostic {
  return problem('HOOK_POINT_MISSING', hook, `The hook '${hook.label}' stands nowhere.`, 'at least one point in `at`');
}

/** Flags, points and contents of a hook that do not fit each other. */
export function hookContradicts(hook: HookSaid, what: string, expected: string, hint?: string): Diagnostic {
  return problem('HOOK_CONTRADICTS', hook, `The hook '${hook.label}' ${what}.`, expected, hint);
}

export function hookNameTaken(hook: HookSaid): Diagnostic {
  return problem('HOOK_NAME_TAKEN', hook, `There is another hook '${hook.label}'.`, 'a name that no other hook has');
}

export function hookNamedAsTask(hook: HookSaid, what: string): Diagnostic {
  const message = `The hook '${hook.label}' has the name of ${what}.`;
  return problem('HOOK_NAME_TAKEN', hook, message, 'a name that get_attr can tell from those of resources');
}

export function hookSelectsNothing(
  hook: HookSaid,
  selector: string,
  wanted: string | undefined,
  names: Iterable<string>,
  isBreakpoint: boolean,
): Diagnostic {
  const message = `The hook '${hook.label}' is attached to nothing: no task is ${selector}.`;
  return {
    ...problem('HOOK_SELECTS_NOTHING', hook, message, 'a selector that fits a task of the graph'),
    // Heat says nothing of a breakpoint that is never reached.
    ...(isBreakpoint && { severity: 'warning' as const }),
    ...(wanted !== undefined && didYouMean(wanted, names)),
  };
}

export function hookInsteadTwice(hook: HookSaid, task: string, other: string): Diagnostic {
  const message = `The hook '${hook.label}' would do the work of '${task}', which '${other}' does already.`;
  return problem('HOOK_INSTEAD_TWICE', hook, message, 'one hook with instead for a task');
}

export function hookCycle(hook: HookSaid | undefined, steps: readonly CycleStep[]): Diagnostic {
  const { heat: _, stage: __, message, ...cycle } = circularDependency(steps);
  if (hook === undefined) return { ...cycle, code: 'HOOK_CYCLE', message };
  return {
    ...cycle,
    code: 'HOOK_CYCLE',
    message: `With the hook '${hook.label}' ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    ...(hook.place !== undefined && { place: hook.place }),
    hint: 'A hook before a task cannot use what that task gives, or what requires it; attach it later.',
  };
}

export function hookStartMissing(hook: HookSaid, names: readonly string[]): Diagnostic {
  const message = `The document of the hook '${hook.label}' has ${names.length} workflows, and none was chosen.`;
  const expected = `start: one of ${names.map((name) => `'${name}'`).join(', ')}`;
  return problem('HOOK_START', hook, message, expected);
}

export function hookStartUnknown(hook: HookSaid, start: string, names: Iterable<string>): Diagnostic {
  const message = `The document of the hook '${hook.label}' has no workflow '${start}'.`;
  return { ...problem('HOOK_START', hook, message, 'a workflow of the document'), ...didYouMean(start, names) };
}

export function hookWithoutWorkflow(hook: HookSaid): Diagnostic {
  const message = `The document of the hook '${hook.label}' has actions and no workflow.`;
  return problem('HOOK_START', hook, message, 'a workflow', 'Give documents with actions as library.');
}

/** What is wrong with a workflow that a hook starts, told with the hook's place where it has none of its own. */
export function hookWorkflowWrong(hook: HookSaid, wrong: Diagnostic): Diagnostic {
  const message = `The hook '${hook.label}': ${wrong.message}`;
  const place = wrong.place ?? hook.place;
  return { ...wrong, message, ...(place !== undefined && { place }) };
}

/** What the hook gives its workflow does not fit it: the place is the hook's. */
export function hookInputWrong(hook: HookSaid, wrong: Diagnostic): Diagnostic {
  const related = wrong.place === undefined ? [] : [{ message: 'the workflow', place: wrong.place }];
  const { place: _, ...rest } = wrong;
  return {
    ...rest,
    message: `The hook '${hook.label}': ${wrong.message}`,
    ...(hook.place !== undefined && { place: hook.place }),
    ...(related.length > 0 && { related }),
  };
}

export function hookActionNeeds(hook: HookSaid, action: string, names: readonly string[]): Diagnostic {
  const message = `The hook '${hook.label}' does not give the action '${action}' what it needs: ${quoted(names)}.`;
  return problem('WORKFLOW_INPUT_MISSING', hook, message, 'a value for each parameter that must be given');
}

export function hookActionTakes(
  hook: HookSaid,
  action: string,
  names: readonly string[],
  known: readonly string[],
): Diagnostic {
  const message = `The hook '${hook.label}' gives the action '${action}' what it does not take: ${quoted(names)}.`;
  const expected = known.length === 0 ? 'no input' : `some of ${known.join(', ')}`;
  return { ...problem('WORKFLOW_INPUT_UNKNOWN', hook, message, expected), ...didYouMean(names[0] ?? '', known) };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

export function hookFunctionRefused(
  hook: HookSaid,
  functionName: string,
  message: string,
  expected: string,
  heat: string,
): Diagnostic {
  return {
    ...problem('HOOK_INPUT', hook, `The input of the hook '${hook.label}': ${message}`, `${functionName}: ${expected}`),
    heat,
  };
}

export function hookReferenceUnknown(hook: HookSaid, name: string, names: Iterable<string>): Diagnostic {
  const message = `The input of the hook '${hook.label}' refers to '${name}', which is neither a task nor a hook.`;
  return {
    ...problem('HOOK_REFERENCE_UNKNOWN', hook, message, 'a resource, a component, a hook, or $task'),
    ...didYouMean(name, names),
  };
}

export function hookWithoutTask(hook: HookSaid): Diagnostic {
  const message = `The input of the hook '${hook.label}' refers to $task, and a hook of the whole stack has no task.`;
  return problem('HOOK_REFERENCE_UNKNOWN', hook, message, 'the name of a resource');
}

/** Of a template compiled with the names of hooks that then were not attached. */
export function referenceToNothing(
  who: string,
  name: string,
  place: Place | undefined,
  names: Iterable<string>,
): Diagnostic {
  const message = `${who} refers to '${name}', and there is no such resource and no such hook.`;
  return {
    ...problem('HOOK_REFERENCE_UNKNOWN', { place }, message, 'a resource, or a hook that is attached'),
    ...didYouMean(name, names),
  };
}

export function hookNotAttached(who: string, name: string, place: Place | undefined): Diagnostic {
  return {
    ...problem(
      'HOOK_NOT_ATTACHED',
      { place },
      `${who} refers to the hook '${name}', which has no place in this graph: it has the outputs that an earlier run recorded, or none.`,
      'a hook that is attached',
      'Attach it at points of this graph too: at: [post-create, post-update].',
    ),
    severity: 'warning',
  };
}

export function hookTaskUnnamed(
  who: string,
  hook: string,
  found: string,
  place: Place | undefined,
  tasks: readonly string[],
): Diagnostic {
  const some = tasks.slice(0, 3).map((name) => `'${name}'`);
  const message = `${who} refers to '${found}' of the hook '${hook}', which is attached to ${tasks.length} tasks.`;
  const expected = `get_attr: [${hook}, <task>, <output>], where the task is ${some.join(', ')}${tasks.length > 3 ? ', ...' : ''}`;
  return { ...problem('HOOK_TASK_UNNAMED', { place }, message, expected), ...didYouMean(found, tasks) };
}

export function hookOnlyOnFailure(who: string, hook: string, place: Place | undefined): Diagnostic {
  const message = `${who} refers to the hook '${hook}', which runs only after a failure.`;
  return problem('HOOK_ON_FAILURE_REFERRED', { place }, message, 'a hook that runs when all is well');
}
