import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromJSON, type TaskGraph } from '../../src/index.ts';
import { cli, FakeTerminal } from './fake-terminal.ts';

const FOLDER = 'fixtures/three-tier';
const SHOP = [`${FOLDER}/template.yaml`, '--env', `${FOLDER}/env.yaml`];
/** Printed by Heat 19. */
const HEAT = JSON.parse(readFileSync(`${FOLDER}/heat-edges.json`, 'utf8')) as Record<
  'production' | 'test',
  { edges: [string, string][]; edges_implicit: [string, string][] }
>;

async function graphOf(...options: string[]): Promise<TaskGraph> {
  const { code, out, err } = await cli(['graph', ...SHOP, ...options], new FakeTerminal(process.cwd()));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const read = fromJSON(JSON.parse(out));
  if (!read.ok) throw new Error('not a graph');
  return read.graph;
}

function edges(graph: TaskGraph, implicitOnly = false): string[] {
  return Array.from(graph.edges())
    .filter(({ reasons }) => !implicitOnly || reasons.every(({ kind }) => kind === 'implicit'))
    .map(({ requirer, required }) => `${graph.tasks[requirer]?.id} > ${graph.tasks[required]?.id}`)
    .sort();
}

describe('the shop in three tiers', () => {
  test.each([
    ['production', []],
    ['test', ['--param', 'environment_kind=test', '--param', 'admin_cidr=']],
  ] as const)('in %s has the edges that Heat gives it', async (kind, options) => {
    const graph = await graphOf(...options);
    const pairs = (list: [string, string][]) => list.map((pair) => pair.join(' > ')).sort();
    expect(edges(graph)).toEqual(pairs(HEAT[kind].edges));
    expect(edges(graph, true)).toEqual(pairs(HEAT[kind].edges_implicit));
  });

  test('runs, and says where it is open', async () => {
    const terminal = new FakeTerminal(process.cwd());
    const { code, err } = await cli(['run', ...SHOP], terminal);
    expect(err).toContain('CREATE of fixtures/three-tier/template.yaml: COMPLETE. 30 tasks');
    expect(err).toMatch(/\n {2}url {15}http:\/\/192\.0\.2\.\d+:80\/\n/);
    expect(err).not.toContain('correct-horse');
    expect(code).toBe(0);
  });
});
