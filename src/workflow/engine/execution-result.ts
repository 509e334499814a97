import type { Value, ValueMap } from '../../values/value.ts';
import type { Execution, TaskRecord } from './records.ts';
import type { State } from './states.ts';
import { resultOf } from './user-model.ts';

/** How a run of a workflow stands or ended. */
export interface ExecutionResult {
  readonly id: string;
  readonly workflow: string;
  readonly state: State;
  readonly info: string | null;
  readonly output: ValueMap;
  /** In the order in which they began; a task is here once for each time that it was run. */
  readonly tasks: readonly TaskResult[];
}

export interface TaskResult {
  readonly id: string;
  readonly name: string;
  readonly state: State;
  readonly info: string | null;
  readonly result: Value;
  readonly published: ValueMap;
  /** What it ran, when it ran workflows. */
  readonly executions: readonly ExecutionResult[];
}

export function resultOfExecution(execution: Execution): ExecutionResult {
  const { id, workflow, state, info, output, tasks } = execution;
  return { id, workflow: workflow.name, state, info, output, tasks: tasks.map(resultOfTask) };
}

function resultOfTask(task: TaskRecord): TaskResult {
  const { id, definition, state, info, published, calls } = task;
  const executions = calls.flatMap(({ sub }) => (sub === undefined ? [] : [resultOfExecution(sub)]));
  return { id, name: definition.name, state, info, result: resultOf(task), published, executions };
}
