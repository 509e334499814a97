import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { hookCallOf } from '../hooks/hook-task.ts';
import type { TaskResult, UpdateDecision } from './result.ts';

type Results = (task: number) => TaskResult | undefined;

/** Whether what a hook is attached to has come to what the hook is for, as far as that is known by now. */
export function isHookDue(graph: TaskGraph, hook: Task, result: Results): boolean {
  const { of = '', point = '' } = hookCallOf(hook) ?? {};
  const index = graph.indexOf(of);
  const task = graph.tasks[index];
  if (task === undefined) return true;
  if (task.action === 'CLEANUP') return cleansUp(graph, index, result);
  if (task.action !== 'UPDATE' || hook.policy?.runsOn === 'failure') return true;
  const decisions = stepsOf(graph, index).map((step) => result(step)?.decision ?? 'updated');
  if (point === 'post-update') return decisions.includes('updated');
  return point !== 'post-replace' || decisions.includes('replaced');
}

/** Whether a clean-up has something to do: only where the update before it made a replacement. */
export function cleansUp(graph: TaskGraph, index: number, result: Results): boolean {
  const task = graph.tasks[index] as Task;
  return graph.requires(index).some((required) => {
    const other = graph.tasks[required] as Task;
    const isUpdate = other.name === task.name && other.scope === task.scope && other.action === 'UPDATE';
    return isUpdate && result(required)?.decision === 'replaced';
  });
}

/** The UPDATEs whose decisions say whether a hook before them has anything to do: their indexes. */
export function updatesToDecide(graph: TaskGraph, hook: Task): readonly number[] {
  const { of = '', point = '' } = hookCallOf(hook) ?? {};
  if (point !== 'pre-update' && point !== 'pre-replace') return [];
  const index = graph.indexOf(of);
  return graph.tasks[index]?.action === 'UPDATE' ? stepsOf(graph, index) : [];
}

/** @param decisions undefined: it cannot be told yet. */
export function isWantedBefore(hook: Task, decisions: readonly (UpdateDecision | undefined)[]): boolean {
  if (decisions.length === 0) return true;
  if (hookCallOf(hook)?.point === 'pre-replace') return decisions.includes('replaced');
  return decisions.some((decision) => decision !== 'unchanged');
}

/** The task, or the steps of its component, which follow one another. */
function stepsOf(graph: TaskGraph, index: number): readonly number[] {
  const { name, scope, inputs } = graph.tasks[index] as Task;
  if (inputs.step === undefined) return [index];
  const steps = new Set([index]);
  for (const step of steps) {
    for (const near of [...graph.requires(step), ...graph.requiredBy(step)]) {
      const other = graph.tasks[near] as Task;
      if (other.name === name && other.scope === scope && other.inputs.step !== undefined) steps.add(near);
    }
  }
  return [...steps];
}
