import type { Task } from '../graph/task.ts';
import type { ContextPassing } from '../run/context-passing.ts';
import { isWantedBefore, updatesToDecide } from '../run/hook-due.ts';
import type { TaskResult, UpdateDecision } from '../run/result.ts';
import { methodToCall } from '../run/task-call.ts';
import type { LocalJob } from './local-job.ts';

/** Whether a hook has anything to do, before its inputs are looked at: they may need what did not come to be. */
export function isHookWanted(
  job: LocalJob,
  context: ContextPassing,
  index: number,
  result: (task: number) => TaskResult | undefined,
): boolean {
  const { graph } = job;
  const hook = graph.tasks[index] as Task;
  if (methodToCall(graph, index, result) === undefined) return false;
  const updates = updatesToDecide(graph, hook);
  return isWantedBefore(
    hook,
    updates.map((update) => decisionOn(job, context, update)),
  );
}

/** What its update will do; undefined where that cannot be told yet, or is refused. */
function decisionOn({ graph, decide }: LocalJob, context: ContextPassing, update: number): UpdateDecision | undefined {
  if (decide === undefined) return undefined;
  try {
    const decision = decide(graph.tasks[update] as Task, context.inputs(update));
    return typeof decision === 'string' ? decision : undefined;
  } catch {
    // Not resolved yet; or what `decide` throws, which is told when the update itself is decided.
    return undefined;
  }
}
