import { type Expression, expressionMap, hasCalls } from '../functions/expression.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { typeOfResource } from '../state/resource-class.ts';
import type { StackSnapshot, StackState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';
import type { RestoreRules } from './restore-rules.ts';

/** By default the latest that is complete. */
export function snapshotToRestore({ snapshots = [] }: StackState, name?: string): StackSnapshot | undefined {
  const complete = snapshots.filter(({ status }) => status === 'COMPLETE');
  return name === undefined ? complete.at(-1) : complete.find((one) => one.name === name);
}

/** The stack of a snapshot, its resources made from what they kept. Mirrors `Stack.restore_data`. */
export function restoredStack(stack: Stack, snapshot: StackSnapshot, rules: RestoreRules): Stack {
  const kept = new Map(snapshot.resources.map((one) => [one.name, one]));
  const key = stack.template.dialect.resourceKeys.properties;
  const resources = stack.resources.map((resource): ResourceDefinition => {
    const data = kept.get(resource.name)?.data;
    const rule = rules.get(typeOfResource(resource).type);
    const { properties = new Map() } = resource;
    if (data === undefined || data.size === 0 || rule === undefined || !(properties instanceof Map)) return resource;
    const restored = rule(properties as ReadonlyMap<Value, Value>, data) as Map<Value, Expression>;
    if (restored === properties) return resource;
    // What was written is not what is meant any more.
    const source = new Map(resource.source);
    source.delete(key);
    return {
      ...resource,
      source,
      properties: hasCalls(properties) ? expressionMap(restored) : (restored as Expression),
    };
  });
  return { ...stack, resources };
}

/** What the tasks of a restore are given, by the name of the resource. */
export function restoredData({ resources }: StackSnapshot): ReadonlyMap<string, Value> {
  return new Map(resources.filter(({ data }) => data.size > 0).map(({ name, data }) => [name, data]));
}
