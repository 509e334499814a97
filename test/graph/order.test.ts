import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import { criticalPath } from '../../src/graph/critical-path.ts';
import { cycles, onCycles, shortestCycle } from '../../src/graph/cycles.ts';
import { levels, order } from '../../src/graph/order.ts';
import { reverse } from '../../src/graph/reverse.ts';
import { select } from '../../src/graph/select.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { anyGraph, edgesOf, graphOf, idsOf, task } from './graphs.ts';

function orderOf(graph: TaskGraph): string[] {
  const result = order(graph);
  return result.ok ? idsOf(graph, result.order) : ['a cycle:', ...idsOf(graph, result.cycle)];
}

const cycleText = (graph: TaskGraph): string[] =>
  shortestCycle(graph).map(({ requirer, required }) => idsOf(graph, [requirer, required]).join('>'));

describe('order', () => {
  test('what is required comes first; among equals, what was added first', () => {
    expect(orderOf(graphOf('a>d b>d c>a', 'a b c d e'))).toEqual(['d', 'e', 'a', 'b', 'c']);
    expect(orderOf(graphOf(''))).toEqual([]);
  });

  test('respects every edge, has every task once, and is always the same', () => {
    fc.assert(
      fc.property(anyGraph({ acyclic: true, maxTasks: 12 }), (graph) => {
        const result = order(graph);
        if (!result.ok) throw new Error('an acyclic graph has an order');
        expect([...result.order].sort((a, b) => a - b)).toEqual(graph.tasks.map((_, i) => i));
        const at = new Map(Array.from(result.order, (index, i) => [index, i]));
        for (const { requirer, required } of graph.edges()) {
          expect(at.get(required)).toBeLessThan(at.get(requirer) as number);
        }
        expect(order(graph)).toEqual(result);
        expect(levels(graph).flat()).toEqual([...result.order]);
      }),
    );
  });

  test('levels: each task one after the last of what it requires', () => {
    const graph = graphOf('a>b b>c a>c d>c', 'a b c d e');
    expect(levels(graph).map((level) => idsOf(graph, level))).toEqual([['c', 'e'], ['b', 'd'], ['a']]);
    expect(levels(graphOf(''))).toEqual([]);
    expect(() => levels(graphOf('a>b b>a'))).toThrow(RangeError);
  });
});

describe('cycles', () => {
  test('none in a graph that has an order', () => {
    const graph = graphOf('a>b b>c a>c');
    expect(shortestCycle(graph)).toEqual([]);
    expect(cycles(graph)).toEqual([]);
    expect(onCycles(graph)).toEqual([]);
  });

  test('the shortest, from its first task', () => {
    expect(cycleText(graphOf('a>b b>c c>d d>a c>b', 'a b c d'))).toEqual(['b>c', 'c>b']);
    expect(cycleText(graphOf('a>b b>a b>b'))).toEqual(['b>b']);
    expect(orderOf(graphOf('x>a a>b b>c c>a c>y', 'x a b c y'))).toEqual(['a cycle:', 'a', 'b', 'c']);
  });

  test('each edge of it with its reasons', () => {
    const builder = new TaskGraphBuilder();
    builder.task(task('a'));
    builder.task(task('b'));
    const place = { source: 't', line: 1, column: 2 };
    builder.edge(0, 1, { kind: 'get_attr', place });
    builder.edge(1, 0, { kind: 'depends_on' });
    expect(shortestCycle(builder.build())).toEqual([
      { requirer: 0, required: 1, reasons: [{ kind: 'get_attr', place }] },
      { requirer: 1, required: 0, reasons: [{ kind: 'depends_on' }] },
    ]);
  });

  test('one for each group of tasks that wait for each other', () => {
    const graph = graphOf('a>b b>a c>d d>e e>c e>a f>f g>a', 'c d e a b f g');
    const found = cycles(graph).map((edges) => edges.map(({ requirer }) => graph.tasks[requirer]?.id));
    expect(found).toEqual([['c', 'd', 'e'], ['a', 'b'], ['f']]);
    expect(idsOf(graph, onCycles(graph))).toEqual(['c', 'd', 'e', 'a', 'b', 'f']);
  });

  test('found exactly when there is no order; a closed walk along edges; as short as any', () => {
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        const cycle = shortestCycle(graph);
        expect(order(graph).ok).toBe(cycle.length === 0);
        for (const [i, { requirer, required, reasons }] of cycle.entries()) {
          expect(graph.hasEdge(requirer, required)).toBe(true);
          expect(reasons.length).toBeGreaterThan(0);
          expect(required).toBe(cycle[(i + 1) % cycle.length]?.requirer);
        }
        // By definition: i lies on a cycle when it reaches itself; walks of length n by repeated steps.
        const shortestThrough = (start: number): number => {
          let reached = new Set([start]);
          for (let length = 1; length <= graph.size; length++) {
            reached = new Set([...reached].flatMap((index) => [...graph.requires(index)]));
            if (reached.has(start)) return length;
          }
          return 0;
        };
        const lengths = graph.tasks.map((_, i) => shortestThrough(i));
        expect(onCycles(graph)).toEqual(lengths.flatMap((length, i) => (length > 0 ? [i] : [])));
        const all = cycles(graph);
        if (all.length === 1) expect(cycle.length).toBe(Math.min(...lengths.filter((length) => length > 0)));
      }),
    );
  });
});

