/**
 * Running graphs of no-op tasks: this package, p-graph 2 (the fastest peer with a limit and priorities), and a bare loop
 * over the same edges as the floor. Each measurement has a process of its own; set-up (making the graph of names and
 * pairs) counts. Prints CPU time and the largest resident memory, and ratios. Measures `dist`: build first.
 *
 *     npx tsx bench/run.ts [tasks = 100000] [repetitions = 5]
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

function measure(name: string, shape: 'layered' | 'chain', tasks: number): Measurement {
  const printed = execFileSync(process.execPath, [CONTENDER, name, shape, String(tasks)], { encoding: 'utf8' });
  return JSON.parse(printed) as Measurement;
}

/** The best of several of each, in turn: what else the machine does hits all of them. */
function measureAll<Name extends string>(
  names: readonly Name[],
  tasks: number,
  repetitions: number,
): Record<Name, Measurement> {
  const best = {} as Record<Name, Measurement>;
  for (let i = 0; i < repetitions; i++) {
    for (const name of names) {
      const one = measure(name, 'layered', tasks);
      if (best[name] === undefined || one.cpuMs < best[name].cpuMs) best[name] = one;
    }
  }
  for (const name of names) print(name, best[name]);
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
const repetitions = Number(process.argv[3] ?? 5);
console.log(`${tasks} no-op tasks in 100 layers, 3 edges each, concurrency 100; best of ${repetitions}`);
const best = measureAll(['ours', 'p-graph', 'bare-loop'], tasks, repetitions);
const [ours, peer, floor] = [best.ours, best['p-graph'], best['bare-loop']];
const ratio = (a: number, b: number): string => (a / b).toFixed(1);
console.log(
  `p-graph / ours: ${ratio(peer.cpuMs, ours.cpuMs)} in CPU, ${ratio(peer.wallMs, ours.wallMs)} in time, ${ratio(peer.rssMb, ours.rssMb)} in memory`,
);
console.log(`ours / bare loop: ${ratio(ours.cpuMs, floor.cpuMs)} in CPU`);
console.log(`\na chain of ${CHAIN} no-op tasks`);
print('ours', measure('ours', 'chain', CHAIN));
