import type { ValueMap } from '../values/value.ts';
import type { StackState } from './stack-state.ts';

/** What each hook gave, by its name, then by what it stood at. */
export function hookPlaces({ hooks = [] }: StackState): ReadonlyMap<string, ReadonlyMap<string, ValueMap>> {
  const byName = new Map<string, Map<string, ValueMap>>();
  for (const { name, at, attributes } of hooks) {
    const places = byName.get(name);
    if (places === undefined) byName.set(name, new Map([[at, attributes]]));
    else places.set(at, attributes);
  }
  return byName;
}
