import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type CycleStep, circularDependency } from '../diagnostics/graph.ts';
import { cycles } from '../graph/cycles.ts';
import { order } from '../graph/order.ts';
import type { Edge, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';

/** One diagnostic for each knot of the graph: its shortest cycle, with the place of every edge in it. */
export function checkCycles(graph: TaskGraph): Diagnostic[] {
  if (order(graph).ok) return [];
  return cycles(graph).map((edges) => circularDependency(edges.map((edge) => cycleStep(graph, edge))));
}

function cycleStep(graph: TaskGraph, { requirer, required, reasons }: Edge): CycleStep {
  const id = (index: number): string => (graph.tasks[index] as Task).id;
  const { kind = 'implicit', place, rule } = reasons[0] ?? {};
  return {
    requirer: id(requirer),
    required: id(required),
    kind: rule === undefined ? kind : `${kind}: ${rule}`,
    ...(place === undefined ? {} : { place }),
  };
}
