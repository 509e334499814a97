import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { circularDependency } from '../diagnostics/graph.ts';
import { criticalPath } from '../graph/critical-path.ts';
import { shortestCycle } from '../graph/cycles.ts';
import { order } from '../graph/order.ts';
import type { TaskGraph } from '../graph/task-graph.ts';

/** How far each task is from the end. Undefined when the graph has a cycle. @throws RangeError for a weight that is none. */
export function lengthsOf(graph: TaskGraph): Float64Array | undefined {
  try {
    return criticalPath(graph).lengths;
  } catch (error) {
    if (order(graph).ok) throw error;
    return undefined;
  }
}

/** Why a graph that has a cycle cannot run. */
export function cycleIn(graph: TaskGraph): Diagnostic {
  const idOf = (index: number) => graph.tasks[index]?.id ?? '';
  const steps = shortestCycle(graph).map(({ requirer, required, reasons: [reason] }) => ({
    requirer: idOf(requirer),
    required: idOf(required),
    kind: reason?.kind ?? 'depends_on',
    ...(reason?.place !== undefined && { place: reason.place }),
  }));
  return circularDependency(steps);
}
