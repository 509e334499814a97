import type { EdgeRows } from './task-graph.ts';

/** Edges as they were added: one requirer, required and reason per position; pairs may repeat. */
export interface EdgeColumns {
  readonly count: number;
  readonly requirer: Int32Array;
  readonly required: Int32Array;
  readonly reason: Int32Array;
}

/** Sorts the edges into rows by counting, and merges those of the same pair; linear in tasks and edges. */
export function makeEdgeRows(size: number, added: EdgeColumns): EdgeRows {
  const byRequirer = groupBy(added.requirer, added.count, size);

  // Number the distinct pairs: `lastSeen[required]` is the edge of the row at hand, if it is not of an earlier row.
  const edgeOf = new Int32Array(added.count);
  const pairs = new Int32Array(added.count);
  const requiresStart = new Int32Array(size + 1);
  const lastSeen = new Int32Array(size).fill(-1);
  let edges = 0;
  for (let row = 0; row < size; row++) {
    const rowStart = edges;
    requiresStart[row] = rowStart;
    const end = byRequirer.start[row + 1] as number;
    for (let i = byRequirer.start[row] as number; i < end; i++) {
      const position = byRequirer.items[i] as number;
      const required = added.required[position] as number;
      let edge = lastSeen[required] as number;
      if (edge < rowStart) {
        edge = edges++;
        pairs[edge] = required;
        lastSeen[required] = edge;
      }
      edgeOf[position] = edge;
    }
  }
  requiresStart[size] = edges;
  const requires = pairs.slice(0, edges);

  const byRequired = groupBy(requires, edges, size);
  const requiredBy = new Int32Array(edges);
  const requirerOf = new Int32Array(edges);
  for (let row = 0; row < size; row++) requirerOf.fill(row, requiresStart[row], requiresStart[row + 1]);
  for (let i = 0; i < edges; i++) requiredBy[i] = requirerOf[byRequired.items[i] as number] as number;

  const byEdge = groupBy(edgeOf, added.count, edges);
  const reasons = new Int32Array(added.count);
  for (let i = 0; i < added.count; i++) reasons[i] = added.reason[byEdge.items[i] as number] as number;

  return {
    requiresStart,
    requires,
    requiredByStart: byRequired.start,
    requiredBy,
    requiredByEdge: byRequired.items,
    reasonsStart: byEdge.start,
    reasons,
  };
}

/** Positions grouped by key, in order within each group. */
function groupBy(keys: Int32Array, count: number, groups: number): { start: Int32Array; items: Int32Array } {
  const start = new Int32Array(groups + 1);
  for (let i = 0; i < count; i++) (start[(keys[i] as number) + 1] as number)++;
  for (let g = 0; g < groups; g++) start[g + 1] = (start[g + 1] as number) + (start[g] as number);
  const next = start.slice();
  const items = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number;
    const at = next[key] as number;
    next[key] = at + 1;
    items[at] = i;
  }
  return { start, items };
}
