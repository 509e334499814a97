import * as at from './task-phases.ts';
import type { Recorded, RecordedTask } from './traversal-protocol.ts';
import type { TraversalState } from './traversal-state.ts';

/** Puts every task where an earlier process left it. What follows from that, and was not recorded, is done now. */
export function restore(state: TraversalState, { tasks }: Recorded): void {
  for (const [task, recorded] of tasks) {
    if (recorded.at === 'ended') restoreEnd(state, task, recorded);
  }
  for (const [task, recorded] of tasks) {
    if (recorded.at !== 'ended') restoreProgress(state, task, recorded);
  }
  // What was skipped may have been recorded in part.
  for (const [task, recorded] of tasks) {
    if (recorded.at !== 'ended' || recorded.status !== 'SKIPPED') continue;
    state.skipRequirers(task, recorded.cause ?? -1);
  }
  // After what is in progress, which a failure does not stop.
  for (const [task, recorded] of tasks) {
    if (recorded.at === 'ended' && recorded.status === 'FAILED') state.spreadFailure(task);
  }
}

function restoreEnd(state: TraversalState, task: number, recorded: RecordedTask & { at: 'ended' }): void {
  state.attempts[task] = recorded.attempt;
  state.count(task, at.FINAL_PHASE[recorded.status], recorded.cause ?? -1);
  if (recorded.status === 'COMPLETE') state.forgetRequirement(task);
}

function restoreProgress(state: TraversalState, task: number, recorded: Exclude<RecordedTask, { at: 'ended' }>): void {
  state.set(task, at.CLEARED);
  if (recorded.at === 'cleared') return;
  state.set(task, at.BEGUN);
  state.attempts[task] = recorded.attempt;
  switch (recorded.at) {
    case 'started':
      state.set(task, at.AGAIN);
      state.queue(task);
      break;
    case 'polling':
      state.ready.take(task);
      state.startTimeout(task);
      state.poll(task);
      break;
    case 'retrying':
      state.startTimeout(task);
      state.backOff(task);
      break;
    case 'settling':
      state.phase[task] = at.SETTLING;
      state.command({ type: 'timer', task, timer: 'wait-after', ms: state.policy(task).waitAfter ?? 0 });
  }
}
