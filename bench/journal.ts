/**
 * What a journal costs: graphs of tasks run without one, with one in memory, with one in a file that is flushed for every
 * batch before anything is acted upon (`file`), and with one in a file that is written for every batch and flushed once a
 * second (`written`). Prints the time of each and its ratio to none.
 *
 * A flush takes what the disk takes, whatever the library does, and what follows from a task must wait for it. So the
 * same batches are also written and flushed by a bare loop (`disk`): the time without a journal and that are the floor.
 * Below it: how long it takes to open the journal of the whole run and give its result again, and the heap, after
 * garbage was collected, at every tenth of a run. Measures `dist`: build first.
 *
 *     npx tsx bench/journal.ts [tasks = 100000]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CONTENDER = fileURLToPath(new URL('journal-contender.mjs', import.meta.url));
const REPEATS = 3;

interface Measurement {
  readonly wallMs: number;
  readonly openMs: number;
  readonly diskMs: number;
  readonly batches: number;
  readonly fileMb: number;
  readonly heaps: readonly number[];
}

function measure(kind: string, shape: string, tasks: number, ms: number, heap?: 'heap'): Measurement {
  const args = ['--expose-gc', CONTENDER, kind, shape, String(tasks), String(ms), heap ?? ''];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measurement;
}

/** Of several, the fastest: other work of the machine only ever adds. */
function best(kind: string, shape: string, tasks: number, ms: number, repeats: number): Measurement {
  const all = Array.from({ length: repeats }, () => measure(kind, shape, tasks, ms));
  return all.reduce((a, b) => (b.wallMs < a.wallMs ? b : a));
}

function compare(shape: string, tasks: number, ms: number, repeats = REPEATS): void {
  console.log(`\n${tasks} tasks of ${ms} ms, ${shape}, concurrency 100`);
  const none = best('none', shape, tasks, ms, repeats);
  const line = (kind: string, wall: number, more = ''): void => {
    const ratio = (wall / none.wallMs).toFixed(2);
    console.log(`${kind.padEnd(13)} ${wall.toFixed(0).padStart(7)} ms  ratio ${ratio}${more}`);
  };
  line('none', none.wallMs);
  line('memory', best('memory', shape, tasks, ms, repeats).wallMs);
  line('written', best('written', shape, tasks, ms, repeats).wallMs);
  const file = best('file', shape, tasks, ms, repeats);
  const flush = (file.diskMs / file.batches).toFixed(2);
  line('disk alone', file.diskMs, `  ${file.batches} flushes of ${flush} ms`);
  const floor = none.wallMs + file.diskMs;
  line('file', file.wallMs, `  ${(file.wallMs / floor).toFixed(2)} of none + disk alone`);
  console.log(`${file.fileMb.toFixed(1)} MB, opened again in ${file.openMs.toFixed(0)} ms`);
}

function growth(shape: string, tasks: number): void {
  const { heaps } = measure('file', shape, tasks, 0, 'heap');
  const [first = 0, last = 0] = [heaps[2], heaps[8]];
  const samples = heaps.map((mb) => mb.toFixed(1)).join(' ');
  console.log(`\nheap of a ${shape} of ${tasks} tasks in a file, at each tenth: ${samples} MB`);
  console.log(`from 30 % to 90 %: ${(((last - first) * 2 ** 20) / (tasks * 0.6)).toFixed(1)} bytes for each task`);
}

const tasks = Number(process.argv[2] ?? 100_000);
compare('layered', tasks, 0);
compare('layered', tasks, 5);
compare('chain', tasks / 10, 1, 1);
compare('chain', tasks, 0, 1);
growth('layered', tasks);
growth('chain', tasks);
