/** A binary heap: whatever `before` puts first comes out first. */
export class Heap<T extends number | object> {
  readonly #before: (a: T, b: T) => boolean;
  readonly #items: T[] = [];

  /** `before` must be a strict order of all items: no ties. */
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = items[above] as T;
      if (!this.#before(item, other)) break;
      items[at] = other;
      at = above;
    }
    items[at] = item;
  }

  /** Takes out the first; undefined when there is none. */
  pop(): T | undefined {
    const items = this.#items;
    // Before any look into it: one look beyond the end of an array slows all others down.
    if (items.length === 0) return undefined;
    const first = items[0] as T;
    const last = items.pop() as T;
    if (items.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      const right = below + 1;
      if (right < items.length && this.#before(items[right] as T, items[below] as T)) below = right;
      const other = items[below] as T;
      if (!this.#before(other, last)) break;
      items[at] = other;
      at = below;
    }
    items[at] = last;
    return first;
  }
}
