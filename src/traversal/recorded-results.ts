import type { HandlerResult } from '../run/handlers.ts';
import { hookPath, pathOf, recordedPath } from '../run/recorded-path.ts';
import { bestResources } from '../state/best-resource.ts';
import { hookPlaces } from '../state/hook-places.ts';
import type { ComponentStepState, ResourceState, StackState } from '../state/stack-state.ts';

/**
 * What a state records of each thing, as a run takes it: by name that with which the traversal goes on, and each by its
 * id, because of one name there may be several.
 *
 * @param target the generation that the stack is brought to.
 */
export function recordedResults(state: StackState, target: number): ReadonlyMap<string, HandlerResult> {
  const results = new Map<string, HandlerResult>();
  for (const resource of state.resources) results.set(recordedPath('', resource.id), resultOf(resource));
  for (const [name, resource] of bestResources(state, target)) results.set(pathOf('', name), resultOf(resource));
  for (const { name, steps } of state.components ?? []) {
    for (const one of steps) results.set(recordedPath('', `${name}/${one.step}`), stepResult([one]));
    results.set(pathOf('', name), stepResult(steps));
  }
  for (const [name, attributes] of hookPlaces(state)) results.set(hookPath('', name), { attributes });
  return results;
}

/** What steps gave together: of the same name the later one counts. */
function stepResult(steps: readonly ComponentStepState[]): HandlerResult {
  const attributes = new Map(steps.flatMap((one) => [...one.attributes]));
  const outputs = new Map(steps.flatMap((one) => [...one.outputs]));
  return { ...(attributes.size > 0 && { attributes }), ...(outputs.size > 0 && { outputs }) };
}

function resultOf({ physicalId, referenceId, attributes, outputs }: ResourceState): HandlerResult {
  return {
    ...(physicalId !== undefined && { physicalId }),
    ...(referenceId !== undefined && { referenceId }),
    ...(attributes.size > 0 && { attributes }),
    ...(outputs.size > 0 && { outputs }),
  };
}
