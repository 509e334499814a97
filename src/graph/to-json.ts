import type { Json } from '../values/encode.ts';
import { edge, FORMAT_VERSION, output, scope, type TaskGraphJson, task } from './json-format.ts';
import type { TaskGraph } from './task-graph.ts';

/**
 * The graph as plain data for `JSON.stringify`: the same graph gives the same text. Nothing is lost (`fromJSON` gives
 * an equal graph), and nothing is masked: parameters marked hidden are there in clear.
 */
export function toJSON(graph: TaskGraph): TaskGraphJson {
  const ids = graph.tasks.map((one) => one.id);
  const edges: Json[] = [];
  for (const { requirer, required, reasons } of graph.edges()) {
    edges.push(edge.write({ requirer: ids[requirer] as string, required: ids[required] as string, reasons }));
  }
  return {
    formatVersion: FORMAT_VERSION,
    tasks: graph.tasks.map(task.write),
    edges,
    scopes: Array.from(graph.scopes.values(), scope.write),
    outputs: graph.outputs.map((one) =>
      output.write({ ...one, requires: one.requires.map((index) => ids[index] as string) }),
    ),
  };
}
