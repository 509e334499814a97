import { describe, expect, it } from 'vitest';
import { run } from '../../src/executors/run.ts';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { type SimulationOptions, simulatedHandlers } from '../../src/testing/index.ts';
import { SeededRandom } from '../../src/testing/seeded-random.ts';
import { fromPlain } from '../../src/values/encode.ts';
import { graphOfEdges } from '../run/graphs.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Two tasks of a type, and an output for each path that is asked of the first. */
function graphAsking(type: string, ...paths: readonly (readonly unknown[])[]): TaskGraph {
  const builder = new TaskGraphBuilder();
  builder.scope({
    path: '',
    version: ['heat_template_version', '2018-08-31'],
    parameters: new Map(),
    hidden: [],
    mappings: new Map(),
    files: new Map(),
  });
  const thing = builder.task({ id: 'thing', name: 'thing', action: 'CREATE', type, scope: '', inputs: {} });
  builder.output({ name: 'id', scope: '', value: fromPlain({ get_resource: 'thing' }), requires: [thing] });
  for (const [i, path] of paths.entries()) {
    const value = fromPlain({ get_attr: ['thing', ...path] });
    builder.output({ name: `o${i}`, scope: '', value, requires: [thing] });
  }
  return builder.build();
}

function simulate(graph: TaskGraph, options: SimulationOptions = {}): Promise<RunResult> {
  return run(graph, { handlers: simulatedHandlers(options), onFailure: 'continue' }).result;
}

describe('a simulated cloud', () => {
  it('gives the same for the same seed, and something else for another', async () => {
    const graph = graphAsking('OS::Nova::Server', ['first_address'], ['show']);
    const first = await simulate(graph, { seed: 7 });
    const again = await simulate(graph, { seed: 7 });
    const other = await simulate(graph, { seed: 8 });
    expect([...again.outputs]).toEqual([...first.outputs]);
    expect([...other.outputs]).not.toEqual([...first.outputs]);
    expect(first.outputs.get('id')).toMatch(UUID);
  });

  it('gives what was asked for in properties, with whatever else references look for in it', async () => {
    const builder = new TaskGraphBuilder();
    const inputs = { properties: fromPlain({ fixed_ips: [{ subnet: 'net-1' }], name: 'web', tags: null }) };
    builder.scope({
      path: '',
      version: ['heat_template_version', '2018-08-31'],
      parameters: new Map(),
      hidden: [],
      mappings: new Map(),
      files: new Map(),
    });
    const port = builder.task({ id: 'p', name: 'p', action: 'CREATE', type: 'My::Port', scope: '', inputs });
    for (const path of [
      ['fixed_ips', 0, 'subnet'],
      ['fixed_ips', 0, 'ip_address'],
      ['fixed_ips', 1],
      ['name'],
      ['tags'],
    ]) {
      const value = fromPlain({ get_attr: ['p', ...path] });
      builder.output({ name: path.join('.'), scope: '', value, requires: [port] });
    }
    const { outputs } = await simulate(builder.build());
    expect(Object.fromEntries(outputs)).toEqual({
      'fixed_ips.0.subnet': 'net-1',
      'fixed_ips.0.ip_address': expect.stringMatching(/^192\.0\.2\.\d+$/),
      'fixed_ips.1': expect.any(String),
      name: 'web',
      tags: expect.any(String),
    });
  });

  it('gives whatever attribute is referred to, with whatever path, of types that nobody knows as well', async () => {
    for (const type of ['OS::Nova::Server', 'My::Own::Thing', '__proto__']) {
      const graph = graphAsking(
        type,
        ['first_address'],
        ['networks', 'private', 0],
        ['networks', 'private', 2],
        ['x', -1],
        ['__proto__', 'y'],
      );
      const { outputs, outputErrors } = await simulate(graph);
      expect([...outputErrors.values()]).toEqual([]);
      for (const [name, value] of outputs) expect([name, typeof value]).toEqual([name, 'string']);
    }
  });

  it('gives attributes the types that the catalog knows', async () => {
    const { HEAT_CATALOG } = await import('../../src/catalog/catalog.ts');
    const { tasks } = await simulate(graphAsking('OS::Neutron::Port'));
    const attributes = tasks.get('thing')?.result?.attributes ?? {};
    const known = HEAT_CATALOG.get('OS::Neutron::Port')?.attributes ?? new Map();
    expect(Object.keys(attributes).sort()).toEqual([...known.keys()].sort());
    for (const [name, { type }] of known) {
      const value = attributes[name];
      if (type === 'List') expect(Array.isArray(value), name).toBe(true);
      if (type === 'Map') expect(value, name).toBeTypeOf('object');
      if (type === 'Boolean') expect(value, name).toBe(true);
      if (type === 'String') expect(value, name).toBeTypeOf('string');
    }
  });

  it('fails what it is told to, for as many attempts as it is told', async () => {
    const graph = graphOfEdges(3, [[1, 0]], [{}, {}, { retries: 2 }]);
    const { tasks, failures } = await simulate(graph, { failures: { names: ['t0', 't2'], attempts: 2 } });
    expect(failures.map(({ task, message }) => [task, message])).toEqual([
      ['t0', "simulated failure of 't0', attempt 1"],
    ]);
    expect(tasks.get('t1')?.cause).toBe('t0');
    expect(tasks.get('t2')).toMatchObject({ status: 'COMPLETE', attempts: 3 });
  });

  it('fails the part that it is told to', async () => {
    const { failures } = await simulate(graphOfEdges(2000, []), { failures: { rate: 0.25 } });
    expect(failures.length).toBeGreaterThan(400);
    expect(failures.length).toBeLessThan(600);
  });

  it('takes as long as it is told to', async () => {
    const slept: number[] = [];
    const sleep = async (ms: number) => void slept.push(ms);
    await simulate(graphOfEdges(100, []), { delay: [10, 20], sleep });
    expect(slept).toHaveLength(100);
    for (const ms of slept) expect(ms >= 10 && ms < 20).toBe(true);
    expect(new Set(slept).size).toBeGreaterThan(90);
    slept.length = 0;
    await simulate(graphOfEdges(2, []), { delay: ({ id }) => (id === 't0' ? 1 : 2), sleep });
    expect(slept).toEqual([1, 2]);
  });

  it('wakes up when the run is aborted', async () => {
    const running = run(graphOfEdges(3, []), { handlers: simulatedHandlers({ delay: [1e9, 1e9] }) });
    setImmediate(() => running.abort());
    expect((await running.result).status).toBe('CANCELLED');
  });
});

describe('seeded numbers', () => {
  it('are spread evenly', () => {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) {
      const at = new SeededRandom(`key ${i}`).below(10);
      buckets[at] = (buckets[at] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
