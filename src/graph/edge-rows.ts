import { type Groups, groupBy } from './group-by.ts';
import type { EdgeRows } from './task-graph.ts';

/** Edges as they were added: one requirer, required and reason per position; pairs may repeat. */
export interface EdgeColumns {
  readonly count: number;
  readonly requirer: Int32Array;
  readonly required: Int32Array;
  readonly reason: Int32Array;
}

/** Sorts the edges into rows, and merges those of the same pair; linear in tasks and edges. */
export function makeEdgeRows(size: number, added: EdgeColumns): EdgeRows {
  const { count } = added;
  const { edgeOf, requires, requiresStart } = numberPairs(size, added, groupBy(added.requirer, count, size));
  const edges = requires.length;
  const byRequired = groupBy(requires, edges, size);
  const byEdge = groupBy(edgeOf, count, edges);
  return {
    requiresStart,
    requires,
    requiredByStart: byRequired.start,
    requiredBy: pick(rowOfEach(requiresStart, edges), byRequired.items),
    requiredByEdge: byRequired.items,
    reasonsStart: byEdge.start,
    reasons: pick(added.reason, byEdge.items),
  };
}

/** Numbers the distinct pairs, row by row. */
function numberPairs(
  size: number,
  { count, required }: EdgeColumns,
  byRequirer: Groups,
): { edgeOf: Int32Array; requires: Int32Array; requiresStart: Int32Array } {
  const edgeOf = new Int32Array(count);
  const pairs = new Int32Array(count);
  const requiresStart = new Int32Array(size + 1);
  // The edge of the row at hand to each required, if it is not of an earlier row.
  const lastSeen = new Int32Array(size).fill(-1);
  let edges = 0;
  for (let row = 0; row < size; row++) {
    const rowStart = edges;
    requiresStart[row] = rowStart;
    const end = byRequirer.start[row + 1] as number;
    for (let i = byRequirer.start[row] as number; i < end; i++) {
      const position = byRequirer.items[i] as number;
      const to = required[position] as number;
      let edge = lastSeen[to] as number;
      if (edge < rowStart) {
        edge = edges++;
        pairs[edge] = to;
        lastSeen[to] = edge;
      }
      edgeOf[position] = edge;
    }
  }
  requiresStart[size] = edges;
  return { edgeOf, requires: pairs.slice(0, edges), requiresStart };
}

function rowOfEach(start: Int32Array, count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0, i = 0; row < start.length - 1; row++) {
    const end = start[row + 1] as number;
    while (i < end) rows[i++] = row;
  }
  return rows;
}

function pick(values: Int32Array, positions: Int32Array): Int32Array {
  const picked = new Int32Array(positions.length);
  for (let i = 0; i < positions.length; i++) picked[i] = values[positions[i] as number] as number;
  return picked;
}
