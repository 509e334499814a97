import type { StackState, StateStatus } from './stack-state.ts';

/**
 * The state with nothing in progress: whoever worked on it is gone, and what was in progress has failed. Mirrors what
 * Heat's engine does to the stacks of an engine that died (`reset_stack_status`).
 */
export function settledState(state: StackState): StackState {
  const { resources, components = [], status } = state;
  const all = [state, ...resources, ...components];
  if (all.every((one) => one.status !== 'IN_PROGRESS')) return state;
  return {
    ...state,
    status: status === 'IN_PROGRESS' ? 'FAILED' : status,
    resources: resources.map(settled),
    ...(components.length > 0 && { components: components.map(settled) }),
  };
}

function settled<T extends { readonly status: StateStatus }>(one: T): T {
  return one.status === 'IN_PROGRESS' ? { ...one, status: 'FAILED' } : one;
}
