import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Compiled, compile } from '../../src/compile/compile.ts';
import { toHot } from '../../src/export/hot.ts';
import { nameResources } from '../../src/export/hot-names.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { orderAmong } from './order.ts';
import { randomComponents } from './random-components.ts';

/** What scripts/make-components-fixtures.ts writes: Heat's answers to what `toHot` gave. */
interface Case {
  readonly key: string;
  readonly template: string;
  readonly hot: string;
  readonly error: unknown;
  readonly validate_error: unknown;
  readonly edges: readonly (readonly [string, string])[];
  readonly delete: readonly (readonly [string, string])[];
}

const CASES = readFileSync(new URL('../../fixtures/components/lowered.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

function compiled(text: string, action: 'CREATE' | 'DELETE'): Extract<Compiled, { ok: true }> {
  const result = compile(text, { components: true, action });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result;
}

function edgesOf(graph: TaskGraph): [string, string][] {
  const id = (index: number): string => graph.tasks[index]?.id ?? '';
  return Array.from(graph.edges(), ({ requirer, required }) => [id(requirer), id(required)]);
}

describe('components lowered to plain HOT', () => {
  it('are enough cases, and of the generator', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(100);
    for (const { key, template } of CASES) expect(randomComponents(key)).toBe(template);
  });

  describe.each(CASES)('$key', (one) => {
    it('is the text that Heat was asked about, and Heat accepts it', () => {
      expect(toHot(compiled(one.template, 'CREATE').stack)).toMatchObject({ ok: true, text: one.hot });
      expect(one).toMatchObject({ error: null, validate_error: null });
    });

    it('is created in the same order', () => {
      const { graph, stack } = compiled(one.template, 'CREATE');
      const { names } = toHot(stack);
      const ours = new Map(graph.tasks.map(({ id }) => [id, id]));
      const heats = new Map(graph.tasks.map(({ id }) => [names.get(id) ?? id, id]));
      expect(orderAmong(edgesOf(graph), ours)).toEqual(orderAmong(one.edges, heats));
    });

    it('is deleted in the same order', () => {
      const { graph, stack } = compiled(one.template, 'DELETE');
      const lowered = nameResources(stack);
      const ours = new Map(graph.tasks.map(({ id }) => [id, id]));
      const heats = new Map(graph.tasks.map(({ id, name }) => [lowered.get(name)?.tail ?? id, id]));
      expect(orderAmong(edgesOf(graph), ours)).toEqual(orderAmong(one.delete, heats));
    });

    it('compiles to the graph that Heat makes of it', () => {
      const { graph } = compiled(one.hot, 'CREATE');
      expect(edgesOf(graph).sort()).toEqual([...one.edges].sort());
    });
  });
});
