import type { ResourceState, StackState } from './stack-state.ts';

/**
 * Of each name the resource that an update goes on with, when the stack is brought to the template `target` (a
 * generation). Mirrors `Stack._get_best_existing_rsrc_db`; where Heat takes the one that changed last, this takes the
 * one that came into being last.
 */
export function bestResources(
  state: Pick<StackState, 'resources' | 'generation'>,
  target: number,
): ReadonlyMap<string, ResourceState> {
  const best = new Map<string, ResourceState>();
  const scores = new Map<string, number>();
  for (const resource of state.resources) {
    const score = suitability(resource, state.generation, target);
    if (score < (scores.get(resource.name) ?? Number.NEGATIVE_INFINITY)) continue;
    scores.set(resource.name, score);
    best.set(resource.name, resource);
  }
  return best;
}

function suitability(resource: ResourceState, current: number, target: number): number {
  let score = 0;
  if (resource.status === 'FAILED') score -= 30;
  if (resource.action === 'DELETE') score -= 50;
  if (resource.replacedBy !== undefined) score -= 1;
  if (resource.generation === current) score += 5;
  if (resource.generation === target) score += 10;
  return score;
}
