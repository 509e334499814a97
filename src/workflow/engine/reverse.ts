import type { ValueMap } from '../../values/value.ts';
import type { TaskDefinition } from '../model.ts';
import { requiredByOf, requirementsOf } from '../requirements.ts';
import { outbound } from './context.ts';
import { upstreamContext } from './direct.ts';
import type { Command, Execution, TaskRecord } from './records.ts';
import { WorkflowError } from './workflow-error.ts';

/** The task that is wanted. @throws WorkflowError when there is none of that name */
export function targetTask({ workflow, params }: Execution): TaskDefinition {
  const name = params.get('task_name');
  const task = typeof name === 'string' ? workflow.tasks.get(name) : undefined;
  if (task === undefined) throw new WorkflowError(`The reverse workflow '${workflow.name}' has no such task to run`);
  return task;
}

/** Counts what each wanted task waits for; the first are those that wait for nothing. */
export function startReverse(execution: Execution): Command[] {
  const requires = requirementsOf(execution.workflow);
  const missing = new Map<string, number>();
  execution.missing = missing;
  // Depth first, requirements before what requires them: the order in which those that are ready start.
  const stack: { name: string; next: number }[] = [{ name: targetTask(execution).name, next: 0 }];
  missing.set(stack[0]?.name as string, 0);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const required = requires.get(top.name) ?? [];
    const child = required[top.next++];
    if (child === undefined) {
      stack.pop();
      missing.set(top.name, required.length);
      execution.order.set(top.name, execution.order.size);
    } else if (!missing.has(child)) {
      missing.set(child, 0);
      stack.push({ name: child, next: 0 });
    }
  }
  const ready = [...execution.order.keys()].filter((name) => missing.get(name) === 0);
  return ready.map((name) => commandFor(execution, name, requires.get(name) ?? []));
}

/** The wanted tasks for which this one was the last that they waited for. */
export function nextReverse(task: TaskRecord): Command[] {
  const { execution, definition, state } = task;
  const { missing, order } = execution;
  if (missing === undefined || state !== 'SUCCESS') return [];
  const requires = requirementsOfExecution(execution);
  const ready: string[] = [];
  for (const name of requires.requiredBy.get(definition.name) ?? []) {
    const left = missing.get(name);
    if (left === undefined) continue;
    missing.set(name, left - 1);
    if (left === 1) ready.push(name);
  }
  ready.sort((a, b) => (order.get(a) as number) - (order.get(b) as number));
  return ready.map((name) => commandFor(execution, name, requires.requires.get(name) ?? []));
}

function commandFor(execution: Execution, name: string, required: readonly string[]): Command {
  const task = execution.workflow.tasks.get(name) as TaskDefinition;
  return { type: 'run', task, context: contextFrom(execution, required), event: null };
}

function contextFrom({ byName }: Execution, required: readonly string[]): ValueMap {
  return upstreamContext(required.flatMap((name) => byName.get(name) ?? []).filter(({ state }) => state === 'SUCCESS'));
}

export function reverseInbound(execution: Execution, task: TaskDefinition): ValueMap {
  return contextFrom(execution, requirementsOfExecution(execution).requires.get(task.name) ?? []);
}

export function reverseFinalContext(execution: Execution): ValueMap {
  const target = execution.byName.get(targetTask(execution).name);
  return target === undefined ? new Map() : outbound(target);
}

interface Requirements {
  readonly requires: ReadonlyMap<string, readonly string[]>;
  readonly requiredBy: ReadonlyMap<string, readonly string[]>;
}

const REQUIREMENTS = new WeakMap<Execution['workflow'], Requirements>();

function requirementsOfExecution({ workflow }: Execution): Requirements {
  let made = REQUIREMENTS.get(workflow);
  if (made === undefined) {
    const requires = requirementsOf(workflow);
    made = { requires, requiredBy: requiredByOf(requires) };
    REQUIREMENTS.set(workflow, made);
  }
  return made;
}
