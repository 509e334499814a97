import type { Core } from './core.ts';
import { nextCommands } from './direct.ts';
import type { Command, Execution, TaskRecord } from './records.ts';
import { isCompleted } from './states.ts';
import { workflowFault } from './workflow-error.ts';

/** Sub-workflows first; the task that runs a paused sub-workflow is paused, and its workflow with it. */
export function pauseExecution(core: Core, execution: Execution, message: string | null): void {
  for (const sub of subExecutions(execution)) pauseExecution(core, sub, message);
  if (execution.state === 'PAUSED' || isCompleted(execution.state)) return;
  core.setWorkflow(execution, 'PAUSED', message);
  if (execution.parent !== undefined) subPaused(core, execution.parent.task);
}

function subPaused(core: Core, task: TaskRecord): void {
  if (isCompleted(task.state)) return;
  if (task.state === 'RUNNING') core.setTask(task, 'PAUSED', null);
  pauseExecution(core, task.execution, null);
}

export function resumeExecution(core: Core, execution: Execution): void {
  if (execution.state !== 'PAUSED') return;
  for (const sub of subExecutions(execution)) resumeExecution(core, sub);
  if (execution.state !== 'PAUSED') return;
  core.setWorkflow(execution, 'RUNNING', null);
  try {
    core.do.dispatch(execution, resumeCommands(core, execution));
  } catch (error) {
    core.do.failExecution(execution, workflowFault(error));
  }
  core.later(() => core.do.checkCompletion(execution));
  if (execution.parent !== undefined) subResumed(core, execution.parent.task);
}

/** Tasks that were held back, and what follows those that ended meanwhile. A `pause` of theirs is passed over. */
function resumeCommands(core: Core, execution: Execution): Command[] {
  const commands: Command[] = [];
  for (const record of execution.tasks)
    if (record.state === 'IDLE') commands.push({ type: 'resume', record, event: null });
  for (const task of execution.tasks) {
    if (!isCompleted(task.state) || task.processed) continue;
    if (execution.workflow.type === 'direct') commands.push(...nextCommands(core, task));
    task.processed = true;
  }
  return commands.filter(({ type }) => type !== 'pause');
}

function subResumed(core: Core, task: TaskRecord): void {
  if (task.state === 'PAUSED' && !task.calls.some(({ sub }) => sub?.state === 'PAUSED'))
    core.setTask(task, 'RUNNING', null);
  if (task.execution.tasks.some(({ state }) => state === 'PAUSED')) return;
  resumeExecution(core, task.execution);
}

/** Those that have not ended. */
export function subExecutions({ tasks }: Execution): Execution[] {
  return tasks.flatMap(({ calls }) =>
    calls.flatMap(({ sub }) => (sub === undefined || isCompleted(sub.state) ? [] : [sub])),
  );
}
