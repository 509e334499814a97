/**
 * From a template's text to its graph, in order: this package against the real Heat (the same texts, the CPU time of the
 * same work: parsing, the stack with its resources, explicit and implicit dependencies, topological order), and against
 * `load` of js-yaml, which is less than half of the work, as the floor. CPU time, each in a process of its own. Heat runs
 * in a warm process, so the ratio to it is of our warm median; `cold` is the first call in a new process. Measures
 * `dist`: build first.
 *
 *     npm run bench -- compile [--quick] [--json]      --quick: 1,000 resources only
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { madeUpTemplate, type Shape } from './workloads/made-up-template.ts';

const CONTENDER = fileURLToPath(new URL('compile-contender.mjs', import.meta.url));
const HEAT = fileURLToPath(new URL('../../shared/oracle/bench_heat.py', import.meta.url));
const PYTHON = '/usr/bin/python3';

interface Measurement {
  readonly resources: number;
  readonly coldMs: number;
  readonly warmMs: number;
  readonly phases: Readonly<Record<string, number>>;
  readonly rssMb: number;
}

interface Workload {
  readonly shape: Shape;
  readonly count: number;
  /** How many times as long the real Heat should take, at least. Undefined: not compared, it would take too long. */
  readonly target?: number;
}

interface Row extends Workload {
  readonly ours: Measurement;
  readonly load: Measurement;
  readonly heatMs: number | undefined;
}

const WORKLOADS: readonly Workload[] = [
  { shape: 'chain', count: 1_000, target: 6 },
  { shape: 'wide', count: 1_000, target: 6 },
  { shape: 'layered', count: 1_000, target: 6 },
  { shape: 'neutron', count: 999, target: 150 },
  { shape: 'chain', count: 10_000, target: 25 },
  { shape: 'wide', count: 10_000, target: 12 },
  { shape: 'layered', count: 10_000, target: 25 },
  { shape: 'layered', count: 100_000 },
];
/** Ours to js-yaml's `load`, and per resource 100,000 to 10,000 layered: at most. */
const LOAD_TARGET = 1.6;
const GROWTH_TARGET = 1.5;

/** What is optimised, and when, differs from process to process: of several the one with the least median counts. */
function measure(contender: 'ours' | 'js-yaml', file: string, count: number): Measurement {
  const [processes, warmUp, repetitions] = count > 10_000 ? [2, 0, 3] : count > 1_000 ? [3, 2, 7] : [3, 20, 25];
  const args = [CONTENDER, contender, file, String(warmUp), String(repetitions)];
  const once = (): Measurement => JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measurement;
  return Array.from({ length: processes }, once).reduce((best, one) => (one.warmMs < best.warmMs ? one : best));
}

/** CPU milliseconds of the real Heat. */
function heat(file: string, count: number): number {
  const args = [HEAT, '--repeat', count > 1_000 ? '1' : '3', '--phase-limit', '120', file];
  const result = JSON.parse(execFileSync(PYTHON, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as {
    cpu: { parse_to_order: number | null };
  };
  if (result.cpu.parse_to_order === null) throw new Error(`Heat did not get to the order of ${file}`);
  return result.cpu.parse_to_order * 1000;
}

/** Why there is nothing to compare with; undefined where there is. */
function withoutHeat(): string | undefined {
  if (!existsSync(HEAT)) return '../shared/oracle/bench_heat.py is not there';
  try {
    execFileSync(PYTHON, ['-c', 'import heat'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'python3-heat is not installed';
  }
}

const ms = (value: number | undefined): string =>
  (value === undefined ? '-' : value.toFixed(value < 10 ? 1 : 0)).padStart(8);
const verdict = (ratio: number, target: number, atLeast: boolean): string =>
  `${ratio.toFixed(ratio < 10 ? 2 : 0).padStart(8)} ${(atLeast ? ratio >= target : ratio <= target) ? 'ok  ' : 'MISS'} ${`(${atLeast ? '>=' : '<='} ${target})`.padEnd(9)}`;

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'boolean' } } });
const print = (line: string): void => {
  if (!values.json) console.log(line);
};
const missing = withoutHeat();
print('text -> graph in order, CPU ms (median when warm; first call when cold), and ratios');
if (missing !== undefined) print(`Heat: not compared, ${missing}`);
print('                   ours warm     cold    Heat   Heat / ours                load   ours / load               MB');
const rows: Row[] = [];
const folder = mkdtempSync(join(tmpdir(), 'bench-compile-'));
try {
  for (const workload of WORKLOADS.filter(({ count }) => !values.quick || count <= 1_000)) {
    const { shape, count, target } = workload;
    const file = join(folder, `${shape}-${count}.yaml`);
    writeFileSync(file, madeUpTemplate(shape, count));
    const ours = measure('ours', file, count);
    if (ours.resources !== count) throw new Error(`${shape}: ${ours.resources} of ${count} resources are in the order`);
    const load = measure('js-yaml', file, count);
    const heatMs = target === undefined || missing !== undefined ? undefined : heat(file, count);
    rows.push({ ...workload, ours, load, heatMs });
    const toHeat =
      heatMs === undefined || target === undefined
        ? '-'.padStart(8).padEnd(24)
        : verdict(heatMs / ours.warmMs, target, true).padEnd(24);
    const toLoad = verdict(ours.warmMs / load.warmMs, LOAD_TARGET, false);
    const name = `${shape} ${count.toLocaleString('en')}`.padEnd(17);
    print(
      `${name}${ms(ours.warmMs)}${ms(ours.coldMs)}${ms(heatMs)} ${toHeat}${ms(load.warmMs)} ${toLoad}${ms(ours.rssMb)}`,
    );
    const phases = Object.entries(ours.phases).map(([label, value]) => `${label} ${ms(value).trim()}`);
    print(`${' '.repeat(17)}${phases.join(', ')}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
const perResource = (size: number): number | undefined => {
  const row = rows.find(({ shape, count }) => shape === 'layered' && count === size);
  return row && row.ours.warmMs / row.count;
};
const [small, large] = [perResource(10_000), perResource(100_000)];
const growth = small !== undefined && large !== undefined ? large / small : undefined;
if (growth !== undefined)
  print(`time per resource, 100,000 to 10,000 layered: ${verdict(growth, GROWTH_TARGET, false).trim()}`);
if (values.json) {
  const results = rows.map(({ shape, count, target, ours, load, heatMs }) => ({
    name: `${shape}-${count}`,
    ours,
    loadMs: load.warmMs,
    oursToLoad: ours.warmMs / load.warmMs,
    ...(heatMs === undefined ? {} : { heatMs, heatToOurs: heatMs / ours.warmMs, target }),
  }));
  console.log(JSON.stringify({ heat: missing ?? 'compared', results, growth }));
}
