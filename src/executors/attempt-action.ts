import { toResult } from '../run/codec.ts';
import type { Inputs } from '../run/context-passing.ts';
import type { HandlerReturn } from '../run/handlers.ts';
import { mergeResults, type TaskResult } from '../run/result.ts';
import { isExternal, methodToCall } from '../run/task-call.ts';
import type { Attempt } from './attempt.ts';
import { recordedOf } from './handler-context.ts';
import type { LocalJob } from './local-job.ts';
import type { TaskStore } from './task-store.ts';

// These begin anew; every other action adds to what was known of the thing.
const BEGINS_ANEW: ReadonlySet<string> = new Set(['CREATE', 'REPLACE', 'ADOPT', 'DELETE', 'CLEANUP']);

/** Sets what is to be done; false: there is nothing to do. @throws whatever `decide` throws */
export function chooseAction(job: LocalJob, store: TaskStore, attempt: Attempt): boolean {
  const { index, task, inputs } = attempt;
  if (attempt.action === 'REPLACE') return true;
  const begun = store.poll(index)?.action;
  const action = begun ?? methodToCall(job.graph, index, (other) => store.result(other));
  if (action === undefined) return false;
  attempt.action = action;
  if (action !== 'UPDATE' || job.decide === undefined || store.poll(index) !== undefined) return true;
  const decision = job.decide(task, inputs as Inputs);
  attempt.decision = decision;
  if (decision === 'replaced') attempt.action = 'REPLACE';
  return decision !== 'unchanged';
}

/** What a task gave, from what its handler returned and what was known before. @throws NotData */
export function resultOf(job: LocalJob, attempt: Attempt, returned: HandlerReturn): TaskResult {
  const { task, action, inputs } = attempt;
  const result = toResult(returned);
  if (isExternal(task) && task.action !== 'UPDATE') {
    const id = inputs?.get('external_id');
    return typeof id === 'string' ? { physicalId: id, ...result } : result;
  }
  const replaced = task.action === 'UPDATE' && action === 'REPLACE';
  const known = replaced || BEGINS_ANEW.has(task.action) ? undefined : recordedOf(job, task);
  const merged = mergeResults(known, result);
  const unchanged = attempt.decision === 'unchanged' || (task.action === 'UPDATE' && isExternal(task));
  if (!replaced && !unchanged) return merged;
  return { ...merged, decision: replaced ? 'replaced' : 'unchanged' };
}
