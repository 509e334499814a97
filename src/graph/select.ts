import { TaskGraphBuilder } from './builder.ts';
import type { Task } from './task.ts';
import type { TaskGraph } from './task-graph.ts';

export interface SelectOptions {
  /** Also everything that the chosen tasks require, directly or not. Default false. */
  readonly withRequired?: boolean;
  /** Also everything that requires the chosen tasks, directly or not. Default false. */
  readonly withRequirers?: boolean;
}

/**
 * The part of the graph with the chosen tasks, in their order, the edges between them, the outputs that need no other
 * task, and all scopes. Order that went through a task that was not chosen is lost; `withRequired` keeps it.
 *
 * @param choice A predicate, or ids.
 * @throws RangeError for an id that no task has.
 */
export function select(
  graph: TaskGraph,
  choice: ((task: Task, index: number) => boolean) | Iterable<string>,
  options: SelectOptions = {},
): TaskGraph {
  const chosen = chosenTasks(graph, choice);
  const { requires, requiresStart, requiredBy, requiredByStart } = graph.parts.rows;
  const kept = chosen.slice();
  if (options.withRequired === true) addReachable(kept, chosen, requiresStart, requires);
  if (options.withRequirers === true) addReachable(kept, chosen, requiredByStart, requiredBy);
  return keepOnly(graph, kept);
}

function chosenTasks(
  graph: TaskGraph,
  choice: ((task: Task, index: number) => boolean) | Iterable<string>,
): Uint8Array<ArrayBuffer> {
  const chosen = new Uint8Array(graph.size);
  if (typeof choice === 'function') {
    for (const [index, task] of graph.tasks.entries()) if (choice(task, index)) chosen[index] = 1;
    return chosen;
  }
  for (const id of choice) {
    const index = graph.indexOf(id);
    if (index < 0) throw new RangeError(`no task has the id ${JSON.stringify(id)}`);
    chosen[index] = 1;
  }
  return chosen;
}

function addReachable(kept: Uint8Array, from: Uint8Array, start: Int32Array, neighbours: Int32Array): void {
  const seen = from.slice();
  const pending: number[] = [];
  for (let i = 0; i < from.length; i++) if (from[i] === 1) pending.push(i);
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const end = start[task + 1] as number;
    for (let i = start[task] as number; i < end; i++) {
      const other = neighbours[i] as number;
      if (seen[other] === 1) continue;
      seen[other] = 1;
      kept[other] = 1;
      pending.push(other);
    }
  }
}

function keepOnly(graph: TaskGraph, kept: Uint8Array): TaskGraph {
  const { requires, requiresStart, reasons, reasonsStart } = graph.parts.rows;
  const builder = new TaskGraphBuilder({ store: graph.parts.store });
  const renumbered = new Int32Array(graph.size).fill(-1);
  for (const [index, task] of graph.tasks.entries()) if (kept[index] === 1) renumbered[index] = builder.task(task);
  for (let requirer = 0; requirer < graph.size; requirer++) {
    if (kept[requirer] !== 1) continue;
    for (let edge = requiresStart[requirer] as number; edge < (requiresStart[requirer + 1] as number); edge++) {
      const required = requires[edge] as number;
      if (kept[required] !== 1) continue;
      for (let r = reasonsStart[edge] as number; r < (reasonsStart[edge + 1] as number); r++) {
        builder.edgeOfStore(renumbered[requirer] as number, renumbered[required] as number, reasons[r] as number);
      }
    }
  }
  for (const scope of graph.scopes.values()) builder.scope(scope);
  for (const output of graph.outputs) {
    if (!output.requires.every((index) => kept[index] === 1)) continue;
    builder.output({ ...output, requires: output.requires.map((index) => renumbered[index] as number) });
  }
  return builder.build();
}
