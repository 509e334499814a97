import { hookPlaces } from '../state/hook-places.ts';
import type { StackState } from '../state/stack-state.ts';
import type { ValueMap } from '../values/value.ts';

/**
 * What templates can ask hooks for, by the name of the hook: of one that stood at one place its attributes, and always
 * those of each place by what it stood at. As a run has it.
 *
 * @param names of hooks that may have given nothing yet.
 */
export function hookAttributes(state: StackState, names: Iterable<string> = []): ReadonlyMap<string, ValueMap> {
  const known = new Map<string, ValueMap>();
  for (const name of names) known.set(name, new Map());
  for (const [name, places] of hookPlaces(state)) {
    const [only] = places.values();
    known.set(name, new Map([...places, ...(places.size === 1 && only !== undefined ? only : [])]));
  }
  return known;
}
