import type { TaskGraph } from '../graph/task-graph.ts';
import { Heap } from './heap.ts';
import { checkLimit } from './run-settings.ts';
import type { TraversalOptions } from './traversal-protocol.ts';

interface Pool {
  readonly limit: number;
  used: number;
  /** Ready, but the pool is full. */
  readonly blocked: Heap<number>;
}

/**
 * Which ready task may start next: by priority of its policy, then the longest way to the end, then template order,
 * as far as the run's concurrency and that of the task's pool leave a place.
 */
export class ReadyQueue {
  readonly #graph: TaskGraph;
  readonly #concurrency: number;
  readonly #pools = new Map<string, Pool>();
  readonly #heap: Heap<number>;
  #used = 0;

  constructor(graph: TaskGraph, options: TraversalOptions) {
    this.#graph = graph;
    this.#concurrency = checkLimit('concurrency', options.concurrency);
    const before = makeOrder(graph, options.lengths);
    this.#heap = new Heap<number>(before);
    for (const [name, limit] of options.pools ?? []) {
      this.#pools.set(name, { limit: checkLimit(`pool '${name}'`, limit), used: 0, blocked: new Heap<number>(before) });
    }
  }

  push(task: number): void {
    this.#heap.push(task);
  }

  /** Takes out the next task, and a place for it; undefined when nothing may start. */
  next(): number | undefined {
    if (this.#used >= this.#concurrency) return undefined;
    for (let task = this.#heap.pop(); task !== undefined; task = this.#heap.pop()) {
      const pool = this.#poolOf(task);
      if (pool !== undefined && pool.used >= pool.limit) {
        pool.blocked.push(task);
        continue;
      }
      if (pool !== undefined) pool.used++;
      this.#used++;
      return task;
    }
    return undefined;
  }

  /** Takes a place for a task that had it before, whatever the limits are now. */
  take(task: number): void {
    this.#used++;
    const pool = this.#poolOf(task);
    if (pool !== undefined) pool.used++;
  }

  /** Gives back the place of a task. */
  release(task: number): void {
    this.#used--;
    const pool = this.#poolOf(task);
    if (pool === undefined) return;
    pool.used--;
    // Only one: each place that becomes free lets one task out, so that a full pool never costs more than linear time.
    const unblocked = pool.blocked.pop();
    if (unblocked !== undefined) this.#heap.push(unblocked);
  }

  #poolOf(task: number): Pool | undefined {
    if (this.#pools.size === 0) return undefined;
    const name = this.#graph.tasks[task]?.policy?.pool;
    return name === undefined ? undefined : this.#pools.get(name);
  }
}

function makeOrder(graph: TaskGraph, lengths: ArrayLike<number> | undefined): (a: number, b: number) => boolean {
  const byLength = (a: number, b: number): boolean => {
    if (lengths === undefined) return a < b;
    const difference = (lengths[b] as number) - (lengths[a] as number);
    return difference === 0 ? a < b : difference < 0;
  };
  const priorities = prioritiesOf(graph);
  if (priorities === undefined) return byLength;
  return (a, b) => {
    const difference = (priorities[b] as number) - (priorities[a] as number);
    return difference === 0 ? byLength(a, b) : difference < 0;
  };
}

/** Undefined when no task has a priority. */
function prioritiesOf(graph: TaskGraph): Float64Array | undefined {
  let priorities: Float64Array | undefined;
  for (let task = 0; task < graph.size; task++) {
    const priority = graph.tasks[task]?.policy?.priority;
    if (priority === undefined || priority === 0 || Number.isNaN(priority)) continue;
    priorities ??= new Float64Array(graph.size);
    priorities[task] = priority;
  }
  return priorities;
}
