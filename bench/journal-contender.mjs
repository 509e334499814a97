/**
 * One measurement of `journal.ts`, in a process of its own, of the built package as its users have it.
 *
 *     node --expose-gc bench/journal-contender.mjs none|memory|file|written layered|chain TASKS MS [heap]
 *
 * `file` is flushed for every batch, `written` once a second. With `heap` it takes samples of the heap, which takes time.
 */
import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../dist/executors/run.js';
import { TaskGraphBuilder } from '../dist/graph/builder.js';
import { MemoryJournal } from '../dist/journal/memory-journal.js';
import { openFileJournal } from '../dist/journal-file/file-journal.js';

const LAYERS = 100;
const EDGES = 3;
const CONCURRENCY = 100;
const SAMPLES = 10;

const [kind, shape, count, ms, heap] = process.argv.slice(2);
const tasks = Number(count);
const graph = makeGraph();

// On the disk of the checkout: /tmp may be memory.
const temp = join(import.meta.dirname, '../temp');
mkdirSync(temp, { recursive: true });
const folder = mkdtempSync(join(temp, 'journal-'));
const file = join(folder, 'journal');
const inFile = kind === 'file' || kind === 'written';

const heaps = [];
let done = 0;
const Noop = () => {
  done++;
  if (heap === 'heap' && done % Math.floor(tasks / SAMPLES) === 0) heaps.push(heapMb());
  return Number(ms) > 0 ? new Promise((resolve) => setTimeout(resolve, Number(ms))) : undefined;
};

try {
  const sizes = [];
  const journal = await openJournal(sizes);
  const started = performance.now();
  const options = { handlers: { Noop }, concurrency: CONCURRENCY, runId: 'r', ...(journal && { journal }) };
  const { status } = await run(graph, options).result;
  const wallMs = performance.now() - started;
  if (status !== 'COMPLETE' || done !== tasks) throw new Error(`${status} after ${done} tasks`);
  await journal?.close();
  const fileMb = inFile ? statSync(file).size / 2 ** 20 : 0;
  const openMs = inFile ? await resume(options) : 0;
  const diskMs = kind === 'file' ? bareDisk(sizes) : 0;
  console.log(JSON.stringify({ wallMs, openMs, diskMs, batches: sizes.length, fileMb, heaps }));
} finally {
  rmSync(folder, { recursive: true });
}

async function openJournal(sizes) {
  if (kind === 'none') return undefined;
  if (kind === 'memory') return new MemoryJournal();
  const journal = await openFileJournal(file, { flushEvery: kind === 'written' ? 1000 : 0 });
  const append = journal.append.bind(journal);
  // About what a record takes; the disk does not care more precisely.
  journal.append = (records) => {
    sizes.push(65 * records.length);
    return append(records);
  };
  return journal;
}

/** How long it takes to open the journal of the whole run, and to give its result again. */
async function resume(options) {
  const started = performance.now();
  const journal = await openFileJournal(file);
  const { status } = await run(graph, { ...options, journal }).result;
  if (status !== 'COMPLETE' || done !== tasks) throw new Error('not resumed');
  const openMs = performance.now() - started;
  await journal.close();
  return openMs;
}

/** The same batches, written and flushed one after the other by nothing but a loop. */
function bareDisk(sizes) {
  const bytes = Buffer.alloc(Math.max(...sizes), 'x');
  const handle = openSync(join(folder, 'bare'), 'a');
  const started = performance.now();
  for (const size of sizes) {
    writeSync(handle, bytes, 0, size);
    fdatasyncSync(handle);
  }
  closeSync(handle);
  return performance.now() - started;
}

function heapMb() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function makeGraph() {
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
  return builder.build();
}
