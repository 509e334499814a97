import { Float } from '../../values/value.ts';
import { spend } from './budget.ts';
import type { HashKey, Runtime, YaqlObject } from './objects.ts';

// Text that begins with NUL marks what is not a string; strings that begin so are moved out of the way.
export const MARK = '\0';

/**
 * A JS value that is the same for two runtime values exactly if Python's `==` says so: a key of a JS `Map`.
 *
 * @throws TypeError for lists, dicts that are not frozen, and views.
 */
export function hashKey(value: Runtime): HashKey {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? `${MARK}s${value}` : value;
  if (value === null || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Float) return floatKey(value);
  if (Array.isArray(value)) return `${MARK}t${value.map(textKey).join('')}`;
  return (value as YaqlObject).hash();
}

function floatKey(float: Float): HashKey {
  const { value } = float;
  if (Number.isNaN(value)) return float;
  if (Number.isSafeInteger(value)) return value + 0;
  return Number.isFinite(value) ? BigInt(value) : value;
}

/** The keys of several values as one text, whatever their order. */
export function unorderedKey(keys: Iterable<string>): string {
  return [...keys].sort().join('');
}

/** The key of a value as text; its length comes first, so that no two sequences of keys give the same text. */
export function textKey(value: Runtime): string {
  spend(1);
  const key = hashKey(value);
  const text = typeof key === 'object' && key !== null ? `o${identity(key)}` : `${(typeof key)[0]}${String(key)}`;
  return `${text.length}:${text}`;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identity(object: object): number {
  let id = identities.get(object);
  if (id === undefined) {
    id = ++lastIdentity;
    identities.set(object, id);
  }
  return id;
}
