import type { TaskGraph } from './task-graph.ts';

/**
 * Tarjan's strongly connected components without recursion: `component[i]` for each task. Two tasks are in one component
 * when each requires the other, directly or not. Components are numbered required first. Linear.
 */
export function strongComponents(graph: TaskGraph): { component: Int32Array; count: number } {
  const { requires, requiresStart } = graph.parts.rows;
  const size = graph.size;
  const component = new Int32Array(size).fill(-1);
  const seenAt = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const path = new Int32Array(size);
  const open = new Int32Array(size);
  let openCount = 0;
  let clock = 0;
  let count = 0;
  for (let start = 0; start < size; start++) {
    if (seenAt[start] !== -1) continue;
    let depth = 0;
    path[0] = start;
    while (depth >= 0) {
      const task = path[depth] as number;
      if (seenAt[task] === -1) {
        seenAt[task] = low[task] = clock++;
        next[task] = requiresStart[task] as number;
        open[openCount++] = task;
      }
      const end = requiresStart[task + 1] as number;
      let edge = next[task] as number;
      let descended = false;
      while (edge < end) {
        const required = requires[edge++] as number;
        if (seenAt[required] === -1) {
          path[++depth] = required;
          descended = true;
          break;
        }
        if (component[required] === -1) low[task] = Math.min(low[task] as number, seenAt[required] as number);
      }
      next[task] = edge;
      if (descended) continue;
      if (low[task] === seenAt[task]) {
        let member: number;
        do {
          member = open[--openCount] as number;
          component[member] = count;
        } while (member !== task);
        count++;
      }
      depth--;
      if (depth >= 0) {
        const requirer = path[depth] as number;
        low[requirer] = Math.min(low[requirer] as number, low[task] as number);
      }
    }
  }
  return { component, count };
}
