import type { ValueMap } from '../values/value.ts';

/**
 * Mistral's `merge_dicts(left, right)`, giving a new map: maps within maps are merged, of anything else the right one
 * stands, or the left one without `overwrite`.
 */
export function mergeMaps(left: ValueMap, right: ValueMap, overwrite = true): ValueMap {
  if (right.size === 0) return left;
  if (left.size === 0) return right;
  const merged = new Map(left);
  for (const [key, value] of right) {
    const known = merged.get(key);
    if (known === undefined) merged.set(key, value);
    else if (known instanceof Map && value instanceof Map)
      merged.set(key, mergeMaps(known as ValueMap, value as ValueMap, overwrite));
    else if (overwrite) merged.set(key, value);
  }
  return merged;
}
