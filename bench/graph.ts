/** Our graph against graphlib in the same run: build, order. `npx tsx bench/graph.ts [tasks]`. */
import { alg, Graph } from '@dagrejs/graphlib';
import { TaskGraphBuilder } from '../src/graph/builder.ts';
import { order } from '../src/graph/order.ts';

const size = Number(process.argv[2] ?? 20_000);
const ids = Array.from({ length: size }, (_, i) => `resource_${i}`);
const inputs = {};

/** Three edges a task to earlier ones; the same pairs in every run. */
const pairs: [number, number][] = [];
let seed = 1;
for (let i = 1; i < size; i++) {
  for (let k = 0; k < 3; k++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    pairs.push([i, seed % i]);
  }
}

function ours(): () => number {
  const builder = new TaskGraphBuilder();
  for (const id of ids) builder.task({ id, action: 'CREATE', name: id, type: '', scope: '', inputs });
  for (const [requirer, required] of pairs) builder.edge(requirer, required, { kind: 'get_attr' });
  const graph = builder.build();
  return () => {
    const result = order(graph);
    return result.ok ? result.order.length : 0;
  };
}

function graphlib(): () => number {
  const graph = new Graph();
  for (const id of ids) graph.setNode(id);
  for (const [requirer, required] of pairs) graph.setEdge(ids[required] as string, ids[requirer] as string);
  return () => alg.topsort(graph).length;
}

/** Best of five, in milliseconds. */
function measure(make: () => () => number): { build: number; order: number } {
  const best = { build: Number.POSITIVE_INFINITY, order: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    const sort = make();
    const built = performance.now();
    if (sort() !== size) throw new Error('a task is missing');
    best.build = Math.min(best.build, built - start);
    best.order = Math.min(best.order, performance.now() - built);
  }
  return best;
}

const mine = measure(ours);
const theirs = measure(graphlib);
for (const step of ['build', 'order'] as const) {
  const ratio = (theirs[step] / mine[step]).toFixed(1);
  console.log(`${step}: ${mine[step].toFixed(1)} ms, graphlib ${theirs[step].toFixed(1)} ms: ${ratio} times faster`);
}
