import type { EdgeReasonStore } from './edge-reasons.ts';
import type { Edge, EdgeKind, EdgeReason, GraphOutput, Scope, Task } from './task.ts';

/** Edges in compressed rows, both ways. Row `i` of `requires` starts at `requiresStart[i]`. */
export interface EdgeRows {
  readonly requiresStart: Int32Array;
  /** An edge's position here is its number. */
  readonly requires: Int32Array;
  readonly requiredByStart: Int32Array;
  /** Each row ascending. */
  readonly requiredBy: Int32Array;
  /** For each position of `requiredBy`, the number of the edge. */
  readonly requiredByEdge: Int32Array;
  /** Reasons of edge `e`: `reasons[reasonsStart[e]]` up to `reasons[reasonsStart[e + 1]]`, indexes into the store. */
  readonly reasonsStart: Int32Array;
  readonly reasons: Int32Array;
}

export interface TaskGraphParts {
  readonly tasks: readonly Task[];
  readonly indexes: ReadonlyMap<string, number>;
  readonly scopes: ReadonlyMap<string, Scope>;
  readonly outputs: readonly GraphOutput[];
  readonly rows: EdgeRows;
  readonly store: EdgeReasonStore;
}

/**
 * Tasks and who requires whom: dense, immutable, made by `TaskGraphBuilder` or `fromJSON`. It does not run anything,
 * and knows nothing of templates. Tasks are numbered in the order in which they were added.
 */
export class TaskGraph {
  readonly tasks: readonly Task[];
  readonly scopes: ReadonlyMap<string, Scope>;
  readonly outputs: readonly GraphOutput[];
  /** @internal For this room: graphs made from this one share what does not change. */
  readonly parts: TaskGraphParts;

  /** @internal Use `TaskGraphBuilder`. */
  constructor(parts: TaskGraphParts) {
    this.parts = parts;
    this.tasks = parts.tasks;
    this.scopes = parts.scopes;
    this.outputs = parts.outputs;
    Object.freeze(this);
  }

  /** How many tasks there are. */
  get size(): number {
    return this.tasks.length;
  }

  /** How many pairs (requirer, required) there are; an edge with several reasons counts once. */
  get edgeCount(): number {
    return this.parts.rows.requires.length;
  }

  /** The index of the task with this id; -1 when there is none. */
  indexOf(id: string): number {
    const index = this.parts.indexes.get(id);
    // The builder goes on using its map: ids that came after this graph was built are not in it.
    return index === undefined || index >= this.tasks.length ? -1 : index;
  }

  /** What this task requires, in the order in which the edges were added. A view: do not write to it. */
  requires(index: number): Int32Array {
    const { requires, requiresStart } = this.parts.rows;
    return requires.subarray(requiresStart[index] ?? 0, requiresStart[index + 1] ?? 0);
  }

  /** How many tasks this one requires. */
  requiresCount(index: number): number {
    const { requiresStart } = this.parts.rows;
    return (requiresStart[index + 1] ?? 0) - (requiresStart[index] ?? 0);
  }

  /** What requires this task, ascending. A view: do not write to it. */
  requiredBy(index: number): Int32Array {
    const { requiredBy, requiredByStart } = this.parts.rows;
    return requiredBy.subarray(requiredByStart[index] ?? 0, requiredByStart[index + 1] ?? 0);
  }

  /** Every edge, by requirer, each made when it is asked for. */
  *edges(): Generator<Edge, void, undefined> {
    const { requires, requiresStart } = this.parts.rows;
    for (let requirer = 0; requirer < this.tasks.length; requirer++) {
      const end = requiresStart[requirer + 1] as number;
      for (let edge = requiresStart[requirer] as number; edge < end; edge++) {
        yield { requirer, required: requires[edge] as number, reasons: this.#reasonsOf(edge) };
      }
    }
  }

  /** Why `requirer` requires `required`; empty when it does not. */
  reasons(requirer: number, required: number): readonly EdgeReason[] {
    const edge = this.#edgeNumber(requirer, required);
    return edge < 0 ? [] : this.#reasonsOf(edge);
  }

  /** The kinds of the reasons alone, without looking up any place. */
  kinds(requirer: number, required: number): readonly EdgeKind[] {
    const edge = this.#edgeNumber(requirer, required);
    if (edge < 0) return [];
    const { reasons, reasonsStart } = this.parts.rows;
    return Array.from(reasons.subarray(reasonsStart[edge], reasonsStart[edge + 1]), (i) => this.parts.store.kind(i));
  }

  /** Whether `requirer` requires `required` directly. */
  hasEdge(requirer: number, required: number): boolean {
    return this.#edgeNumber(requirer, required) >= 0;
  }

  #reasonsOf(edge: number): EdgeReason[] {
    const { reasons, reasonsStart } = this.parts.rows;
    return Array.from(reasons.subarray(reasonsStart[edge], reasonsStart[edge + 1]), (i) => this.parts.store.get(i));
  }

  #edgeNumber(requirer: number, required: number): number {
    const { requiredBy, requiredByStart, requiredByEdge } = this.parts.rows;
    let low = requiredByStart[required] ?? 0;
    let high = (requiredByStart[required + 1] ?? 0) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = requiredBy[middle] as number;
      if (found === requirer) return requiredByEdge[middle] as number;
      if (found < requirer) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
