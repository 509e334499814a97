/**
 * One measurement of `compile.ts`, in a process of its own: CPU milliseconds of the first call and the median of those
 * that follow (after some to warm up), of the built package as its users have it.
 *
 *     node bench/compile-contender.mjs ours|js-yaml FILE WARM-UP REPETITIONS
 */
import { readFileSync } from 'node:fs';

const [name, file, warmUp, repetitions] = process.argv.slice(2);

const contenders = {
  async ours() {
    const { loadDocument, readTemplate, bindStack, buildGraph, order } = await import('../dist/index.js');
    return (text, phase) => {
      const loaded = phase('loadDocument', () => loadDocument(text));
      const read = phase('readTemplate', () => readTemplate(loaded.document));
      const { stack } = phase('bindStack', () => bindStack(read.template));
      const { ok, graph, diagnostics } = phase('buildGraph', () => buildGraph(stack));
      if (!ok) throw new Error(diagnostics[0].message);
      const sorted = phase('order', () => order(graph));
      return { resources: sorted.order.length, edges: graph.edgeCount };
    };
  },
  async 'js-yaml'() {
    const { load } = await import('js-yaml');
    return (text, phase) => ({ resources: Object.keys(phase('load', () => load(text)).resources).length });
  },
};

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const text = readFileSync(file, 'utf8');
const work = await contenders[name]();
let counts;

function once() {
  const phases = {};
  const start = cpuMs();
  counts = work(text, (label, action) => {
    const before = cpuMs();
    const result = action();
    phases[label] = cpuMs() - before;
    return result;
  });
  return { total: cpuMs() - start, phases };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const cold = once();
for (let i = 0; i < Number(warmUp); i++) once();
const runs = Array.from({ length: Number(repetitions) }, once);
const phases = Object.fromEntries(
  Object.keys(cold.phases).map((label) => [label, median(runs.map((run) => run.phases[label]))]),
);
console.log(
  JSON.stringify({
    ...counts,
    bytes: text.length,
    coldMs: cold.total,
    warmMs: median(runs.map(({ total }) => total)),
    phases,
    rssMb: process.resourceUsage().maxRSS / 1024,
  }),
);
