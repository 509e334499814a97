export interface Groups {
  /** Where each group begins in `items`, and at the end where the last one ends. */
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/**
 * Positions grouped by key (from 0 below `groups`), in order within each group. Linear. Every loop is a function of its
 * own: V8 optimises a long loop while it runs, and gives that up at the next one in the same function.
 */
export function groupBy(keys: Int32Array, count: number, groups: number): Groups {
  const start = new Int32Array(groups + 1);
  countKeys(keys, count, start);
  addUp(start);
  const items = new Int32Array(count);
  sortIn(keys, count, start.slice(), items);
  return { start, items };
}

function countKeys(keys: Int32Array, count: number, counts: Int32Array): void {
  for (let i = 0; i < count; i++) (counts[(keys[i] as number) + 1] as number)++;
}

function addUp(counts: Int32Array): void {
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i] as number) + (counts[i - 1] as number);
}

/** @param next where the next one of each group goes: it moves on. */
function sortIn(keys: Int32Array, count: number, next: Int32Array, items: Int32Array): void {
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number;
    const at = next[key] as number;
    next[key] = at + 1;
    items[at] = i;
  }
}
