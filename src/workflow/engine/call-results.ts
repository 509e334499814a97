import { truthy } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { shownResult } from './ad-hoc.ts';
import { startCalls } from './calls.ts';
import type { Core } from './core.ts';
import type { CallRecord, TaskRecord } from './records.ts';
import { type FinalState, isCompleted } from './states.ts';
import { attempt } from './tasks.ts';
import { workflowFault } from './workflow-error.ts';

/** The result of a call. One that nobody waits for any more changes nothing. */
export function callEnded(core: Core, call: CallRecord, state: FinalState, result: Value): void {
  if (isCompleted(call.state)) return;
  const { task } = call;
  call.state = state;
  call.result = result;
  call.accepted = true;
  core.calls.delete(call.id);
  core.open.delete(call.id);
  if (isCompleted(task.state)) return;
  try {
    if (state === 'SUCCESS') call.result = shownResult(core, task, call.outputs, result);
  } catch (error) {
    const message = workflowFault(error);
    call.state = 'ERROR';
    call.result = message;
    core.setTask(task, 'ERROR', message);
    core.do.failExecution(task.execution, message);
    return;
  }
  if (task.loop === undefined) core.do.completeTask(task, state, state === 'SUCCESS' ? null : infoOf(call));
  else itemEnded(core, task, state);
}

function infoOf({ result, sub }: CallRecord): string | null {
  const shown = sub === undefined ? result : (sub.output.get('result') ?? null);
  return truthy(shown) ? str(shown) : null;
}

function itemEnded(core: Core, task: TaskRecord, state: FinalState): void {
  const { loop, calls } = task;
  if (loop === undefined) return;
  loop.running--;
  loop.done++;
  if (state === 'CANCELLED') core.do.completeTask(task, 'CANCELLED', 'An item was cancelled');
  else if (loop.done === loop.count) {
    const failed = calls.some((call) => call.accepted && call.state === 'ERROR');
    core.do.completeTask(task, failed ? 'ERROR' : 'SUCCESS', failed ? 'One or more items failed' : null);
  } else if (loop.next < loop.indexes.length && task.concurrency > 0) attempt(core, task, () => startCalls(core, task));
}
