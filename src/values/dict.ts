import { canonicalKey } from './membership.ts';
import type { Value } from './value.ts';

/**
 * A map with Python's equality of keys, at once for every key: `1`, `1.0` and `true` are one key, which stays as it was
 * set first.
 */
export class Dict {
  readonly map: Map<Value, Value> = new Map();
  /** The keys that are not text, as they stand in the map. */
  #others: Map<Value, Value> | undefined;

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  set(key: Value, value: Value): void {
    if (typeof key === 'string') {
      this.map.set(key, value);
      return;
    }
    this.#others ??= new Map();
    const canonical = keyOf(key);
    if (!this.#others.has(canonical)) this.#others.set(canonical, key);
    this.map.set(this.#others.get(canonical) as Value, value);
  }

  has(key: Value): boolean {
    return this.get(key) !== undefined;
  }

  get(key: Value): Value | undefined {
    return this.map.get(typeof key === 'string' ? key : (this.#others?.get(keyOf(key)) ?? key));
  }
}

function keyOf(key: Value): Value {
  return key instanceof Uint8Array ? key.join() : canonicalKey(key);
}
