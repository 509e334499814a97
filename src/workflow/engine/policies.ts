import { truthy } from '../../values/equality.ts';
import { repr } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import type { Policies } from '../model.ts';
import { evaluate, outbound, taskScope } from './context.ts';
import type { Core } from './core.ts';
import type { TaskRecord } from './records.ts';
import { isCompleted, type State } from './states.ts';
import { WorkflowError } from './workflow-error.ts';

/** Each policy of the task's own, or of task-defaults where it has none (`construct_policies_list`). */
function policiesOf({ definition, execution }: TaskRecord): Policies {
  return { ...execution.workflow.defaults?.policies, ...definition.policies };
}

/**
 * Before the first attempt, in Mistral's order: pause-before, wait-before, retry (looked at only), timeout, concurrency.
 * The task may be IDLE or DELAYED afterwards. A task that joins has only its timeout, from when it is reached.
 *
 * @throws WorkflowError, ExpressionError
 */
export function beforeStart(core: Core, task: TaskRecord): void {
  const policies = policiesOf(task);
  if (flag(core, task, 'pause-before', policies.pauseBefore)) {
    core.setTask(task, 'IDLE', 'Held back by pause-before');
    core.do.pauseExecution(task.execution, null);
  }
  const wait = amount(core, task, 'wait-before', policies.waitBefore);
  if (wait > 0 && current(task) !== 'IDLE') {
    core.setTask(task, 'DELAYED', `Waits ${wait} s by wait-before`);
    core.after(wait, task, () => core.do.continueTask(task));
  }
  amount(core, task, 'wait-after', policies.waitAfter);
  amount(core, task, 'retry', policies.retry?.count);
  amount(core, task, 'retry', policies.retry?.delay);
  startTimeout(core, task);
  task.concurrency = amount(core, task, 'concurrency', policies.concurrency);
}

export function startTimeout(core: Core, task: TaskRecord): void {
  const timeout = amount(core, task, 'timeout', policiesOf(task).timeout);
  if (timeout > 0) core.after(timeout, task, () => timeOut(core, task, timeout));
}

/** Over all attempts and their waits: unlike Mistral's, which `retry` outlives. */
function timeOut(core: Core, task: TaskRecord, seconds: number): void {
  if (isCompleted(task.state)) return;
  task.timedOut = true;
  for (const { id } of task.calls) if (core.open.delete(id)) core.commands.push({ type: 'cancel', id });
  core.do.completeTask(task, 'ERROR', `Timed out after ${seconds} s`);
}

/**
 * After an attempt, in Mistral's order: wait-after, fail-on, retry. The task may be DELAYED (or, if it joins, WAITING)
 * afterwards: it is not complete then.
 *
 * @throws WorkflowError, ExpressionError
 */
export function afterAttempt(core: Core, task: TaskRecord): void {
  const policies = policiesOf(task);
  flag(core, task, 'pause-before', policies.pauseBefore);
  amount(core, task, 'wait-before', policies.waitBefore);
  waitAfter(core, task, amount(core, task, 'wait-after', policies.waitAfter));
  failOn(core, task, policies.failOn);
  retry(core, task, policies.retry);
}

function waitAfter(core: Core, task: TaskRecord, seconds: number): void {
  const { state, info } = task;
  if (seconds === 0 || task.waitedAfter || !isCompleted(state)) return;
  task.waitedAfter = true;
  core.setTask(task, 'DELAYED', `Waits ${seconds} s by wait-after`);
  core.after(seconds, task, () => core.do.completeTask(task, state, info));
}

function failOn(core: Core, task: TaskRecord, condition: Value | undefined): void {
  if (condition === undefined) return;
  const fails = truthy(evaluate(core, condition, taskScope(task)));
  if (fails && task.state === 'SUCCESS') core.setTask(task, 'ERROR', 'Failed by fail-on');
}

function retry(core: Core, task: TaskRecord, policy: Policies['retry']): void {
  if (policy === undefined) return;
  const count = amount(core, task, 'retry', policy.count);
  const delay = amount(core, task, 'retry', policy.delay);
  if (count === 0) return;
  const scope = taskScope(task, outbound(task));
  const continues = policy.continueOn === undefined ? undefined : truthy(evaluate(core, policy.continueOn, scope));
  const breaks = policy.breakOn !== undefined && truthy(evaluate(core, policy.breakOn, scope));
  const { state } = task;
  if ((state !== 'SUCCESS' && state !== 'ERROR') || task.timedOut) return;
  const enough = continues === undefined ? state === 'SUCCESS' : !continues;
  const attempts = task.retries;
  task.retries = 0;
  if (attempts >= count || enough || (state === 'ERROR' && breaks)) return;
  task.retries = attempts + 1;
  for (const call of task.calls) call.accepted = false;
  task.loop = undefined;
  const info = `Waits ${delay} s by retry`;
  if (task.definition.join === undefined) core.setTask(task, 'DELAYED', info);
  else core.setTask(task, 'WAITING', info);
  core.after(delay, task, () => core.do.continueTask(task));
}

function current(task: TaskRecord): State {
  return task.state;
}

/** A whole number, evaluated where it is an expression; 0 where there is none. */
function amount(core: Core, task: TaskRecord, name: string, value: Value | undefined): number {
  if (value === undefined) return 0;
  const given = evaluate(core, value, taskScope(task));
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0) return given;
  throw new WorkflowError(`${name} wants a whole number, 0 or more, and was given ${repr(given)}`);
}

function flag(core: Core, task: TaskRecord, name: string, value: Value | undefined): boolean {
  if (value === undefined) return false;
  const given = evaluate(core, value, taskScope(task));
  if (typeof given === 'boolean') return given;
  throw new WorkflowError(`${name} wants true or false, and was given ${repr(given)}`);
}
