import { EdgeReasonStore, type LocateReason } from './edge-reasons.ts';
import { makeEdgeRows } from './edge-rows.ts';
import type { EdgeReason, GraphOutput, Scope, Task } from './task.ts';
import { TaskGraph } from './task-graph.ts';

export interface TaskGraphBuilderOptions {
  /** Finds the place of a reason that has a path but no place, when it is asked for. Default: it has none. */
  readonly locate?: LocateReason;
  /** @internal The store of a graph from which this one is made. */
  readonly store?: EdgeReasonStore;
}

/** Collects tasks and edges; `build` makes the graph. Tasks come before the edges that name them. */
export class TaskGraphBuilder {
  readonly #tasks: Task[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #scopes = new Map<string, Scope>();
  readonly #outputs: GraphOutput[] = [];
  readonly #outputNames = new Map<string, Set<string>>();
  readonly #store: EdgeReasonStore;
  #edges = 0;
  #requirer = new Int32Array(64);
  #required = new Int32Array(64);
  #reason = new Int32Array(64);

  constructor(options: TaskGraphBuilderOptions = {}) {
    this.#store = options.store ?? new EdgeReasonStore(options.locate);
  }

  /** How many tasks there are by now: the index of the next one. */
  get size(): number {
    return this.#tasks.length;
  }

  /**
   * Adds a task and returns its index.
   * @throws RangeError when the id is taken.
   */
  task(task: Task): number {
    const { id } = task;
    const index = this.#tasks.length;
    // One look into the map, and not two: a graph of 100,000 tasks is mostly that.
    this.#indexes.set(id, index);
    if (this.#indexes.size === index) {
      this.#indexes.set(
        id,
        this.#tasks.findIndex((known) => known.id === id),
      );
      throw new RangeError(`task id is taken: ${JSON.stringify(id)}`);
    }
    this.#tasks.push(task);
    return index;
  }

  /** The index of a task that was added; -1 when there is none. */
  indexOf(id: string): number {
    return this.#indexes.get(id) ?? -1;
  }

  /** The ids of all tasks so far, in order. */
  ids(): Iterable<string> {
    return this.#indexes.keys();
  }

  /**
   * Adds an edge. One between the same two tasks again adds its reason to those of the first.
   * @throws RangeError for an index that no task has, or an unknown kind.
   */
  edge(requirer: number, required: number, reason: EdgeReason): void {
    this.#checkIndex(requirer);
    this.#checkIndex(required);
    this.edgeOfStore(requirer, required, this.#store.add(reason, (this.#tasks[requirer] as Task).scope));
  }

  /** @internal An edge whose reason is in the store already. */
  edgeOfStore(requirer: number, required: number, reason: number): void {
    if (this.#edges === this.#requirer.length) this.#grow();
    this.#requirer[this.#edges] = requirer;
    this.#required[this.#edges] = required;
    this.#reason[this.#edges] = reason;
    this.#edges++;
  }

  /** @throws RangeError when another scope has its path. */
  scope(scope: Scope): void {
    const known = this.#scopes.get(scope.path);
    if (known !== undefined && known !== scope) {
      throw new RangeError(`scope is there already: ${JSON.stringify(scope.path)}`);
    }
    this.#scopes.set(scope.path, scope);
  }

  /** @throws RangeError when its scope has an output of that name, or for an index that no task has. */
  output(output: GraphOutput): void {
    for (const index of output.requires) this.#checkIndex(index);
    let names = this.#outputNames.get(output.scope);
    if (names === undefined) {
      names = new Set();
      this.#outputNames.set(output.scope, names);
    }
    if (names.has(output.name)) throw new RangeError(`output is there already: ${JSON.stringify(output.name)}`);
    names.add(output.name);
    this.#outputs.push(output);
  }

  /** The graph of what was added so far. The builder may go on: that does not change graphs that were built. */
  build(): TaskGraph {
    const added = {
      count: this.#edges,
      requirer: this.#requirer,
      required: this.#required,
      reason: this.#reason,
    };
    return new TaskGraph({
      tasks: Object.freeze(this.#tasks.slice()),
      indexes: this.#indexes,
      scopes: new Map(this.#scopes),
      outputs: Object.freeze(this.#outputs.slice()),
      rows: makeEdgeRows(this.#tasks.length, added),
      store: this.#store,
    });
  }

  #checkIndex(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.#tasks.length) {
      throw new RangeError(`no task has index ${index}`);
    }
  }

  #grow(): void {
    const length = this.#requirer.length * 2;
    this.#requirer = grown(this.#requirer, length);
    this.#required = grown(this.#required, length);
    this.#reason = grown(this.#reason, length);
  }
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
