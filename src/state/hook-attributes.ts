import type { ValueMap } from '../values/value.ts';
import type { StackState } from './stack-state.ts';

const NOTHING: ValueMap = new Map();

/**
 * What templates can ask hooks for, by the name of the hook: of one that stood at one place its attributes, and always
 * those of each place by what it stood at. As a run has it.
 *
 * @param names of hooks that may have given nothing yet.
 */
export function hookAttributes(
  { hooks = [] }: Pick<StackState, 'hooks'>,
  names: Iterable<string> = [],
): ReadonlyMap<string, ValueMap> {
  const known = new Map<string, ValueMap>();
  for (const name of names) known.set(name, NOTHING);
  for (const { name, at, attributes } of hooks) {
    const places = hooks.filter((one) => one.name === name).length;
    const before = known.get(name) ?? NOTHING;
    known.set(name, new Map([...before, [at, attributes], ...(places === 1 ? attributes : NOTHING)]));
  }
  return known;
}
