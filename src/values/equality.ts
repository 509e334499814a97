import { Float, type Value, type ValueMap } from './value.ts';

/**
 * Python's `==`: `True == 1 == 1.0`, maps without regard to order, nothing equal across other types.
 * Iterative over depth, so that no document can overflow the stack.
 */
export function equals(left: Value, right: Value): boolean {
  const pending: Value[] = [left, right];
  while (pending.length > 0) {
    const b = pending.pop() as Value;
    const a = pending.pop() as Value;
    if (a === b) continue;
    if (
      typeof a !== 'object' ||
      typeof b !== 'object' ||
      a === null ||
      b === null ||
      a instanceof Float ||
      b instanceof Float
    ) {
      if (!scalarEquals(a, b)) return false;
    } else if (Array.isArray(a)) {
      if (!Array.isArray(b) || a.length !== b.length) return false;
      for (let i = 0; i < a.length; i++) pending.push(a[i], b[i]);
    } else if (a instanceof Map) {
      if (!(b instanceof Map) || a.size !== b.size) return false;
      for (const [key, value] of a as ValueMap) {
        const other = lookup(b, key);
        if (other === undefined) return false;
        pending.push(value, other);
      }
    } else if (a instanceof Set) {
      if (!(b instanceof Set) || a.size !== b.size) return false;
      for (const item of a as Set<Value>) if (!setHas(b, item)) return false;
    } else if (a instanceof Uint8Array) {
      if (!(b instanceof Uint8Array) || a.length !== b.length || a.some((byte, i) => byte !== b[i])) return false;
    } else {
      return false;
    }
  }
  return true;
}

function scalarEquals(a: Value, b: Value): boolean {
  const x = numberOf(a);
  const y = numberOf(b);
  // Loose on purpose: it is JS's exact comparison of a bigint with a number.
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  return x !== undefined && y !== undefined && x == y;
}

/** The numeric value that Python compares by: booleans and floats included; undefined for anything else. */
export function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Float ? value.value : undefined;
}

/** `map.get(key)` with Python's equality of keys; undefined when it is not there. */
export function lookup(map: ValueMap, key: Value): Value | undefined {
  const direct = map.get(key);
  if (direct !== undefined || typeof key === 'string') return direct;
  for (const [other, value] of map) if (typeof other !== 'string' && equals(other, key)) return value;
  return undefined;
}

export function setHas(set: ReadonlySet<Value>, item: Value): boolean {
  if (set.has(item)) return true;
  if (typeof item === 'string') return false;
  for (const other of set) if (equals(other, item)) return true;
  return false;
}

/** Python's `item in list`. */
export function listHas(list: readonly Value[], item: Value): boolean {
  return list.some((other) => equals(other, item));
}

/** Python's `bool(value)`. */
export function truthy(value: Value): boolean {
  if (value === null) return false;
  if (typeof value !== 'object') return Boolean(value);
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Map || value instanceof Set) return value.size > 0;
  return (value as readonly Value[] | Uint8Array).length > 0;
}

/** Whether Python could use the value as a key: not a list, map or set. */
export function hashable(value: Value): boolean {
  return value === null || typeof value !== 'object' || value instanceof Float || value instanceof Uint8Array;
}
