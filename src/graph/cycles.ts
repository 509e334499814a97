import { strongComponents } from './strong-components.ts';
import type { Edge } from './task.ts';
import type { TaskGraph } from './task-graph.ts';

/** Indexes of the tasks that lie on a cycle, ascending. */
export function onCycles(graph: TaskGraph): number[] {
  return cyclicGroups(graph)
    .flat()
    .sort((a, b) => a - b);
}

/**
 * A cycle in its shortest form, as edges: each one's required is the next one's requirer, the last one's the first
 * requirer. Empty when there is none. Taken among the tasks that are tied up with the first task on a cycle; it is the
 * shortest of all through them while that can be found at a bounded cost (up to about a hundred tasks always), and the
 * shortest through one of them beyond.
 */
export function shortestCycle(graph: TaskGraph): Edge[] {
  const [group] = cyclicGroups(graph);
  return group === undefined ? [] : asEdges(graph, shortestWithin(graph, group));
}

/** One cycle in its shortest form for each group of tasks that are tied up with each other, by first task. */
export function cycles(graph: TaskGraph): Edge[][] {
  return cyclicGroups(graph).map((group) => asEdges(graph, shortestWithin(graph, group)));
}

/** The indexes along `shortestCycle`: each requires the next, the last the first. */
export function shortestCycleIndexes(graph: TaskGraph): number[] {
  const [group] = cyclicGroups(graph);
  return group === undefined ? [] : shortestWithin(graph, group);
}

function asEdges(graph: TaskGraph, cycle: readonly number[]): Edge[] {
  return cycle.map((requirer, i) => {
    const required = cycle[(i + 1) % cycle.length] as number;
    return { requirer, required, reasons: graph.reasons(requirer, required) };
  });
}

/** Strongly connected components with a cycle in them, each ascending, ordered by their first task. */
function cyclicGroups(graph: TaskGraph): number[][] {
  const { component, count } = strongComponents(graph);
  const sizes = new Int32Array(count);
  for (const c of component) (sizes[c] as number)++;
  const groups = new Map<number, number[]>();
  for (let task = 0; task < graph.size; task++) {
    const c = component[task] as number;
    if (sizes[c] === 1 && !graph.hasEdge(task, task)) continue;
    const group = groups.get(c);
    if (group === undefined) groups.set(c, [task]);
    else group.push(task);
  }
  return [...groups.values()];
}

/** A hundred tasks may be searched from each of them; beyond that, work stays within this many times the size. */
const WORK_FLOOR = 20_000;
const WORK_FACTOR = 32;

function shortestWithin(graph: TaskGraph, group: readonly number[]): number[] {
  const loop = group.find((task) => graph.hasEdge(task, task));
  if (loop !== undefined) return [loop];
  const search = new CycleSearch(graph, group);
  let budget = WORK_FLOOR;
  for (const task of group) budget += WORK_FACTOR * (1 + graph.requires(task).length);
  let best: number[] = [];
  for (const task of group) {
    const found = search.through(task, best.length === 0 ? Number.POSITIVE_INFINITY : best.length);
    if (found !== undefined) best = found;
    if (best.length === 2 || search.work > budget) break;
  }
  return fromLowest(best);
}

/** Breadth-first search of the way back to a task, within one group. */
class CycleSearch {
  /** Edges looked at so far. */
  work = 0;
  readonly #graph: TaskGraph;
  readonly #group: readonly number[];
  readonly #local = new Map<number, number>();
  readonly #cameFrom: Int32Array;
  readonly #seenIn: Int32Array;
  readonly #depth: Int32Array;
  readonly #queue: Int32Array;
  #round = 0;

  constructor(graph: TaskGraph, group: readonly number[]) {
    this.#graph = graph;
    this.#group = group;
    for (const [i, task] of group.entries()) this.#local.set(task, i);
    this.#cameFrom = new Int32Array(group.length);
    this.#seenIn = new Int32Array(group.length);
    this.#depth = new Int32Array(group.length);
    this.#queue = new Int32Array(group.length);
  }

  /** The shortest cycle through the task with fewer than `limit` tasks; undefined when there is none. */
  through(task: number, limit: number): number[] | undefined {
    const round = ++this.#round;
    const start = this.#local.get(task) as number;
    let head = 0;
    let tail = 0;
    this.#queue[tail++] = start;
    this.#seenIn[start] = round;
    this.#depth[start] = 1;
    while (head < tail) {
      const at = this.#queue[head++] as number;
      const depth = this.#depth[at] as number;
      if (depth >= limit) return undefined;
      for (const required of this.#graph.requires(this.#group[at] as number)) {
        this.work++;
        const local = this.#local.get(required);
        if (local === undefined) continue;
        if (local === start) return this.#trace(at, depth);
        if (this.#seenIn[local] === round) continue;
        this.#seenIn[local] = round;
        this.#cameFrom[local] = at;
        this.#depth[local] = depth + 1;
        this.#queue[tail++] = local;
      }
    }
    return undefined;
  }

  #trace(last: number, length: number): number[] {
    const backwards: number[] = [];
    for (let at = last; backwards.length < length; at = this.#cameFrom[at] as number) {
      backwards.push(this.#group[at] as number);
    }
    return backwards.reverse();
  }
}

/** The same cycle, begun at its task of the lowest index. */
function fromLowest(cycle: readonly number[]): number[] {
  let lowest = 0;
  for (let i = 1; i < cycle.length; i++) if ((cycle[i] as number) < (cycle[lowest] as number)) lowest = i;
  return [...cycle.slice(lowest), ...cycle.slice(0, lowest)];
}
