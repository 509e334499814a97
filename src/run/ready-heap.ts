/** What is ready to start, as a binary heap: whatever `before` puts first comes out first. */
export class ReadyHeap {
  readonly #before: (a: number, b: number) => boolean;
  readonly #items: number[] = [];

  /** `before` must be a strict order of all tasks: no ties. */
  constructor(before: (a: number, b: number) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  push(task: number): void {
    const items = this.#items;
    let at = items.length;
    items.push(task);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = items[above] as number;
      if (!this.#before(task, other)) break;
      items[at] = other;
      at = above;
    }
    items[at] = task;
  }

  /** Takes out the first; undefined when there is none. */
  pop(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      const right = below + 1;
      if (right < items.length && this.#before(items[right] as number, items[below] as number)) below = right;
      const other = items[below] as number;
      if (!this.#before(other, last)) break;
      items[at] = other;
      at = below;
    }
    items[at] = last;
    return first;
  }

  clear(): void {
    this.#items.length = 0;
  }
}
