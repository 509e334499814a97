import { PythonError } from '../functions/python-error.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import type { Value } from '../values/value.ts';
import type { Source } from '../yaml/source.ts';
import { componentsAfter } from './components-after.ts';
import { freezeDefinition, type ResolvedParts } from './freeze-definition.ts';
import { requirementsIn } from './requirements.ts';
import { typeOfResource } from './resource-class.ts';
import { stackSource } from './stack-source.ts';
import type { FrozenDefinition, ResourceState, StackState } from './stack-state.ts';
import type { TaskReport } from './task-report.ts';

/**
 * The state of a stack as if it had just been created, with nothing known of what its resources became: for plans from
 * one template to another. Its definitions have the values of planning time.
 *
 * @param created the graph that creates it.
 * @param failed called for each resource whose functions fail at planning time: its definition has no values yet.
 */
export function completeState(
  stack: Stack,
  created: TaskGraph,
  environments: readonly Source[] = [],
  failed: (resource: ResourceDefinition, error: PythonError) => void = () => {},
): StackState {
  // Of these nothing is known but that they are there.
  const report = (): TaskReport => ({ status: 'COMPLETE' });
  const components = componentsAfter(undefined, { graph: created, stack, report });
  const known = withHooks(stack, created.scopes.get('')?.hooks ?? []);
  return {
    action: 'CREATE',
    status: 'COMPLETE',
    generation: 1,
    ...(components !== undefined && { components }),
    source: stackSource(stack, environments),
    resources: stack.resources.map((resource, index): ResourceState => {
      return {
        id: resource.name,
        name: resource.name,
        ...typeOfResource(resource),
        action: 'CREATE',
        status: 'COMPLETE',
        attributes: new Map(),
        outputs: new Map(),
        definition: plannedDefinition(known, resource, failed),
        requires: requirementsIn(created, index, (required) => stack.resources[required]?.name),
        generation: 1,
      };
    }),
  };
}

/** As if there were hooks of these names, of whose outputs nothing is known. */
function withHooks(stack: Stack, names: readonly string[]): Stack {
  if (names.length === 0) return stack;
  const { runtime } = stack;
  const hasResource = (name: Value): boolean => names.includes(name as string) || runtime.hasResource(name);
  return { ...stack, runtime: { ...runtime, hasResource } };
}

export function plannedDefinition(
  stack: Stack,
  resource: ResourceDefinition,
  failed: (resource: ResourceDefinition, error: PythonError) => void = () => {},
  resolved: ResolvedParts = {},
): FrozenDefinition {
  try {
    return freezeDefinition(stack.template, resource, stack.runtime, resolved);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    failed(resource, error);
    const { type, description, deletionPolicy } = resource;
    return { type, description, ...(deletionPolicy !== 'Delete' && { deletionPolicy }) };
  }
}