describe('the critical path', () => {
  test('own weight and the longest path of what requires it', () => {
    const graph = graphOf('b>a c>a d>b d>c', 'a b c d');
    const weights = [1, 2, 5, 1];
    const found = criticalPath(graph, (_, index) => weights[index] as number);
    expect([...found.lengths]).toEqual([7, 3, 6, 1]);
    expect(idsOf(graph, found.path)).toEqual(['a', 'c', 'd']);
    expect(found.total).toBe(7);
  });

  test('weights come from the policies, or are 1', () => {
    const builder = new TaskGraphBuilder();
    builder.task(task('a', { policy: { weight: 4 } }));
    builder.task(task('b'));
    builder.edge(1, 0, { kind: 'hook' });
    expect(criticalPath(builder.build()).total).toBe(5);
    expect(criticalPath(graphOf(''))).toEqual({ lengths: new Float64Array(), path: [], total: 0 });
  });

  test('weightless tasks are on it too', () => {
    const chain = graphOf('b>a c>b', 'a b c');
    expect(idsOf(chain, criticalPath(chain, () => 0).path)).toEqual(['a', 'b', 'c']);
  });

  test('refuses weights that are no durations, and cycles', () => {
    expect(() => criticalPath(graphOf('a>b'), () => -1)).toThrow(RangeError);
    expect(() => criticalPath(graphOf('a>b'), () => Number.NaN)).toThrow(RangeError);
    expect(() => criticalPath(graphOf('a>b b>a'))).toThrow(RangeError);
  });

  test('is a chain of edges that weighs as much as it says', () => {
    fc.assert(
      fc.property(anyGraph({ acyclic: true }), (graph) => {
        const weight = (_: unknown, index: number): number => (index * 37) % 5;
        const { lengths, path, total } = criticalPath(graph, weight);
        expect(path.reduce((sum, index) => sum + weight(null, index), 0)).toBe(total);
        for (const [i, index] of path.entries())
          if (i > 0) expect(graph.hasEdge(index, path[i - 1] as number)).toBe(true);
        for (let i = 0; i < graph.size; i++) {
          const longest = Math.max(0, ...Array.from(graph.requiredBy(i), (j) => lengths[j] as number));
          expect(lengths[i]).toBe(weight(null, i) + longest);
        }
      }),
    );
  });
});

