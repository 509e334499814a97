import type { StackState } from './stack-state.ts';

/**
 * The state with nothing in progress: whoever worked on it is gone, and what was in progress has failed. Mirrors what
 * Heat's engine does to the stacks of an engine that died (`reset_stack_status`).
 */
export function settledState(state: StackState): StackState {
  const { resources, status } = state;
  if (status !== 'IN_PROGRESS' && resources.every((one) => one.status !== 'IN_PROGRESS')) return state;
  return {
    ...state,
    status: status === 'IN_PROGRESS' ? 'FAILED' : status,
    resources: resources.map((one) => (one.status === 'IN_PROGRESS' ? { ...one, status: 'FAILED' } : one)),
  };
}
