import type { Runtime } from '../functions/runtime.ts';
import type { ResourceState } from '../state/stack-state.ts';
import { lookup } from '../values/equality.ts';
import { subscript } from '../values/subscript.ts';
import type { Value, ValueMap } from '../values/value.ts';

const NOTHING: ValueMap = new Map();

/** What hooks gave, by name. */
export interface KnownHooks {
  readonly attributes: ReadonlyMap<string, ValueMap>;
  /** Whether what they gave was recorded; otherwise it is null on both sides, as the attributes of resources. */
  readonly recorded: boolean;
}

/**
 * Values as they are if nothing that exists is touched: recorded ids and attributes; the names of what does not exist,
 * or of what nothing was recorded.
 *
 * @param unknown called for each attribute that exists but was not recorded, of a hook too.
 */
export function stateRuntime(
  planned: Runtime,
  existing: ReadonlyMap<string, ResourceState>,
  unknown: (resource: string) => void,
  hooks: KnownHooks,
): Runtime {
  const find = (name: Value): ResourceState | undefined => (typeof name === 'string' ? existing.get(name) : undefined);
  const hookNamed = (name: Value): ValueMap | undefined =>
    typeof name === 'string' ? hooks.attributes.get(name) : undefined;
  const missing = (resource: ResourceState): void => {
    // Of a stack that is only known by its template nothing is recorded: its attributes are null on both sides.
    if (resource.physicalId !== undefined) unknown(resource.name);
  };
  return {
    ...planned,
    hasResource: (name) => hookNamed(name) !== undefined || planned.hasResource(name),
    reference(name) {
      const resource = find(name);
      return resource?.referenceId ?? resource?.physicalId ?? planned.reference(name);
    },
    attribute(name, path) {
      const resource = find(name);
      const value = resource && select(resource, path);
      if (value !== undefined) return value;
      if (resource !== undefined) missing(resource);
      const hook = resource === undefined ? hookNamed(name) : undefined;
      if (hook === undefined) return planned.attribute(name, path);
      const given = select({ attributes: hook, outputs: NOTHING }, path);
      if (given === undefined && hooks.recorded) unknown(name as string);
      return given ?? null;
    },
    allAttributes(name) {
      const resource = find(name);
      if (resource === undefined) return hookNamed(name) ?? planned.allAttributes(name);
      if (resource.attributes.size > 0) return resource.attributes;
      missing(resource);
      return planned.allAttributes(name);
    },
  };
}

/** Undefined: it was not recorded. */
function select(
  { attributes, outputs }: Pick<ResourceState, 'attributes' | 'outputs'>,
  [first = null, ...rest]: readonly Value[],
): Value | undefined {
  let value = lookup(attributes, first) ?? lookup(outputs, first);
  for (const step of rest) {
    if (value === undefined || value === null) return value;
    const found = subscript(value, step);
    value = 'failure' in found ? null : found.value;
  }
  return value;
}
