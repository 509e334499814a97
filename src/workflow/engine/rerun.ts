import type { Core } from './core.ts';
import type { RerunEvent } from './protocol.ts';
import type { Execution, TaskRecord } from './records.ts';
import { isCompleted } from './states.ts';
import { runAgain } from './tasks.ts';

/** Runs a task that failed once more; false where Mistral refuses that (`PUT /tasks/<id>`, `Workflow.rerun`). */
export function rerun(core: Core, { task: id, reset = true }: RerunEvent): boolean {
  const task = findTask(core, id);
  if (task === undefined || task.state !== 'ERROR') return false;
  if (!reset && task.definition.withItems.size === 0) return false;
  if (!mayGoOn(task.execution)) return false;
  reopen(core, task.execution);
  forgetRun(core, task, reset);
  runAgain(core, task);
  return true;
}

function findTask(core: Core, id: string): TaskRecord | undefined {
  for (const { tasks } of core.executions.values()) {
    const found = tasks.find((task) => task.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A success is final, all the way up. */
function mayGoOn(execution: Execution): boolean {
  for (let one: Execution | undefined = execution; one !== undefined; one = one.parent?.task.execution) {
    if (one.state === 'SUCCESS' || one.state === 'PAUSED') return false;
  }
  return true;
}

/** The workflow runs again, and so do the task that runs it, the workflow of that task, and so on. */
function reopen(core: Core, execution: Execution): void {
  for (let one: Execution | undefined = execution; one !== undefined; one = one.parent?.task.execution) {
    if (one.state === 'RUNNING') return;
    one.output = new Map();
    core.setWorkflow(one, 'RUNNING', null);
    if (one.parent !== undefined) waitAgain(core, one, one.parent.task);
  }
}

/** A task waits once more for the workflow that it runs. */
function waitAgain(core: Core, sub: Execution, task: TaskRecord): void {
  const call = task.calls.find(({ id }) => id === sub.id);
  if (call !== undefined && isCompleted(call.state)) {
    call.state = 'RUNNING';
    call.accepted = false;
    core.calls.set(call.id, call);
    if (task.loop !== undefined) {
      task.loop.running++;
      task.loop.done--;
    }
  }
  if (!isCompleted(task.state)) return;
  task.processed = false;
  task.execution.joins.started(task.definition.name);
  core.setTask(task, 'RUNNING', null);
}

/** What policies remember of the last run counts no more, nor what it gave, but for the items that are kept. */
function forgetRun(core: Core, task: TaskRecord, reset: boolean): void {
  for (const [timer, record] of core.timers) if (record.task === task) core.timers.delete(timer);
  for (const call of task.calls) if (reset || call.state !== 'SUCCESS') call.accepted = false;
  task.loop = undefined;
  task.retries = 0;
  task.waitedAfter = false;
  task.timedOut = false;
}

/** What was under way when the workflow ended, and was given up, is begun again: the same calls, with the same ids. */
export function resumeInFlight(core: Core): void {
  const begun = new Set(core.commands.flatMap((command) => (command.type === 'run' ? [command.call.id] : [])));
  for (const id of core.open) {
    const call = core.calls.get(id);
    if (begun.has(id) || call?.request === undefined) continue;
    if (call.task.execution.state === 'RUNNING') core.commands.push({ type: 'run', call: call.request });
    else core.open.delete(id);
  }
  const set = new Set(core.commands.flatMap((command) => (command.type === 'timer' ? [command.timer] : [])));
  for (const [timer, { task, ms }] of core.timers) {
    if (set.has(timer)) continue;
    if (task.execution.state === 'RUNNING' && !isCompleted(task.state))
      core.commands.push({ type: 'timer', timer, ms });
    else core.timers.delete(timer);
  }
}
