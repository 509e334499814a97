import { Raised, typeError } from '../raised.ts';
import { spend } from './budget.ts';
import { same } from './equality.ts';
import { hashKey, MARK, textKey, unorderedKey } from './hashing.ts';
import { type HashKey, type Runtime, YaqlObject } from './objects.ts';
import { reprOf } from './repr.ts';

/**
 * Python's dict (`frozen` false) and YAQL's FrozenDict (`frozen` true, and then hashable). Insertion order; `1`, `1.0`
 * and `true` are one key, as in Python.
 */
export class Dict extends YaqlObject {
  readonly frozen: boolean;
  readonly #entries: Map<HashKey, [Runtime, Runtime]> = new Map();

  constructor(frozen: boolean, entries?: Iterable<readonly [Runtime, Runtime]>) {
    super();
    this.frozen = frozen;
    if (entries !== undefined) for (const [key, value] of entries) this.set(key, value);
  }

  get typeName(): string {
    return this.frozen ? 'FrozenDict' : 'dict';
  }

  get size(): number {
    return this.#entries.size;
  }

  override get truth(): boolean {
    return this.#entries.size > 0;
  }

  override hash(): HashKey {
    if (!this.frozen) throw typeError("unhashable type: 'dict'");
    return `${MARK}d${unorderedKey(Array.from(this.#entries.values(), ([k, v]) => textKey(k) + textKey(v)))}`;
  }

  override equals(other: Runtime): boolean {
    if (!(other instanceof Dict) || other.size !== this.size) return false;
    for (const [hash, [, value]] of this.#entries) {
      spend(1);
      const entry = other.#entries.get(hash);
      if (entry === undefined || !same(value, entry[1])) return false;
    }
    return true;
  }

  /** Only for whoever makes the dict: a dict that an expression has seen does not change. */
  set(key: Runtime, value: Runtime): void {
    const hash = hashKey(key);
    const entry = this.#entries.get(hash);
    if (entry === undefined) this.#entries.set(hash, [key, value]);
    else entry[1] = value;
  }

  /** As `set`, only for whoever makes the dict. */
  remove(key: Runtime): void {
    this.#entries.delete(hashKey(key));
  }

  has(key: Runtime): boolean {
    return this.#entries.has(hashKey(key));
  }

  find(key: Runtime): Runtime | undefined {
    return this.#entries.get(hashKey(key))?.[1];
  }

  /** @throws KeyError */
  get(key: Runtime): Runtime {
    const entry = this.#entries.get(hashKey(key));
    if (entry === undefined) throw new Raised('KeyError', reprOf(key));
    return entry[1];
  }

  entries(): IterableIterator<readonly [Runtime, Runtime]> {
    return this.#entries.values();
  }

  *keys(): Generator<Runtime> {
    for (const [key] of this.#entries.values()) yield key;
  }

  *values(): Generator<Runtime> {
    for (const [, value] of this.#entries.values()) yield value;
  }

  override repr(nested: (value: Runtime) => string): string {
    return `{${Array.from(this.#entries.values(), ([k, v]) => `${nested(k)}: ${nested(v)}`).join(', ')}}`;
  }
}
