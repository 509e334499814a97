import type { Value, ValueMap } from '../../values/value.ts';
import type { EngineFunctions, ExecutionFilter, TaskFilter } from '../expressions/scope.ts';
import type { Core } from './core.ts';
import type { CallRecord, Execution, TaskRecord } from './records.ts';
import { timeText } from './time-text.ts';

/** The functions of expressions that look at the run (`mistral/expressions/std_functions.py`). */
export function engineFunctions(core: Core, get: () => Execution): EngineFunctions {
  const root = (): Execution => get().root ?? get();
  return {
    env: () => root().env,
    global: (name) => get().context.get(name) ?? null,
    execution: () => executionModel(get()),
    executions: (filter) => executions(core, filter),
    task: (name) => {
      const { byName, tasks } = get();
      const found = byName.get(name as string) ?? tasks.find(({ id }) => id === name);
      return found === undefined ? null : taskModel(found);
    },
    tasks: (filter) => tasks(core, filter).map(taskModel),
    uuid: () => core.newId(`${get().path}/uuid`),
    now: () => core.now,
  };
}

/**
 * The result of a task: of its one call, or the list of all that count; with-items always gives a list, in the order of
 * the items (`get_task_execution_result`).
 */
export function resultOf({ definition, calls }: TaskRecord): Value {
  const results = calls
    .filter(({ accepted }) => accepted)
    .sort((a, b) => a.index - b.index)
    .map(callResult);
  if (definition.withItems.size > 0) return results;
  return results.length === 1 ? (results[0] as Value) : results;
}

function callResult({ sub, result, dropped }: CallRecord): Value {
  if (sub !== undefined) return sub.output;
  return dropped ? null : result;
}

function taskModel(task: TaskRecord): ValueMap {
  const { id, definition, state, info, published, execution, created, updated } = task;
  return new Map<Value, Value>([
    ['id', id],
    ['name', definition.name],
    ['spec', definition.spec],
    ['state', state],
    ['state_info', info],
    ['result', resultOf(task)],
    ['published', published],
    ['type', definition.workflow === undefined ? 'ACTION' : 'WORKFLOW'],
    ['workflow_execution_id', execution.id],
    ['created_at', timeText(created)],
    ['updated_at', timeText(updated)],
  ]);
}

function executionModel(execution: Execution): ValueMap {
  const { id, workflow, input, params, created, updated, root } = execution;
  return new Map<Value, Value>([
    ['id', id],
    ['name', workflow.name],
    ['spec', workflow.spec],
    ['input', input],
    ['params', params],
    ['created_at', timeText(created)],
    ['updated_at', timeText(updated)],
    ['root_execution_id', root?.id ?? null],
  ]);
}

function executions(core: Core, filter: ExecutionFilter): Value {
  const { id, rootExecutionId, state, fromTime, toTime } = filter;
  return [...core.executions.values()]
    .filter((execution) => {
      const created = timeText(execution.created);
      return (
        (id === null || execution.id === id) &&
        (rootExecutionId === null || execution.root?.id === rootExecutionId) &&
        (state === null || execution.state === state) &&
        (fromTime === null || created >= String(fromTime)) &&
        (toTime === null || created < String(toTime))
      );
    })
    .map(
      (execution) =>
        new Map<Value, Value>([
          ...executionModel(execution),
          ['state', execution.state],
          ['state_info', execution.info],
          ['output', execution.output],
        ]),
    );
}

function tasks(core: Core, { executionId, recursive, state, flat }: TaskFilter): TaskRecord[] {
  const start = executionId === null ? [...core.executions.values()] : [core.executions.get(executionId as string)];
  const found: TaskRecord[] = [];
  const pending = start.filter((execution) => execution !== undefined);
  for (let at = 0; at < pending.length; at++) {
    for (const task of (pending[at] as Execution).tasks) {
      found.push(task);
      if (!recursive || executionId === null) continue;
      for (const { sub } of task.calls) if (sub !== undefined) pending.push(sub);
    }
  }
  return found.filter((task) => (state === null || task.state === state) && (!flat || isLeaf(task)));
}

/** `flat`: of a task that runs workflows, only one that ended otherwise than they did. */
function isLeaf({ calls, state, definition }: TaskRecord): boolean {
  return definition.workflow === undefined || calls.every(({ sub }) => sub === undefined || sub.state !== state);
}
