import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toResult } from '../run/codec.ts';
import type { Inputs } from '../run/context-passing.ts';
import type { HandlerReturn } from '../run/handlers.ts';
import { mergeResults, type TaskResult, type UpdateDecision } from '../run/result.ts';
import { isExternal, methodToCall } from '../run/task-call.ts';
import type { Attempt } from './attempt.ts';
import { recordedOf } from './handler-context.ts';
import type { LocalJob } from './local-job.ts';
import type { TaskStore } from './task-store.ts';

// These begin anew; every other action adds to what was known of the thing.
const BEGINS_ANEW: ReadonlySet<string> = new Set(['CREATE', 'REPLACE', 'DELETE', 'CLEANUP']);

/** What `decide` does not let happen. */
export class Refused extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** Sets what is to be done; false: there is nothing to do. @throws Refused, or whatever `decide` throws */
export function chooseAction(job: LocalJob, store: TaskStore, attempt: Attempt): boolean {
  const { index, task } = attempt;
  const begun = store.poll(index);
  if (begun !== undefined) {
    attempt.action = begun.action ?? attempt.action;
    return true;
  }
  // The update turned out not to be possible in place.
  if (attempt.action === 'REPLACE' && task.action !== 'REPLACE') return true;
  const decision = decisionOf(job, attempt);
  if (task.action === 'UPDATE') attempt.decision = decision;
  const action = methodToCall(job.graph, index, (other) => store.result(other));
  if (action === undefined) return false;
  attempt.action = action;
  if (decision === 'replaced' && action === 'UPDATE') attempt.action = 'REPLACE';
  return !(decision === 'unchanged' && action === 'UPDATE');
}

/** Undefined: nobody decides. */
function decisionOf({ decide }: LocalJob, { task, inputs }: Attempt): UpdateDecision | undefined {
  if (decide === undefined || (task.action !== 'UPDATE' && task.action !== 'REPLACE')) return undefined;
  const decision = decide(task, inputs as Inputs);
  if (typeof decision === 'object') throw new Refused(decision.refused);
  return decision;
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
  const known = replaced || BEGINS_ANEW.has(task.action) ? undefined : knownBefore(job, attempt);
  const merged = mergeResults(known, result);
  const unchanged = attempt.decision === 'unchanged' || (task.action === 'UPDATE' && isExternal(task));
  if (!replaced && !unchanged) return merged;
  return { ...merged, decision: replaced ? 'replaced' : 'unchanged' };
}

function knownBefore(job: LocalJob, { task, inputs }: Attempt): TaskResult | undefined {
  const recorded = recordedOf(job, task);
  if (task.action === 'SNAPSHOT' && recorded !== undefined) {
    // What a snapshot gives are its outputs, and no others.
    const { outputs: _, ...rest } = recorded;
    return rest;
  }
  if (task.action !== 'ADOPT' || recorded?.physicalId !== undefined) return recorded;
  const id = inputs?.get('physical_id');
  return typeof id === 'string' ? { physicalId: id, ...recorded } : recorded;
}
