import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/compile/build-graph.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { bindPair, readPairs, type UpdatePair } from './update-pairs.ts';

const isUpdate = (action: string | undefined): boolean => action !== 'DELETE' && action !== 'CLEANUP';

/** Nodes as [name, is_update], edges as [requirer, required]: the oracle's form, as sorted texts. */
function shown(graph: TaskGraph): { nodes: string[]; edges: string[] } {
  const node = (index: number): string => {
    const { name, action } = graph.tasks[index] as TaskGraph['tasks'][number];
    return JSON.stringify([name, isUpdate(action)]);
  };
  return {
    nodes: graph.tasks.map((_, index) => node(index)).sort(),
    edges: Array.from(graph.edges(), ({ requirer, required }) => `${node(requirer)} ${node(required)}`).sort(),
  };
}

function expected({ names, nodes, edges }: NonNullable<UpdatePair['graph']>): { nodes: string[]; edges: string[] } {
  const node = (code: number): string => JSON.stringify([names[code >> 1], code % 2 === 1]);
  return { nodes: nodes.map(node).sort(), edges: edges.map(([a, b]) => `${node(a)} ${node(b)}`).sort() };
}

describe('the graph of an update is that of Heat’s convergence engine', () => {
  it.each(['handmade', 'corpus'] as const)('node for node, edge for edge: %s', (name) => {
    const different: string[] = [];
    const pairs = readPairs(name).filter(({ graph }) => graph !== undefined);
    for (const pair of pairs) {
      const previous = bindPair(pair, 'old');
      const { graph } = buildGraph(bindPair(pair, 'new'), { action: 'UPDATE', previous });
      const [ours, heats] = [shown(graph), expected(pair.graph as NonNullable<UpdatePair['graph']>)];
      if (JSON.stringify(ours) !== JSON.stringify(heats)) different.push(pair.id);
    }
    expect(different).toEqual([]);
    expect(pairs.length).toBeGreaterThanOrEqual(name === 'corpus' ? 500 : 20);
  });
});
