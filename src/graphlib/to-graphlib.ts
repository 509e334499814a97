import { Graph } from '@dagrejs/graphlib';
import type { EdgeReason, GraphOutput, Scope, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { nodeId } from './node-id.ts';

/** A copy of the task, so that tools which write into labels (dagre: `x`, `y`, `width`) do not change the graph. */
export type NodeLabel = Task & { readonly [key: string]: unknown };

export interface EdgeLabel {
  readonly reasons: readonly EdgeReason[];
}

export interface GraphLabel {
  readonly scopes: ReadonlyMap<string, Scope>;
  /** `requires` has ids instead of indexes. */
  readonly outputs: readonly (Omit<GraphOutput, 'requires'> & { readonly requires: readonly string[] })[];
}

/**
 * The graph for tools that speak graphlib. **Edges go from the required task to the requirer**, so that
 * `alg.topsort` gives an order of running, `predecessors` is what a task requires, and dagre draws from top to bottom.
 *
 * Nodes are named `nodeId(task.id)`, because names such as `__proto__` or `0` break graphlib; the label of a node is its
 * task, the label of an edge `{ reasons }`, that of the graph has the scopes and outputs.
 */
export function toGraphlib(graph: TaskGraph): Graph<GraphLabel, NodeLabel, EdgeLabel> {
  const result = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ directed: true });
  const nodes = graph.tasks.map((task) => nodeId(task.id));
  for (const [index, task] of graph.tasks.entries()) result.setNode(nodes[index] as string, { ...task });
  for (const { requirer, required, reasons } of graph.edges()) {
    result.setEdge(nodes[required] as string, nodes[requirer] as string, { reasons });
  }
  result.setGraph({
    scopes: graph.scopes,
    outputs: graph.outputs.map((output) => ({
      ...output,
      requires: output.requires.map((index) => (graph.tasks[index] as Task).id),
    })),
  });
  return result;
}
