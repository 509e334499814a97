import type { Task } from '../graph/task.ts';
import { isMap, type Value, type ValueMap } from '../values/value.ts';

/**
 * What a hook is in a graph: data alone. A hook is a task of action `WORKFLOW`; one that does a task's work itself
 * stands in the inputs of that task, under `instead`.
 */

/** Action of a task that is a hook. */
export const WORKFLOW_ACTION = 'WORKFLOW';
/** Key of the handler that runs workflows. */
export const WORKFLOW_HANDLER = 'workflow';
/** Input of a task whose work a workflow does. */
export const INSTEAD = 'instead';
/** By this name functions in the input of a hook refer to the thing of the task that it is attached to. */
export const OWN_TASK = '$task';

/** The workflow of a hook, as it stands in inputs. Texts are in the scope's `files`: many tasks share them. */
export interface HookCall {
  /** What the hook is called. */
  readonly hook: string;
  readonly point: string;
  /** Id of the task that it is attached to; undefined for a hook of the whole graph. */
  readonly of: string | undefined;
  /** Key of the document in the scope's `files`. */
  readonly workflow: string | undefined;
  /** One action in place of a workflow. With neither it is a breakpoint. */
  readonly action: string | undefined;
  /** Name of the workflow in it. */
  readonly start: string;
  /** Keys of further documents. */
  readonly library: readonly string[];
  readonly taskName: string | undefined;
  /** Unresolved. */
  readonly input: ValueMap;
}

const NO_INPUT: ValueMap = new Map();

/** Whether it was made by `attachHooks`; a host may have tasks of that action for itself. */
export function isHookTask({ action, inputs }: Task): boolean {
  return action === WORKFLOW_ACTION && inputs.hook !== undefined;
}

/** Whether a workflow does the task's own work. */
export function hasInstead({ inputs }: Task): boolean {
  return inputs[INSTEAD] !== undefined;
}

/** What a hook task or a task with `instead` runs; undefined for any other task. */
export function hookCallOf(task: Task): HookCall | undefined {
  if (isHookTask(task)) return readCall((key) => task.inputs[key]);
  const instead = task.inputs[INSTEAD];
  return instead !== undefined && isMap(instead) ? readCall((key) => instead.get(key)) : undefined;
}

function readCall(get: (key: string) => Value | undefined): HookCall {
  const text = (key: string): string | undefined => {
    const value = get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const library = get('library');
  const input = get('input');
  return {
    hook: text('hook') ?? '',
    point: text('point') ?? '',
    of: text('of'),
    workflow: text('workflow'),
    action: text('action'),
    start: text('start') ?? '',
    library: Array.isArray(library) ? library.filter((key) => typeof key === 'string') : [],
    taskName: text('task_name'),
    input: input !== undefined && isMap(input) ? input : NO_INPUT,
  };
}

/** The entries of a call for inputs; what is absent is left out. */
export function writeCall(call: HookCall): ReadonlyMap<string, Value> {
  const entries: [string, Value | undefined][] = [
    ['hook', call.hook],
    ['point', call.point],
    ['of', call.of],
    ['workflow', call.workflow],
    ['action', call.action],
    ['start', call.workflow === undefined ? undefined : call.start],
    ['library', call.library.length === 0 ? undefined : call.library],
    ['task_name', call.taskName],
    ['input', call.input.size === 0 ? undefined : call.input],
  ];
  return new Map(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
