import { hashable, lookup, numberOf } from './equality.ts';
import { Float, isMap, type Value } from './value.ts';

/** Why Python cannot subscript: the class of the exception. */
export type SubscriptFailure = 'KeyError' | 'IndexError' | 'TypeError';

export type Subscript = { readonly value: Value } | { readonly failure: SubscriptFailure };

/** Python's `collection[key]` for maps, lists, text (by code point) and bytes; negative indexes count from the end. */
export function subscript(collection: Value, key: Value): Subscript {
  if (isMap(collection)) {
    if (!hashable(key)) return { failure: 'TypeError' };
    const value = lookup(collection, key);
    return value === undefined ? { failure: 'KeyError' } : { value };
  }
  if (typeof collection === 'string') return at([...collection], key);
  if (Array.isArray(collection) || collection instanceof Uint8Array) return at(collection as ArrayLike<Value>, key);
  return { failure: 'TypeError' };
}

function at(items: ArrayLike<Value>, key: Value): Subscript {
  if (key instanceof Float || (typeof key === 'number' && !Number.isInteger(key))) return { failure: 'TypeError' };
  const index = numberOf(key);
  if (index === undefined) return { failure: 'TypeError' };
  const position = index < 0 ? Number(index) + items.length : Number(index);
  const value = items[position];
  return value === undefined ? { failure: 'IndexError' } : { value };
}
