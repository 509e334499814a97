import { circularDependency } from '../diagnostics/compile.ts';
import type { Diagnostic, RelatedPlace } from '../diagnostics/diagnostic.ts';
import { cycles } from '../graph/cycles.ts';
import { order } from '../graph/order.ts';
import type { Edge, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';

/** One diagnostic for each knot of the graph: its shortest cycle, with the place of every edge in it. */
export function checkCycles(graph: TaskGraph): Diagnostic[] {
  if (order(graph).ok) return [];
  return cycles(graph).map((edges) => {
    const id = (index: number): string => (graph.tasks[index] as Task).id;
    const steps = edges.map(({ requirer }) => id(requirer));
    return circularDependency(
      steps,
      edges.map((edge) => relatedPlace(edge, id)),
    );
  });
}

function relatedPlace({ requirer, required, reasons }: Edge, id: (index: number) => string): RelatedPlace {
  const [reason] = reasons;
  const why = reason?.kind === 'implicit' ? `by the rule ${reason.rule}` : `by ${reason?.kind}`;
  const message = `'${id(requirer)}' requires '${id(required)}' ${why}`;
  return reason?.place === undefined ? { message } : { message, place: reason.place };
}
