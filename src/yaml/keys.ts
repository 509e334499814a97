import { Float, type Value } from '../values/value.ts';

/** What two keys have in common that Python takes for one: `1`, `1.0` and `True`, or equal bytes. */
export type CanonicalKey = Value;

/** Canonical forms are compared as `Map` compares its keys. Text stands for itself. */
export function canonicalKey(key: Value): CanonicalKey {
  if (typeof key === 'boolean') return key ? 1 : 0;
  if (key instanceof Float) return canonicalFloat(key.value);
  // Bytes are never equal to text: the space in front keeps them apart from any name.
  if (key instanceof Uint8Array) return `\0bytes ${key.join(' ')}`;
  return key;
}

function canonicalFloat(value: number): CanonicalKey {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  return BigInt(value);
}

/** Sets as Python's dict does: an equal key keeps its first form and place, and gets the new value. */
export class KeyTable {
  private readonly forms = new Map<CanonicalKey, Value>();

  constructor(map: ReadonlyMap<Value, Value>) {
    for (const key of map.keys()) if (typeof key !== 'string') this.forms.set(canonicalKey(key), key);
  }

  /** The key under which the map has, or is to have, what `key` equals. */
  firstForm(key: Value): Value {
    const canonical = canonicalKey(key);
    const first = this.forms.get(canonical);
    if (first !== undefined) return first;
    this.forms.set(canonical, key);
    return key;
  }
}
