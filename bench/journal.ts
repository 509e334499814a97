/**
 * What a journal costs: graphs of tasks run without one, with one in memory, and with one in a file, which is flushed to
 * the disk before anything is acted upon. Prints the time of each, the ratio to none, how long it takes to open the
 * journal of a whole run and give its result again, and how the heap grows while the run goes on. A flush takes what the
 * disk takes, whatever the library does: it is measured beside. Measures `dist`: build first.
 *
 *     npx tsx bench/journal.ts [tasks = 100000]
 */
import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CONTENDER = fileURLToPath(new URL('journal-contender.mjs', import.meta.url));
const TEMP = fileURLToPath(new URL('../temp', import.meta.url));

interface Measurement {
  readonly wallMs: number;
  readonly openMs: number;
  readonly fileMb: number;
  readonly heaps: readonly number[];
}

function measure(kind: string, shape: string, tasks: number, ms: number): Measurement {
  const args = ['--expose-gc', CONTENDER, kind, shape, String(tasks), String(ms)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measurement;
}

function compare(shape: string, tasks: number, ms: number): void {
  console.log(`\n${tasks} tasks of ${ms} ms, ${shape}, concurrency 100`);
  const none = measure('none', shape, tasks, ms);
  for (const kind of ['none', 'memory', 'file']) {
    const m = kind === 'none' ? none : measure(kind, shape, tasks, ms);
    const heap = m.heaps.map((mb) => mb.toFixed(0)).join(' → ');
    const file = kind === 'file' ? `, ${m.fileMb.toFixed(0)} MB, opened again in ${m.openMs.toFixed(0)} ms` : '';
    const ratio = (m.wallMs / none.wallMs).toFixed(2);
    console.log(`${kind.padEnd(7)} ${m.wallMs.toFixed(0).padStart(7)} ms  ratio ${ratio}  heap ${heap} MB${file}`);
  }
}

function flushMs(): number {
  const file = `${TEMP}/flush`;
  const handle = openSync(file, 'a');
  const started = performance.now();
  for (let i = 0; i < 100; i++) {
    writeSync(handle, 'x'.repeat(10_000));
    fdatasyncSync(handle);
  }
  closeSync(handle);
  unlinkSync(file);
  return (performance.now() - started) / 100;
}

const tasks = Number(process.argv[2] ?? 100_000);
mkdirSync(TEMP, { recursive: true });
console.log(`a flush takes ${flushMs().toFixed(2)} ms here`);
compare('layered', tasks, 0);
compare('layered', tasks, 5);
compare('chain', tasks / 10, 1);
