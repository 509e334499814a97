import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/index.ts';
import { readExpectation } from './planned-stack.ts';

const FOLDER = new URL('../../fixtures/implicit/', import.meta.url).pathname;
const PROVIDER = 'provider_subnet.template.yaml';
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

function read(name: string): string {
  return readFileSync(FOLDER + name, 'utf8');
}

/** All edges as `requirer > required`, or the exception class of the first error. */
function compiled(name: string): string[] | string | undefined {
  const text = read(`${name}.yaml`);
  const environment = /^# oracle: --env (\S+)/.exec(text)?.[1];
  const result = compile(text, {
    environments: environment === undefined ? [] : [read(environment)],
    files: new Map([[PROVIDER, read(PROVIDER)]]),
  });
  if (!result.ok) return result.diagnostics.find(({ severity }) => severity === 'error')?.heat;
  const names = result.graph.tasks.map((task) => task.name);
  return Array.from(result.graph.edges(), ({ requirer, required }) => `${names[requirer]} > ${names[required]}`).sort();
}

describe('Templates with implicit dependencies', () => {
  it.each(NAMES)('%s: compiled to the edges of Heat, or refused as Heat refuses it', (name) => {
    const { explicit, implicit = [], error } = readExpectation(`${FOLDER}${name}.expected.json`);
    const pairs = new Set([...explicit, ...implicit].map(([requirer, required]) => `${requirer} > ${required}`));
    // Heat finds a circle only when it sorts the graph.
    const circular = name === 'crossed_types' || name === 'cycle_by_rule';
    expect(compiled(name)).toEqual(circular ? 'CircularDependencyException' : (error ?? [...pairs].sort()));
  });
});
