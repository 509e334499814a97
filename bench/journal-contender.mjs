/**
 * One measurement of `journal.ts`, in a process of its own, of the built package as its users have it.
 *
 *     node --expose-gc bench/journal-contender.mjs none|memory|file layered|chain TASKS MS
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../dist/executors/run.js';
import { TaskGraphBuilder } from '../dist/graph/builder.js';
import { MemoryJournal } from '../dist/journal/memory-journal.js';
import { openFileJournal } from '../dist/journal-file/file-journal.js';

const LAYERS = 100;
const EDGES = 3;
const CONCURRENCY = 100;

const [kind, shape, count, ms] = process.argv.slice(2);
const tasks = Number(count);
const builder = new TaskGraphBuilder();
for (let i = 0; i < tasks; i++) {
  builder.task({ id: `task${i}`, name: `task${i}`, action: 'CREATE', type: 'Noop', scope: '', inputs: {} });
}
const require = (requirer, required) => builder.edge(requirer, required, { kind: 'depends_on' });
const width = Math.max(1, Math.floor(tasks / LAYERS));
let seed = 42;
for (let task = shape === 'chain' ? 1 : width; task < tasks; task++) {
  if (shape === 'chain') {
    require(task, task - 1);
    continue;
  }
  const before = Math.floor(task / width) * width - width;
  for (let edge = 0; edge < EDGES; edge++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    require(task, before + ((seed >>> 8) % width));
  }
}
const graph = builder.build();

// On the disk of the checkout: /tmp may be memory.
const folder = mkdtempSync(join(import.meta.dirname, '../temp/journal-'));
const file = join(folder, 'journal');
const open = async () => {
  if (kind === 'none') return undefined;
  return kind === 'memory' ? new MemoryJournal() : openFileJournal(file);
};

const heapMb = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const heaps = [];
let done = 0;
const Noop = () => {
  done++;
  // At a tenth, and at nine tenths: what was given is kept until the end, what was waited for is not.
  if (done === Math.floor(tasks / 10) || done === Math.floor((tasks * 9) / 10)) heaps.push(heapMb());
  return Number(ms) > 0 ? new Promise((resolve) => setTimeout(resolve, Number(ms))) : undefined;
};

try {
  const journal = await open();
  const started = performance.now();
  const options = { handlers: { Noop }, concurrency: CONCURRENCY, runId: 'r', ...(journal && { journal }) };
  const { status } = await run(graph, options).result;
  const wallMs = performance.now() - started;
  if (status !== 'COMPLETE' || done !== tasks) throw new Error(`${status} after ${done} tasks`);
  await journal?.close();
  let openMs = 0;
  if (kind === 'file') {
    const reopened = performance.now();
    const again = await openFileJournal(file);
    const { result } = run(graph, { ...options, journal: again });
    if ((await result).status !== 'COMPLETE' || done !== tasks) throw new Error('not resumed');
    openMs = performance.now() - reopened;
    await again.close();
  }
  const fileMb = kind === 'file' ? statSync(file).size / 2 ** 20 : 0;
  console.log(JSON.stringify({ wallMs, openMs, fileMb, heaps }));
} finally {
  rmSync(folder, { recursive: true });
}
