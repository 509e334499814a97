import { truthy } from '../../values/equality.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import { mergeMaps } from '../merge-maps.ts';
import { transitionsOf, type WorkflowTransitions } from '../transitions.ts';
import { callEnded } from './call-results.ts';
import { inOrder } from './commands.ts';
import { envOf, evaluateMap, scopeOf } from './context.ts';
import type { Core, ExecutionStart } from './core.ts';
import { finalContext, startCommands } from './direct.ts';
import { JoinTracker } from './join-tracker.ts';
import { pauseExecution, subExecutions } from './pause.ts';
import type { Command, Execution, TaskRecord } from './records.ts';
import { reverseFinalContext, startReverse, targetTask } from './reverse.ts';
import { type FinalState, isCompleted } from './states.ts';
import { runTask } from './tasks.ts';
import { engineFunctions } from './user-model.ts';
import { WorkflowError, workflowFault } from './workflow-error.ts';

/** Workflows within workflows; one that runs itself would never end otherwise. */
const DEEPEST = 50;

const TRANSITIONS = new WeakMap<Execution['workflow'], WorkflowTransitions>();

function transitionsFor(workflow: Execution['workflow']): WorkflowTransitions {
  let made = TRANSITIONS.get(workflow);
  if (made === undefined) {
    made = transitionsOf(workflow);
    TRANSITIONS.set(workflow, made);
  }
  return made;
}

/** Makes a run of a workflow and starts its first tasks. @throws WorkflowError, ExpressionError */
export function startExecution(core: Core, start: ExecutionStart): Execution {
  const { workflow, input, params, parent } = start;
  const above = parent?.task.execution;
  const depth = (above?.depth ?? 0) + 1;
  if (depth > DEEPEST) throw new WorkflowError(`Workflows run each other more than ${DEEPEST} deep`);
  const filled = withDefaults(workflow, input);
  const path = parent === undefined ? '' : `${parent.task.path}/${parent.index}/${parent.task.retries}`;
  const id = core.newId(path);
  const transitions = transitionsFor(workflow);
  const env = params.get('env');
  const execution: Execution = {
    id,
    path,
    runs: new Map(),
    workflow,
    transitions,
    parent,
    root: above?.root ?? above,
    depth,
    input: filled,
    env: env instanceof Map ? (env as ValueMap) : new Map(),
    params,
    created: core.now,
    functions: engineFunctions(core, () => execution),
    updated: core.now,
    state: 'IDLE',
    info: null,
    context: new Map<Value, Value>([['__execution', new Map<Value, Value>([['id', id]])]]),
    output: new Map(),
    accepted: false,
    tasks: [],
    byName: new Map(),
    incomplete: 0,
    backlog: [],
    joins: new JoinTracker(workflow, transitions),
    missing: undefined,
    order: new Map(),
  };
  if (workflow.type === 'reverse') targetTask(execution);
  const scope = scopeOf(execution, [envOf(execution), execution.context, filled]);
  execution.context = mergeMaps(execution.context, evaluateMap(core, workflow.vars, scope));
  core.executions.set(id, execution);
  start.created?.(execution);
  core.setWorkflow(execution, 'RUNNING', null);
  dispatch(core, execution, workflow.type === 'direct' ? startCommands(execution) : startReverse(execution));
  core.later(() => checkCompletion(core, execution));
  return execution;
}

/** @throws WorkflowError for an input that is missing, or that the workflow does not have */
function withDefaults({ name, input }: Execution['workflow'], given: ValueMap): ValueMap {
  const missing = Array.from(input)
    .filter(([key, fallback]) => fallback === undefined && !given.has(key))
    .map(([key]) => key);
  if (missing.length > 0) throw new WorkflowError(`The workflow '${name}' needs the input ${missing.join(', ')}`);
  const filled = new Map(given);
  for (const [key, fallback] of input) if (!filled.has(key)) filled.set(key, fallback ?? null);
  return filled;
}

