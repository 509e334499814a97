import { truthy } from '../../values/equality.ts';
import type { ValueMap } from '../../values/value.ts';
import { startCalls } from './calls.ts';
import type { Core } from './core.ts';
import { inboundContext, nextCommands } from './direct.ts';
import { afterAttempt, beforeStart, startTimeout } from './policies.ts';
import { publish } from './publish.ts';
import type { Command, Execution, TaskRecord } from './records.ts';
import { nextReverse, reverseInbound } from './reverse.ts';
import { type FinalState, isCompleted, type State } from './states.ts';
import { workflowFault } from './workflow-error.ts';

/** Runs a task that a workflow wants next. */
export function runTask(core: Core, execution: Execution, command: Command): void {
  if (command.type === 'resume') {
    attempt(core, command.record, () => {
      core.setTask(command.record, 'RUNNING', null);
      startAgain(core, command.record);
    });
    return;
  }
  if (command.type !== 'run') return;
  const { task, context } = command;
  if (task.join !== undefined) {
    joinTask(core, execution, command.task, context);
    return;
  }
  const record = createTask(core, execution, command, 'RUNNING');
  attempt(core, record, () => {
    beforeStart(core, record);
    if (record.state === 'RUNNING') startCalls(core, record);
  });
}

/** A join waits from the first transition on; one that has been run and is led to again waits again. */
function joinTask(core: Core, execution: Execution, definition: TaskRecord['definition'], context: ValueMap): void {
  const known = execution.byName.get(definition.name);
  if (known === undefined) {
    createTask(core, execution, { type: 'run', task: definition, context, event: null }, 'WAITING');
  } else if (known.state !== 'WAITING') {
    core.setTask(known, 'WAITING', 'Waits for the tasks before it');
  }
}

function createTask(
  core: Core,
  execution: Execution,
  { task, context }: Command & { type: 'run' },
  state: State,
): TaskRecord {
  const run = (execution.runs.get(task.name) ?? 0) + 1;
  execution.runs.set(task.name, run);
  const path = `${execution.path}/${task.name.replaceAll('~', '~0').replaceAll('/', '~1')}/${run}`;
  const record: TaskRecord = {
    id: core.newId(path),
    path,
    definition: task,
    execution,
    created: core.now,
    updated: core.now,
    state,
    info: state === 'WAITING' ? 'Waits for the tasks before it' : null,
    context,
    published: new Map(),
    next: [],
    errorHandled: false,
    processed: false,
    calls: [],
    retries: 0,
    waitedAfter: false,
    timedOut: false,
    concurrency: 0,
    loop: undefined,
    completed: 0,
  };
  execution.tasks.push(record);
  execution.byName.set(task.name, record);
  execution.incomplete++;
  execution.joins.started(task.name);
  core.tell(record);
  return record;
}

/** Carries on with a task whose wait is over, or whose join has been reached. */
export function continueTask(core: Core, task: TaskRecord): void {
  if (isCompleted(task.state) || isCompleted(task.execution.state)) return;
  if (task.state === 'WAITING') {
    refreshJoin(core, task);
    return;
  }
  attempt(core, task, () => {
    core.setTask(task, 'RUNNING', null);
    startAgain(core, task);
  });
}

/** Runs a task once more from its beginning, policies included. */
export function runAgain(core: Core, task: TaskRecord): void {
  task.execution.joins.started(task.definition.name);
  attempt(core, task, () => {
    core.setTask(task, 'RUNNING', null);
    beforeStart(core, task);
    if (task.state === 'RUNNING') startAgain(core, task);
  });
}

function startAgain(core: Core, task: TaskRecord): void {
  const { execution, definition } = task;
  task.processed = false;
  const inbound =
    execution.workflow.type === 'direct'
      ? inboundContext(execution, definition)
      : reverseInbound(execution, definition);
  if (inbound.size > 0) task.context = new Map([...task.context, ...inbound]);
  startCalls(core, task);
}

/** Starts or fails a join when the tasks before it have decided (`_refresh_task_state`). */
function refreshJoin(core: Core, task: TaskRecord): void {
  const { execution, definition } = task;
  if (isCompleted(task.state) || task.state === 'RUNNING' || isCompleted(execution.state)) return;
  const logical = execution.joins.state(definition.name, definition.join ?? 'all');
  if (logical.state === 'ERROR') {
    completeTask(core, task, 'ERROR', `Not reached from ${logical.failedBy.map((name) => `'${name}'`).join(', ')}`);
  } else if (logical.state === 'RUNNING') {
    attempt(core, task, () => {
      core.setTask(task, 'RUNNING', null);
      if (task.calls.length === 0) startTimeout(core, task);
      startAgain(core, task);
    });
  }
}

/** A task, or an attempt of it, has ended. */
export function completeTask(core: Core, task: TaskRecord, state: FinalState, info: string | null): void {
  if (isCompleted(task.state)) return;
  attempt(core, task, () => complete(core, task, state, info));
}

function complete(core: Core, task: TaskRecord, state: FinalState, info: string | null): void {
  const { execution } = task;
  core.setTask(task, state, info);
  publish(core, task);
  if (!truthy(task.definition.keepResult)) for (const call of task.calls) call.dropped = true;
  afterAttempt(core, task);
  if (!isCompleted(task.state)) return;
  const commands = isCompleted(execution.state) ? [] : nextOf(core, task);
  task.next = commands.flatMap((command) =>
    command.type === 'run' ? [{ target: command.task.name, event: command.event }] : [],
  );
  if (task.state === 'ERROR') task.errorHandled = commands.some(({ event }) => event === 'on-error');
  if (execution.state === 'PAUSED') {
    // A direct workflow finds them again when it is resumed; a reverse one has counted them.
    if (execution.workflow.type === 'reverse') execution.backlog.push(...commands);
    return;
  }
  task.processed = true;
  if (task.next.length === 0 || execution.workflow.type === 'reverse')
    core.later(() => core.do.checkCompletion(execution));
  core.do.dispatch(execution, commands);
}

function nextOf(core: Core, task: TaskRecord): Command[] {
  return task.execution.workflow.type === 'direct' ? nextCommands(core, task) : nextReverse(task);
}

/** What is wrong with the workflow itself fails the task and the workflow, past on-error (`force_fail_task`). */
export function attempt(core: Core, task: TaskRecord, step: () => void): void {
  try {
    step();
  } catch (error) {
    const message = workflowFault(error);
    core.setTask(task, 'ERROR', message);
    core.do.failExecution(task.execution, message);
    return;
  }
  refreshAffected(core, task);
}

function refreshAffected(core: Core, task: TaskRecord): void {
  const { execution } = task;
  if (!isCompleted(task.state) || isCompleted(execution.state) || execution.workflow.type !== 'direct') return;
  for (const name of execution.joins.ended(task)) {
    const join = execution.byName.get(name);
    if (join !== undefined) core.later(() => refreshJoin(core, join));
  }
}

/** Decides joins that wait for what can no longer come. */
export function releaseStuckJoins(core: Core): void {
  for (const execution of core.executions.values()) {
    if (execution.state !== 'RUNNING' || execution.incomplete === 0) continue;
    for (const name of execution.joins.stuck(execution)) {
      const join = execution.byName.get(name);
      if (join !== undefined) core.later(() => refreshJoin(core, join));
    }
  }
}
