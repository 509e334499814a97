import { canonicalKey } from './membership.ts';
import type { Value } from './value.ts';

/** A map that is filled as Python fills a dict: `1`, `1.0` and `true` are one key, which stays as it was set first. */
export class MapBuilder {
  readonly map: Map<Value, Value> = new Map();
  /** The keys that are not text, as they stand in the map. */
  #others: Map<Value, Value> | undefined;

  set(key: Value, value: Value): void {
    this.map.set(this.#known(key) ?? key, value);
  }

  has(key: Value): boolean {
    return this.map.has(this.#find(key));
  }

  #find(key: Value): Value {
    return typeof key === 'string' ? key : (this.#others?.get(canonicalKey(key)) ?? key);
  }

  #known(key: Value): Value | undefined {
    if (typeof key === 'string') return key;
    this.#others ??= new Map();
    const canonical = canonicalKey(key);
    const known = this.#others.get(canonical);
    if (known === undefined) this.#others.set(canonical, key);
    return known;
  }
}
