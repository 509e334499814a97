/**
 * One measurement of `run.ts`, in a process of its own, of the built package as its users have it.
 *
 *     node bench/run-contender.mjs CONTENDER layered|chain TASKS
 */
const LAYERS = 100;
const EDGES = 3;
const CONCURRENCY = 100;

/** Layers of equal width; each task requires some of the layer before, the same ones each time. */
function layered(tasks) {
  const width = Math.max(1, Math.floor(tasks / LAYERS));
  const edges = [];
  let seed = 42;
  for (let task = width; task < tasks; task++) {
    const before = Math.floor(task / width) * width - width;
    for (let edge = 0; edge < EDGES; edge++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      edges.push(task, before + ((seed >>> 8) % width));
    }
  }
  return Int32Array.from(edges);
}

function chain(tasks) {
  const edges = new Int32Array(2 * (tasks - 1));
  for (let task = 1; task < tasks; task++) edges.set([task, task - 1], 2 * (task - 1));
  return edges;
}

// Each takes names of tasks and edges as pairs (requirer, required), and returns how many tasks ran.
const contenders = {
  async ours(names, edges, started) {
    const builder = new library.TaskGraphBuilder();
    for (const id of names) builder.task({ id, name: id, action: 'CREATE', type: 'Noop', scope: '', inputs: {} });
    for (let i = 0; i < edges.length; i += 2) builder.edge(edges[i], edges[i + 1], { kind: 'depends_on' });
    const graph = builder.build();
    const setUpMs = cpuMs() - started;
    let count = 0;
    const create = async () => {
      count++;
    };
    const { result } = library.run(graph, { handlers: { Noop: { create } }, concurrency: CONCURRENCY });
    const { status } = await result;
    if (status !== 'COMPLETE') throw new Error(status);
    return { count, setUpMs };
  },

  async 'p-graph'(names, edges, started) {
    let count = 0;
    const run = async () => {
      count++;
    };
    const nodes = new Map(names.map((name) => [name, { run }]));
    const pairs = [];
    for (let i = 0; i < edges.length; i += 2) pairs.push([names[edges[i + 1]], names[edges[i]]]);
    const graph = new library.PGraph(nodes, pairs);
    const setUpMs = cpuMs() - started;
    await graph.run({ concurrency: CONCURRENCY });
    return { count, setUpMs };
  },

  async 'bare-loop'(names, edges, started) {
    const start = new Int32Array(names.length + 2);
    const missing = new Int32Array(names.length);
    for (let i = 0; i < edges.length; i += 2) {
      start[edges[i + 1] + 2]++;
      missing[edges[i]]++;
    }
    for (let i = 2; i < start.length; i++) start[i] += start[i - 1];
    const requiredBy = new Int32Array(edges.length / 2);
    for (let i = 0; i < edges.length; i += 2) requiredBy[start[edges[i + 1] + 1]++] = edges[i];
    const setUpMs = cpuMs() - started;
    const ready = [];
    for (let task = 0; task < names.length; task++) if (missing[task] === 0) ready.push(task);
    let count = 0;
    const work = async () => {
      count++;
    };
    const lane = async () => {
      for (let task = ready.pop(); task !== undefined; task = ready.pop()) {
        await work();
        for (let i = start[task]; i < start[task + 1]; i++)
          if (--missing[requiredBy[i]] === 0) ready.push(requiredBy[i]);
      }
    };
    while (ready.length > 0) await Promise.all(Array.from({ length: CONCURRENCY }, lane));
    return { count, setUpMs };
  },
};

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function load(name) {
  if (name === 'p-graph') return import('p-graph');
  if (name === 'bare-loop') return {};
  const [builder, run] = await Promise.all([import('../dist/graph/builder.js'), import('../dist/executors/run.js')]);
  return { ...builder, ...run };
}

const [name, shape, tasks] = process.argv.slice(2);
const library = await load(name);
const names = Array.from({ length: Number(tasks) }, (_, i) => `task${i}`);
const edges = shape === 'chain' ? chain(names.length) : layered(names.length);
const baseMb = process.memoryUsage().rss / 2 ** 20;
const cpu = cpuMs();
const wall = performance.now();
const { count, setUpMs } = await contenders[name](names, edges, cpu);
if (count !== names.length) throw new Error(`${count} of ${names.length} tasks ran`);
const measured = {
  setUpMs,
  cpuMs: cpuMs() - cpu,
  wallMs: performance.now() - wall,
  rssMb: process.resourceUsage().maxRSS / 1024,
  baseMb,
};
console.log(JSON.stringify(measured));