describe('selecting', () => {
  const graph = graphOf('web>db db>net mail>net web>pool', 'net db web pool mail');

  test('by name or by predicate, in the order of the graph', () => {
    expect(select(graph, ['web', 'db']).tasks.map((one) => one.id)).toEqual(['db', 'web']);
    expect(edgesOf(select(graph, ['web', 'db']))).toEqual(['web>db']);
    expect(select(graph, (_, index) => index % 2 === 0).tasks.map((one) => one.id)).toEqual(['net', 'web', 'mail']);
    expect(() => select(graph, ['nobody'])).toThrow(RangeError);
  });

  test('with what it requires, or with what requires it', () => {
    expect(select(graph, ['db'], { withRequired: true }).tasks.map((one) => one.id)).toEqual(['net', 'db']);
    expect(select(graph, ['db'], { withRequirers: true }).tasks.map((one) => one.id)).toEqual(['db', 'web']);
    const both = select(graph, ['db'], { withRequired: true, withRequirers: true });
    expect(edgesOf(both)).toEqual(['db>net', 'web>db']);
  });

  test('keeps reasons, scopes, and the outputs that it can still give', () => {
    const builder = new TaskGraphBuilder();
    for (const id of ['a', 'b', 'c']) builder.task(task(id));
    builder.edge(2, 1, { kind: 'get_attr', rule: 'x' });
    builder.output({ name: 'of c', scope: '', value: 1, requires: [2] });
    builder.output({ name: 'of all', scope: '', value: 2, requires: [0, 2] });
    builder.scope({
      path: '',
      version: ['v', '1'],
      parameters: new Map(),
      hidden: [],
      mappings: null,
      files: new Map(),
    });
    const part = select(builder.build(), ['b', 'c']);
    expect(part.reasons(1, 0)).toEqual([{ kind: 'get_attr', rule: 'x' }]);
    expect(part.outputs).toEqual([{ name: 'of c', scope: '', value: 1, requires: [1] }]);
    expect(part.scopes.size).toBe(1);
  });
});

describe('reversing', () => {
  test('turns every edge round and lets the caller rename the tasks', () => {
    const graph = graphOf('web>db db>net', 'net db web');
    const reversed = reverse(graph, (one) => ({ ...one, id: `${one.id}.DELETE`, action: 'DELETE' }));
    expect(edgesOf(reversed)).toEqual(['net.DELETE>db.DELETE', 'db.DELETE>web.DELETE']);
    expect(reversed.tasks.every((one) => one.action === 'DELETE')).toBe(true);
    expect(orderOf(reversed)).toEqual(['web.DELETE', 'db.DELETE', 'net.DELETE']);
    expect(() => reverse(graph, () => task('same'))).toThrow(RangeError);
  });

  test('twice gives the edges and reasons of before', () => {
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        const sorted = (g: TaskGraph): unknown[] =>
          [...g.edges()].sort((a, b) => a.requirer - b.requirer || a.required - b.required);
        expect(sorted(reverse(reverse(graph)))).toEqual(sorted(graph));
      }),
    );
  });
});

describe('large graphs', () => {
  const million = 1_000_000;
  function chain(closed: boolean): TaskGraph {
    const builder = new TaskGraphBuilder();
    const inputs = {};
    for (let i = 0; i < million; i++) {
      builder.task({ id: `t${i}`, action: 'CREATE', name: '', type: '', scope: '', inputs });
      if (i > 0) builder.edge(i - 1, i, { kind: 'get_attr' });
    }
    if (closed) builder.edge(million - 1, 0, { kind: 'get_attr' });
    return builder.build();
  }

  test('a chain of a million tasks', () => {
    const graph = chain(false);
    const result = order(graph);
    if (!result.ok) throw new Error('a chain has an order');
    expect([result.order[0], result.order[million - 1]]).toEqual([million - 1, 0]);
    expect(levels(graph).length).toBe(million);
    const { path, total } = criticalPath(graph);
    expect([path.length, total]).toEqual([million, million]);
    expect(select(graph, ['t0'], { withRequired: true }).size).toBe(million);
    expect(reverse(graph).requires(1)[0]).toBe(0);
  });

  test('a cycle of a million tasks', () => {
    const graph = chain(true);
    expect(onCycles(graph).length).toBe(million);
    expect(shortestCycle(graph).length).toBe(million);
    expect(order(graph)).toMatchObject({ ok: false });
  });

  test('two thousand tasks that all require each other', () => {
    const builder = new TaskGraphBuilder();
    for (let i = 0; i < 2000; i++) builder.task(task(`t${i}`));
    for (let i = 0; i < 2000; i++) for (let j = 0; j < 2000; j += 7) if (i !== j) builder.edge(i, j, { kind: 'hook' });
    for (let i = 0; i < 2000; i += 7) builder.edge(i, (i + 1) % 2000, { kind: 'hook' });
    expect(shortestCycle(builder.build()).length).toBe(2);
  });
});
