import { hashKey, MARK, textKey, unorderedKey } from './hashing.ts';
import type { HashKey, Runtime } from './objects.ts';
import { SetLike } from './set-like.ts';
import { tableOrder } from './set-order.ts';

/** Python's frozenset. Iteration order is CPython's where that does not depend on the process (integers). */
export class FrozenSet extends SetLike {
  readonly typeName: string = 'frozenset';
  readonly #items: Map<HashKey, Runtime> = new Map();
  #ordered: readonly Runtime[] | undefined;

  constructor(items: Iterable<Runtime>) {
    super();
    for (const item of items) {
      const key = hashKey(item);
      if (!this.#items.has(key)) this.#items.set(key, item);
    }
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: Runtime): boolean {
    return this.#items.has(hashKey(item));
  }

  get items(): readonly Runtime[] {
    this.#ordered ??= tableOrder([...this.#items.values()]);
    return this.#ordered;
  }

  iterate(): Iterator<Runtime> {
    return this.items.values();
  }

  override hash(): HashKey {
    return `${MARK}S${unorderedKey(Array.from(this.#items.values(), textKey))}`;
  }

  override repr(nested: (value: Runtime) => string): string {
    return this.size === 0 ? 'frozenset()' : `frozenset({${this.items.map(nested).join(', ')}})`;
  }
}
