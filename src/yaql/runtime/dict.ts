import { Raised, typeError } from '../raised.ts';
import { spend } from './budget.ts';
import { same } from './equality.ts';
import { hashKey, MARK, textKey, unorderedKey } from './hashing.ts';
import { type HashKey, type Runtime, YaqlObject } from './objects.ts';
import { reprOf } from './repr.ts';

/** Entries that are made when the dict is first looked into. */
export type DeferredEntries = () => Iterable<readonly [Runtime, Runtime]>;

/**
 * Python's dict (`frozen` false) and YAQL's FrozenDict (`frozen` true, and then hashable). Insertion order; `1`, `1.0`
 * and `true` are one key, as in Python.
 */
export class Dict extends YaqlObject {
  readonly frozen: boolean;
  readonly #values: Map<HashKey, Runtime> = new Map();
  /** Keys that are not their own hash, such as tuples and booleans. */
  #keys: Map<HashKey, Runtime> | undefined;
  #deferred: DeferredEntries | undefined;

  /** `entries` as a function: for data of which an expression may look at a small part only. */
  constructor(frozen: boolean, entries?: Iterable<readonly [Runtime, Runtime]> | DeferredEntries) {
    super();
    this.frozen = frozen;
    if (typeof entries === 'function') this.#deferred = entries;
    else if (entries !== undefined) for (const [key, value] of entries) this.set(key, value);
  }

  get typeName(): string {
    return this.frozen ? 'FrozenDict' : 'dict';
  }

  get size(): number {
    return this.#table().size;
  }

  override get truth(): boolean {
    return this.size > 0;
  }

  override hash(): HashKey {
    if (!this.frozen) throw typeError("unhashable type: 'dict'");
    return `${MARK}d${unorderedKey(Array.from(this.entries(), ([k, v]) => textKey(k) + textKey(v)))}`;
  }

  override equals(other: Runtime): boolean {
    if (!(other instanceof Dict) || other.size !== this.size) return false;
    for (const [hash, value] of this.#table()) {
      spend(1);
      const found = other.#table().get(hash);
      if (found === undefined || !same(value, found)) return false;
    }
    return true;
  }

  /** Only for whoever makes the dict: a dict that an expression has seen does not change. */
  set(key: Runtime, value: Runtime): void {
    const hash = hashKey(key);
    if (hash !== key && !this.#values.has(hash)) {
      this.#keys ??= new Map();
      this.#keys.set(hash, key);
    }
    this.#values.set(hash, value);
  }

  /** As `set`, only for whoever makes the dict. */
  remove(key: Runtime): void {
    const hash = hashKey(key);
    this.#values.delete(hash);
    this.#keys?.delete(hash);
  }

  has(key: Runtime): boolean {
    return this.#table().has(hashKey(key));
  }

  find(key: Runtime): Runtime | undefined {
    return this.#table().get(hashKey(key));
  }

  /** @throws KeyError */
  get(key: Runtime): Runtime {
    const value = this.#table().get(hashKey(key));
    if (value === undefined) throw new Raised('KeyError', reprOf(key));
    return value;
  }

  *entries(): Generator<readonly [Runtime, Runtime]> {
    for (const [hash, value] of this.#table()) yield [this.#keyOf(hash), value];
  }

  *keys(): Generator<Runtime> {
    for (const hash of this.#table().keys()) yield this.#keyOf(hash);
  }

  values(): IterableIterator<Runtime> {
    return this.#table().values();
  }

  override repr(nested: (value: Runtime) => string): string {
    return `{${Array.from(this.entries(), ([k, v]) => `${nested(k)}: ${nested(v)}`).join(', ')}}`;
  }

  #table(): Map<HashKey, Runtime> {
    const deferred = this.#deferred;
    if (deferred !== undefined) {
      this.#deferred = undefined;
      for (const [key, value] of deferred()) this.set(key, value);
    }
    return this.#values;
  }

  // A key that is its own hash is a string, a number or null.
  #keyOf(hash: HashKey): Runtime {
    return this.#keys?.get(hash) ?? (hash as Runtime);
  }
}
