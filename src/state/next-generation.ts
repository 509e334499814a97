import type { StackState } from './stack-state.ts';

/** The number of a template that the stack never had. */
export function nextGeneration(state: StackState | undefined): number {
  if (state === undefined) return 1;
  let latest = Math.max(state.generation, state.previous?.generation ?? 0);
  for (const { generation } of state.resources) latest = Math.max(latest, generation);
  return latest + 1;
}
