import { evaluate } from '../functions/evaluate.ts';
import { PythonError } from '../functions/python-error.ts';
import { toValue } from '../functions/to-value.ts';
import type { EdgeReason, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Component } from '../stack/components/component.ts';
import type { Stack } from '../stack/stack.ts';
import type { Value, ValueMap } from '../values/value.ts';
import type { ComponentState, ComponentStepState, Requirement, StateStatus } from './stack-state.ts';
import { hasBegun, resultOf, type TaskReport } from './task-report.ts';
import type { Traversal } from './traversal.ts';

const MAKES: ReadonlySet<string> = new Set(['CREATE', 'ADOPT', 'UPDATE']);

/** The components that a traversal leaves; undefined: there are none. */
export function componentsAfter(
  before: readonly ComponentState[] | undefined,
  { graph, stack, report }: Pick<Traversal, 'graph' | 'stack' | 'report'>,
): readonly ComponentState[] | undefined {
  const rows = new Map(before?.map((component) => [component.name, component]));
  for (const [name, tasks] of stepsByComponent(graph)) {
    const making = tasks.filter((index) => MAKES.has((graph.tasks[index] as Task).action));
    const definition = stack?.components.get(name);
    if (making.length > 0 && stack !== undefined && definition !== undefined) {
      const made = componentAfter(rows.get(name), { graph, stack, report }, definition, making);
      if (made !== undefined) rows.set(name, made);
    }
    for (const index of tasks) {
      const task = graph.tasks[index] as Task;
      const told = report(task.id);
      const row = rows.get(name);
      if (task.action !== 'DELETE' || row === undefined || !hasBegun(told)) continue;
      if (told.status === 'COMPLETE') rows.delete(name);
      else rows.set(name, { ...row, action: 'DELETE', status: statusOf([told]) });
    }
  }
  return rows.size === 0 ? undefined : [...rows.values()];
}

/** Undefined: nothing was done to it. */
function componentAfter(
  before: ComponentState | undefined,
  { graph, stack, report }: { graph: TaskGraph; stack: Stack; report: Traversal['report'] },
  definition: Component,
  making: readonly number[],
): ComponentState | undefined {
  const tasks = making.map((index) => graph.tasks[index] as Task);
  const told = tasks.map(({ id }) => report(id));
  if (!told.some(hasBegun)) return undefined;
  const steps = tasks.flatMap(({ inputs }, index): ComponentStepState[] => {
    const known = before?.steps.filter(({ step }) => step === inputs.step) ?? [];
    const one = told[index];
    return one?.status === 'COMPLETE' ? [stepAfter(String(inputs.step), one)] : known;
  });
  const resolved = told.findLast((one) => one?.status === 'COMPLETE')?.resolved;
  const server = resolved?.get('server') ?? before?.server;
  const unchanged = before !== undefined && told.every((one) => one?.decision === 'unchanged');
  return {
    name: definition.name,
    type: definition.resolvedType?.kind === 'plugin' ? definition.resolvedType.type : definition.type,
    action: unchanged ? before.action : before === undefined ? 'CREATE' : 'UPDATE',
    status: statusOf(told),
    steps,
    ...(typeof server === 'string' && { server }),
    removal: removalOf(stack, definition, resolved),
    requires: othersOf(
      graph,
      making,
      (index) => graph.requires(index),
      (index, other) => graph.reasons(index, other),
    ),
    // What other components need is told by themselves.
    requiredBy: othersOf(
      graph,
      making,
      (index) => graph.requiredBy(index),
      (index, other) => graph.reasons(other, index),
    ).filter(({ id }) => !stack.components.has(id)),
  };
}

// By which other servers the same is done.
const ELSEWHERE: ReadonlySet<Value> = new Set(['existing', 'server']);

function stepAfter(step: string, told: TaskReport): ComponentStepState {
  const inputs = new Map<Value, Value>();
  for (const [name, value] of told.resolved ?? []) if (!ELSEWHERE.has(name)) inputs.set(name, value);
  const { attributes = new Map(), outputs = new Map() } = resultOf(told);
  return { step, inputs, attributes, outputs };
}

/** The inputs of the task that takes it away, with values as they are now: later nobody knows what they were. */
function removalOf(stack: Stack, component: Component, resolved: TaskReport['resolved']): ValueMap {
  const { steps, configs, outputs } = component;
  const work = steps.get('delete');
  const removal = new Map<Value, Value>();
  if (steps.size > 0 || configs !== undefined) removal.set('triggered', work !== undefined);
  for (const [name, expression] of [['script', work?.script] as const, ['tool', work?.tool] as const]) {
    if (expression === undefined) continue;
    try {
      removal.set(name, evaluate(expression, stack.runtime));
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      removal.set(name, toValue(expression));
    }
  }
  for (const name of ['properties', 'inputs']) {
    const value = resolved?.get(name);
    if (value !== undefined) removal.set(name, value);
  }
  if (outputs.length > 0) removal.set('outputs', outputs);
  return removal;
}

function othersOf(
  graph: TaskGraph,
  making: readonly number[],
  neighbours: (index: number) => ArrayLike<number>,
  reasonsOf: (index: number, other: number) => readonly EdgeReason[],
): Requirement[] {
  const found = new Map<string, Requirement>();
  const own = new Set(making);
  for (const index of making) {
    for (const other of Array.from(neighbours(index))) {
      const { name, action } = graph.tasks[other] as Task;
      if (own.has(other) || found.has(name) || action === 'DELETE' || action === 'CLEANUP') continue;
      found.set(name, { id: name, reasons: reasonsOf(index, other) });
    }
  }
  return [...found.values()];
}

function stepsByComponent({ tasks }: TaskGraph): Map<string, number[]> {
  const steps = new Map<string, number[]>();
  tasks.forEach(({ name, inputs }, index) => {
    if (inputs.step === undefined) return;
    const known = steps.get(name);
    if (known === undefined) steps.set(name, [index]);
    else known.push(index);
  });
  return steps;
}

function statusOf(told: readonly (TaskReport | undefined)[]): StateStatus {
  if (told.every((one) => one?.status === 'COMPLETE')) return 'COMPLETE';
  return told.some((one) => one?.status === 'IN_PROGRESS') ? 'IN_PROGRESS' : 'FAILED';
}