/** Carries out what was kept back, then what is wanted now. */
export function dispatch(core: Core, execution: Execution, commands: readonly Command[]): void {
  const { backlog } = execution;
  execution.backlog = [];
  for (const list of [backlog, commands]) {
    for (const command of inOrder(list)) {
      if (isCompleted(execution.state)) break;
      if (execution.state === 'PAUSED') execution.backlog.push(command);
      else carryOut(core, execution, command);
    }
  }
}

function carryOut(core: Core, execution: Execution, command: Command): void {
  switch (command.type) {
    case 'run':
    case 'resume':
      runTask(core, execution, command);
      break;
    case 'fail':
      failExecution(core, execution, command.message);
      break;
    case 'succeed':
      succeed(core, execution, command.message);
      break;
    case 'pause':
      pauseExecution(core, execution, command.message);
      break;
    case 'noop':
      break;
  }
}

export function cancelExecution(core: Core, execution: Execution, message: string | null): void {
  if (isCompleted(execution.state)) return;
  const subs = subExecutions(execution);
  finish(core, execution, 'CANCELLED', message, new Map([['result', message]]));
  for (const sub of subs) cancelExecution(core, sub, message);
}

/** When no task is left: cancelled, failed by an error that nothing handled, or a success. */
export function checkCompletion(core: Core, execution: Execution): void {
  if (execution.state === 'PAUSED' || isCompleted(execution.state)) return;
  if (execution.incomplete > 0) return;
  try {
    const { tasks } = execution;
    const cancelled = tasks.filter(({ state }) => state === 'CANCELLED');
    if (cancelled.length > 0) {
      cancelExecution(core, execution, `Cancelled: ${namesOf(cancelled)}`);
      return;
    }
    const failed = tasks.filter(({ state, errorHandled }) => state === 'ERROR' && !errorHandled);
    if (failed.length === 0) succeed(core, execution, null);
    else failExecution(core, execution, failMessage(failed));
  } catch (error) {
    failExecution(core, execution, workflowFault(error));
  }
}

function namesOf(tasks: readonly TaskRecord[]): string {
  return tasks
    .map(({ definition }) => `'${definition.name}'`)
    .sort()
    .join(', ');
}

function failMessage(failed: readonly TaskRecord[]): string {
  const lines = failed.map(({ definition, info }) => `${definition.name}: ${info ?? 'failed'}`).sort();
  return `Failed: ${namesOf(failed)}\n${lines.join('\n')}`;
}

/** @throws ExpressionError */
function succeed(core: Core, execution: Execution, message: string | null): void {
  const context = contextAtEnd(execution);
  finish(core, execution, 'SUCCESS', message, outputOf(core, execution, execution.workflow.output, context));
}

/** A paused workflow cannot fail: it goes on when it is resumed. */
export function failExecution(core: Core, execution: Execution, message: string | null): void {
  if (execution.state === 'PAUSED' || isCompleted(execution.state)) return;
  let info = message;
  let output: ValueMap = new Map();
  try {
    output = outputOf(core, execution, execution.workflow.outputOnError, contextAtEnd(execution));
  } catch (error) {
    info = `output-on-error cannot be evaluated: ${workflowFault(error)}; the cause was: ${message ?? ''}`;
  }
  finish(core, execution, 'ERROR', info, mergeMaps(new Map([['result', info]]), output));
}

/** An output that is empty, or not given, is everything that was published. */
function outputOf(core: Core, execution: Execution, output: ValueMap, context: ValueMap): ValueMap {
  const scope = scopeOf(execution, [context, envOf(execution), execution.context, execution.input]);
  const evaluated = evaluateMap(core, output, scope);
  return truthy(evaluated) ? evaluated : context;
}

function contextAtEnd(execution: Execution): ValueMap {
  return execution.workflow.type === 'direct' ? finalContext(execution) : reverseFinalContext(execution);
}

function finish(core: Core, execution: Execution, state: FinalState, info: string | null, output: ValueMap): void {
  execution.output = output;
  core.setWorkflow(execution, state, info);
  if (execution.parent === undefined) return;
  const { id } = execution;
  core.later(() => {
    const call = core.calls.get(id);
    if (call !== undefined) callEnded(core, call, state, null);
  });
}
