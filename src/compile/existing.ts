import type { ResourceDefinition } from '../stack/resource-definition.ts';
import { bestResources } from '../state/best-resource.ts';
import { nextGeneration } from '../state/next-generation.ts';
import { sameClass } from '../state/resource-class.ts';
import type { ComponentState, ResourceState, StackState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';

/** What is there when a traversal begins. */
export interface Existing {
  readonly resources: readonly ResourceState[];
  readonly components: readonly ComponentState[];
  /** Of each name the resource that the traversal goes on with. */
  readonly best: ReadonlyMap<string, ResourceState>;
  /** Number of the template that the stack is brought to; a rollback goes back to an earlier one. */
  readonly target: number;
  /** Names of what is known to be replaced. */
  readonly replaced: ReadonlySet<string>;
}

export const NOTHING_EXISTS: Existing = {
  resources: [],
  components: [],
  best: new Map(),
  target: 1,
  replaced: new Set(),
};

/**
 * @param target default: a template that the stack never had.
 * @param replaced what a plan found out. Default: only what changes its type is known to be replaced.
 */
export function existingIn(
  state: StackState,
  target: number = nextGeneration(state),
  replaced: ReadonlySet<string> = new Set(),
): Existing {
  const { resources, components = [] } = state;
  return { resources, components, best: bestResources(state, target), target, replaced };
}

/**
 * What an update does to a resource: `CREATE` what is not there, `REPLACE` what is known to be replaced, `UPDATE`
 * whatever is decided when its values are known: it may need nothing, an update in place, or a replacement after all.
 */
export function updateAction({ best, replaced }: Existing, resource: ResourceDefinition): string {
  const existing = best.get(resource.name);
  if (existing === undefined || existing.action === 'INIT') return 'CREATE';
  return replaced.has(resource.name) || !sameClass(existing, resource) ? 'REPLACE' : 'UPDATE';
}

/** The inputs by which a task finds what it acts upon: in the state, and in the cloud. */
export function existingInputs({ id, physicalId }: ResourceState): Record<string, Value> {
  return { existing: id, ...(physicalId !== undefined && { physical_id: physicalId }) };
}
