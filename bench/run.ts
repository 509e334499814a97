/**
 * Running graphs of no-op tasks: this package, p-graph 2 (the fastest peer with a limit and priorities), and a bare loop
 * over the same edges as the floor. Each measurement has a process of its own; set-up (making the graph of names and
 * pairs) counts. Prints CPU time and the largest resident memory, and ratios. Measures `dist`: build first.
 *
 *     npx tsx bench/run.ts [tasks = 100000] [repetitions = 3]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHAIN = 1_000_000;
const CONTENDER = fileURLToPath(new URL('run-contender.mjs', import.meta.url));

interface Measurement {
  readonly setUpMs: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssMb: number;
  readonly baseMb: number;
}

function measure(name: string, shape: 'layered' | 'chain', tasks: number, repetitions: number): Measurement {
  const all = Array.from({ length: repetitions }, () => {
    const printed = execFileSync(process.execPath, [CONTENDER, name, shape, String(tasks)], { encoding: 'utf8' });
    return JSON.parse(printed) as Measurement;
  });
  const best = all.reduce((a, b) => (b.cpuMs < a.cpuMs ? b : a));
  print(name, best);
  return best;
}

function print(name: string, m: Measurement): void {
  const columns = [
    name.padEnd(10),
    `${m.cpuMs.toFixed(0).padStart(6)} ms CPU (set-up ${m.setUpMs.toFixed(0)})`,
    `${m.wallMs.toFixed(0).padStart(6)} ms wall`,
    `${m.rssMb.toFixed(0).padStart(4)} MB resident (${m.baseMb.toFixed(0)} before)`,
  ];
  console.log(columns.join('  '));
}

const tasks = Number(process.argv[2] ?? 100_000);
const repetitions = Number(process.argv[3] ?? 3);
console.log(`${tasks} no-op tasks in 100 layers, 3 edges each, concurrency 100; best of ${repetitions}`);
const ours = measure('ours', 'layered', tasks, repetitions);
const peer = measure('p-graph', 'layered', tasks, repetitions);
const floor = measure('bare-loop', 'layered', tasks, repetitions);
console.log(
  `p-graph / ours: ${(peer.cpuMs / ours.cpuMs).toFixed(1)} in CPU, ${(peer.rssMb / ours.rssMb).toFixed(1)} in memory`,
);
console.log(`ours / bare loop: ${(ours.cpuMs / floor.cpuMs).toFixed(1)} in CPU`);
console.log(`\na chain of ${CHAIN} no-op tasks`);
measure('ours', 'chain', CHAIN, 1);
