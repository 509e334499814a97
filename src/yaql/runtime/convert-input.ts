import { Float, type Value } from '../../values/value.ts';
import { Dict } from './dict.ts';
import { FrozenSet } from './frozen-set.ts';
import { type Runtime, YaqlObject } from './objects.ts';

/** What may be handed to an expression: values, and what an expression gave before (datetimes, timespans, ...). */
export type Input = Value | YaqlObject | readonly Input[] | ReadonlyMap<Input, Input> | ReadonlySet<Input>;

/**
 * A value as expressions see it: lists and bytes as tuples, maps as frozen dicts. Copies, so that nothing of the host's
 * is ever in the hands of an expression; a map is copied when it is first looked into.
 */
export function convertInput(value: Input): Runtime {
  if (value === null || typeof value !== 'object') return value as Runtime;
  if (Array.isArray(value)) return value.map(convertInput);
  if (value instanceof Map) return new Dict(true, () => convertEntries(value as ReadonlyMap<Input, Input>));
  if (value instanceof Float || value instanceof YaqlObject) return value;
  if (value instanceof Set) return new FrozenSet(Array.from(value as ReadonlySet<Input>, convertInput));
  return Array.from(value as Uint8Array);
}

function* convertEntries(map: ReadonlyMap<Input, Input>): Generator<readonly [Runtime, Runtime]> {
  for (const [key, item] of map) yield [convertInput(key), convertInput(item)];
}
