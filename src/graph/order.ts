import { shortestCycleIndexes } from './cycles.ts';
import { groupBy } from './group-by.ts';
import type { TaskGraph } from './task-graph.ts';

export type OrderResult =
  | { readonly ok: true; readonly order: Int32Array }
  /** Each requires the next, the last the first. */
  | { readonly ok: false; readonly cycle: readonly number[] };

/**
 * Indexes in an order in which everything comes after what it requires: level by level, by index within a level, so that
 * the same graph always gives the same order. Linear (Kahn's algorithm).
 */
export function order(graph: TaskGraph): OrderResult {
  const found = levelOfEach(graph);
  if (found === undefined) return { ok: false, cycle: shortestCycleIndexes(graph) };
  return { ok: true, order: groupBy(found.level, found.level.length, found.count).items };
}

/**
 * Tasks by level: those of level 0 require nothing, the others something of the level before and nothing of a later one.
 * @throws RangeError when the graph has a cycle; `order` tells whether it has.
 */
export function levels(graph: TaskGraph): number[][] {
  const found = levelOfEach(graph);
  if (found === undefined) throw new RangeError('the graph has a cycle');
  const rows: number[][] = Array.from({ length: found.count }, () => []);
  for (let task = 0; task < graph.size; task++) (rows[found.level[task] as number] as number[]).push(task);
  return rows;
}

function levelOfEach(graph: TaskGraph): { level: Int32Array; count: number } | undefined {
  const { requiresStart, requiredBy, requiredByStart } = graph.parts.rows;
  const size = graph.size;
  const missing = new Int32Array(size);
  const level = new Int32Array(size);
  const queue = new Int32Array(size);
  let tail = 0;
  let count = 0;
  for (let task = 0; task < size; task++) {
    const required = (requiresStart[task + 1] as number) - (requiresStart[task] as number);
    missing[task] = required;
    if (required === 0) queue[tail++] = task;
  }
  for (let head = 0; head < tail; head++) {
    const task = queue[head] as number;
    const next = (level[task] as number) + 1;
    if (next > count) count = next;
    const end = requiredByStart[task + 1] as number;
    for (let i = requiredByStart[task] as number; i < end; i++) {
      const requirer = requiredBy[i] as number;
      if (next > (level[requirer] as number)) level[requirer] = next;
      if (--(missing[requirer] as number) === 0) queue[tail++] = requirer;
    }
  }
  return tail === size ? { level, count } : undefined;
}
