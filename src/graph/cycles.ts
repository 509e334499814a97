import { strongComponents } from './strong-components.ts';
import type { Edge } from './task.ts';
import type { TaskGraph } from './task-graph.ts';

/** Indexes of the tasks that lie on a cycle, ascending. */
export function onCycles(graph: TaskGraph): number[] {
  return cyclicGroups(graph)
    .groups.flat()
    .sort((a, b) => a - b);
}

/**
 * A cycle in its shortest form, as edges: each one's required is the next one's requirer, the last one's the first
 * requirer. Empty when there is none. Taken among the tasks that are tied up with the first task on a cycle; it is the
 * shortest of all through them while that can be found at a bounded cost (up to about a hundred tasks always), and the
 * shortest through one of them beyond.
 */
export function shortestCycle(graph: TaskGraph): Edge[] {
  return asEdges(graph, shortestCycleIndexes(graph));
}

/** One cycle in its shortest form for each group of tasks that are tied up with each other, by first task. */
export function cycles(graph: TaskGraph): Edge[][] {
  const { groups, component } = cyclicGroups(graph);
  const search = new CycleSearch(graph, component);
  return groups.map((group) => asEdges(graph, shortestWithin(graph, group, search)));
}

/** The indexes along `shortestCycle`: each requires the next, the last the first. */
export function shortestCycleIndexes(graph: TaskGraph): number[] {
  const { groups, component } = cyclicGroups(graph);
  const [group] = groups;
  return group === undefined ? [] : shortestWithin(graph, group, new CycleSearch(graph, component));
}

function asEdges(graph: TaskGraph, cycle: readonly number[]): Edge[] {
  return cycle.map((requirer, i) => {
    const required = cycle[(i + 1) % cycle.length] as number;
    return { requirer, required, reasons: graph.reasons(requirer, required) };
  });
}

/** Strongly connected components with a cycle in them, each ascending, ordered by their first task. */
function cyclicGroups(graph: TaskGraph): { groups: number[][]; component: Int32Array } {
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
  return { groups: [...groups.values()], component };
}

/** A hundred tasks may be searched from each of them; beyond that, work stays within this many times the size. */
const WORK_FLOOR = 20_000;
const WORK_FACTOR = 16;

function shortestWithin(graph: TaskGraph, group: readonly number[], search: CycleSearch): number[] {
  const loop = group.find((task) => graph.hasEdge(task, task));
  if (loop !== undefined) return [loop];
  let budget = search.work + WORK_FLOOR;
  for (const task of group) budget += WORK_FACTOR * (1 + graph.requiresCount(task));
  let best: number[] = [];
  for (const task of group) {
    const found = search.through(task, best.length === 0 ? Number.POSITIVE_INFINITY : best.length);
    if (found !== undefined) best = found;
    if (best.length === 2 || search.work > budget) break;
  }
  return fromLowest(best);
}

/** Breadth-first search of the way back to a task, which never leaves its component. */
class CycleSearch {
  /** Edges looked at so far. */
  work = 0;
  readonly #graph: TaskGraph;
  readonly #component: Int32Array;
  readonly #cameFrom: Int32Array;
  readonly #depth: Int32Array;
  readonly #queue: Int32Array;
  /** The round in which a task was last seen. */
  readonly #seenIn: Int32Array;
  #round = 0;

  constructor(graph: TaskGraph, component: Int32Array) {
    this.#graph = graph;
    this.#component = component;
    this.#cameFrom = new Int32Array(graph.size);
    this.#depth = new Int32Array(graph.size);
    this.#queue = new Int32Array(graph.size);
    this.#seenIn = new Int32Array(graph.size);
  }

  /** The shortest cycle through the task with fewer than `limit` tasks; undefined when there is none. */
  through(start: number, limit: number): number[] | undefined {
    const { requires, requiresStart } = this.#graph.parts.rows;
    const component = this.#component;
    const within = component[start];
    const cameFrom = this.#cameFrom;
    const depths = this.#depth;
    const queue = this.#queue;
    const seenIn = this.#seenIn;
    const round = ++this.#round;
    let tail = 0;
    queue[tail++] = start;
    seenIn[start] = round;
    depths[start] = 1;
    for (let head = 0; head < tail; head++) {
      const task = queue[head] as number;
      const depth = depths[task] as number;
      if (depth >= limit) return undefined;
      const end = requiresStart[task + 1] as number;
      this.work += end - (requiresStart[task] as number);
      for (let edge = requiresStart[task] as number; edge < end; edge++) {
        const required = requires[edge] as number;
        if (required === start) return this.#trace(task, depth);
        if (component[required] !== within || seenIn[required] === round) continue;
        seenIn[required] = round;
        cameFrom[required] = task;
        depths[required] = depth + 1;
        queue[tail++] = required;
      }
    }
    return undefined;
  }

  #trace(last: number, length: number): number[] {
    const backwards: number[] = [];
    for (let at = last; backwards.length < length; at = this.#cameFrom[at] as number) backwards.push(at);
    return backwards.reverse();
  }
}

/** The same cycle, begun at its task of the lowest index. */
function fromLowest(cycle: readonly number[]): number[] {
  let lowest = 0;
  for (let i = 1; i < cycle.length; i++) if ((cycle[i] as number) < (cycle[lowest] as number)) lowest = i;
  return [...cycle.slice(lowest), ...cycle.slice(0, lowest)];
}
