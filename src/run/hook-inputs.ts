import type { Scope, Task } from '../graph/task.ts';
import type { HookCall } from '../hooks/hook-task.ts';
import type { Value, ValueMap } from '../values/value.ts';
import type { TaskFailure } from './failure.ts';
import type { TaskResult } from './result.ts';

/** What is known of the task that a hook belongs to. */
export interface HookTaskKnown {
  readonly task: Task;
  readonly result: TaskResult | undefined;
  /** Where the workflow does the task's own work. */
  readonly properties?: Value | undefined;
}

/**
 * What the handler of a workflow is given as inputs: the texts themselves, the resolved input, and what `env()` tells.
 */
export function hookInputs(
  call: HookCall,
  scope: Scope | undefined,
  input: Value,
  of: HookTaskKnown | undefined,
  failures: readonly TaskFailure[],
): ReadonlyMap<string, Value> {
  const text = (key: string): Value => scope?.files.get(key) ?? null;
  const inputs = new Map<string, Value>([
    [
      'hook',
      new Map([
        ['name', call.hook],
        ['point', call.point],
      ]),
    ],
    ['input', input],
  ]);
  if (call.workflow !== undefined) {
    inputs.set('workflow', text(call.workflow));
    inputs.set('start', call.start);
    if (call.library.length > 0) inputs.set('library', call.library.map(text));
    if (call.taskName !== undefined) inputs.set('task_name', call.taskName);
  }
  if (call.action !== undefined) inputs.set('action', call.action);
  if (of !== undefined) inputs.set('task', describeTask(of));
  const [first] = failures;
  if (first !== undefined) {
    inputs.set('failure', describeFailure(first));
    inputs.set('failures', failures.map(describeFailure));
  }
  return inputs;
}

function describeTask({ task, result, properties }: HookTaskKnown): ValueMap {
  const { id, name, type, action } = task;
  return new Map<Value, Value>([
    ['id', id],
    ['name', name],
    ['type', type],
    ['action', action],
    ['physical_id', result?.physicalId ?? null],
    ['attributes', result?.attributes ?? new Map()],
    ['outputs', result?.outputs ?? new Map()],
    ...(properties === undefined ? [] : ([['properties', properties]] as const)),
  ]);
}

function describeFailure({ task, code, message, attempt }: TaskFailure): ValueMap {
  return new Map<Value, Value>([
    ['task', task],
    ['code', code],
    ['message', message],
    ['attempt', attempt],
  ]);
}
