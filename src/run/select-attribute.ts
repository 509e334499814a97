import { subscript } from '../values/subscript.ts';
import { Float, isList, isMap, type Value } from '../values/value.ts';

/**
 * What a path selects in the value of an attribute; null where it leads nowhere. Mirrors
 * `heat.engine.attributes.select_from_attribute`: maps, lists and text are selected in, by text or whole numbers.
 */
export function selectFromAttribute(value: Value, path: readonly Value[]): Value {
  let selected = value;
  for (const key of path) {
    if (!(isMap(selected) || isList(selected) || typeof selected === 'string') || !isStep(key)) return null;
    const found = subscript(selected, key);
    if ('failure' in found) return null;
    selected = found.value;
  }
  return selected;
}

/** Python's `isinstance(key, (str, int))`: booleans are ints. */
function isStep(key: Value): boolean {
  if (key instanceof Float) return false;
  return typeof key === 'number' ? Number.isInteger(key) : ['string', 'boolean', 'bigint'].includes(typeof key);
}
