// Parses and evaluates the expressions on standard input with the built package, and prints for each round the
// milliseconds that the main thread was on a CPU (where Linux tells; the compiler's own threads are what a second core is
// for), or those of all threads. `{cases: [{expression, data, options, mistral}], rounds}`; data as plain JSON.
import { existsSync, readFileSync } from 'node:fs';

const library = process.env.YAQL_LIBRARY ?? new URL('../dist/yaql/index.js', import.meta.url).href;
const { evaluate, parse } = await import(library);
const { cases, rounds } = JSON.parse(readFileSync(0, 'utf8'));

function toValue(json) {
  if (Array.isArray(json)) return json.map(toValue);
  if (json === null || typeof json !== 'object') return json;
  return new Map(Object.entries(json).map(([key, value]) => [key, toValue(value)]));
}

const get = (map, key) => (map instanceof Map ? (map.get(key) ?? null) : null);
const mistral = (data) => [
  { name: 'env', call: () => get(data, '__env') },
  { name: 'execution', call: () => get(data, '__execution') },
  {
    name: 'task',
    parameters: [{ name: 'name', default: null }],
    call: (name) => (name === null ? get(data, '__task') : get(get(data, '__tasks'), name)),
  },
  {
    name: 'tasks',
    parameters: ['id', 'recursive', 'state', 'flat'].map((name) => ({ name, default: null })),
    call: () => [...(get(data, '__tasks')?.values() ?? [])],
  },
  { name: 'global', parameters: [{ name: 'name' }], call: (name) => get(get(data, '__global'), name) },
];

const host = { clock: Date.now, random: Math.random, localOffset: 0 };
const work = cases.map(({ expression, data, options, mistral: extended }) => {
  const value = toValue(data);
  return [expression, value, { ...host, ...options, ...(extended ? { functions: mistral(value) } : {}) }];
});
const SCHEDULE = '/proc/thread-self/schedstat';
const clock = existsSync(SCHEDULE)
  ? () => Number(readFileSync(SCHEDULE, 'utf8').split(' ')[0]) / 1e6
  : () => process.cpuUsage().user / 1000;
const took = [];
for (let round = 0; round < rounds; round++) {
  const started = clock();
  for (const [source, data, options] of work) {
    const parsed = parse(source);
    if (parsed.ok) evaluate(parsed.expression, data, options);
  }
  took.push(clock() - started);
}
console.log(JSON.stringify(took));
