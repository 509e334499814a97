import { isDeepStrictEqual } from 'node:util';
import { alg, Graph } from '@dagrejs/graphlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { toJSON } from '../../src/graph/to-json.ts';
import { fromGraphlib, nodeId, toGraphlib } from '../../src/graphlib/index.ts';
import { anyGraph, edgesOf, graphOf, idsOf, oddNames } from '../graph/graphs.ts';

function back(...args: Parameters<typeof fromGraphlib>): TaskGraph {
  const result = fromGraphlib(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  expect(result.diagnostics).toEqual([]);
  return result.graph;
}

describe('to graphlib', () => {
  test('edges go from what is required to what requires it', () => {
    const g = toGraphlib(graphOf('web>db db>net', 'web db net'));
    expect(alg.topsort(g)).toEqual([nodeId('net'), nodeId('db'), nodeId('web')]);
    expect(g.predecessors(nodeId('web'))).toEqual([nodeId('db')]);
    expect(g.node(nodeId('db'))).toMatchObject({ id: 'db', action: 'CREATE' });
    expect(g.edge(nodeId('net'), nodeId('db'))).toEqual({ reasons: [{ kind: 'depends_on' }] });
  });

  test('no name is lost, joined with another, or changes a prototype', () => {
    const names = [...oddNames, '\u0001', 'a', 'a\u0001task:b', 'task:a', 'b\u0001task:a', '\\0'];
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...new Set(names)), { minLength: 2 }), (ids) => {
        const graph = graphOf('');
        expect(toGraphlib(graph).nodeCount()).toBe(0);
        const g = new Graph();
        for (const id of ids) g.setNode(nodeId(id));
        for (const v of ids) for (const w of ids) g.setEdge(nodeId(v), nodeId(w));
        expect(g.nodes()).toEqual(ids.map(nodeId));
        expect(g.edgeCount()).toBe(ids.length ** 2);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });

  test('labels may be written to', () => {
    const graph = graphOf('a>b');
    const g = toGraphlib(graph);
    Object.assign(g.node(nodeId('a')), { x: 1, width: 2 });
    expect(graph.tasks[0]).not.toHaveProperty('x');
    expect(toJSON(back(g))).toEqual(toJSON(graph));
  });
});

describe('from graphlib', () => {
  test('what we made comes back as it was', () => {
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        const again = back(toGraphlib(graph));
        const contents = (g: TaskGraph): unknown => [g.tasks, [...g.edges()], [...g.scopes], g.outputs];
        expect(isDeepStrictEqual(contents(again), contents(graph))).toBe(true);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('what others made: a node is a task, an edge a dependency', () => {
    const g = new Graph();
    g.setNode('db');
    g.setNode('web', {
      type: 'OS::Nova::Server',
      inputs: { flavor: 'm1', tags: { a: [1] } },
      policy: { retries: 1 },
      color: 'red',
    });
    g.setNode('lb', 'a label that is text');
    g.setEdge('db', 'web');
    g.setEdge('web', 'lb', { kind: 'hosted_on' });
    g.setEdge('db', 'lb', 7);
    const graph = back(g);
    expect(graph.tasks).toEqual([
      { id: 'db', action: 'CREATE', name: 'db', type: 'OS::Heat::None', scope: '', inputs: {} },
      {
        id: 'web',
        action: 'CREATE',
        name: 'web',
        type: 'OS::Nova::Server',
        scope: '',
        inputs: { flavor: 'm1', tags: new Map([['a', [1]]]) },
        policy: { retries: 1 },
      },
      { id: 'lb', action: 'CREATE', name: 'lb', type: 'OS::Heat::None', scope: '', inputs: {} },
    ]);
    expect(edgesOf(graph)).toEqual(['web>db', 'lb>web', 'lb>db']);
    expect(graph.kinds(2, 1)).toEqual(['hosted_on']);
    expect(graph.kinds(2, 0)).toEqual(['depends_on']);
  });

  test('edges the other way, other defaults, and a say of the caller', () => {
    const g = new Graph({ multigraph: true });
    g.setEdge('web', 'db', undefined, 'one');
    g.setEdge('web', 'db', undefined, 'two');
    const graph = back(g, {
      required: 'w',
      action: 'CHECK',
      kind: 'workflow',
      task: (node) => (node === 'db' ? { type: 'std.http', id: 'base' } : undefined),
    });
    expect(edgesOf(graph)).toEqual(['web>base']);
    expect(graph.kinds(0, 1)).toEqual(['workflow', 'workflow']);
    expect(graph.tasks.map((one) => [one.action, one.type, one.name])).toEqual([
      ['CHECK', 'OS::Heat::None', 'web'],
      ['CHECK', 'std.http', 'base'],
    ]);
  });

  test('an output whose task was taken out is left out, and told', () => {
    const g = toGraphlib(graphOf('a>b'));
    g.setGraph({ ...g.graph(), outputs: [{ name: 'o', scope: '', value: 1, requires: ['a', 'b'] }] });
    g.removeNode(nodeId('b'));
    const result = fromGraphlib(g);
    expect(result).toMatchObject({ ok: true, diagnostics: [{ code: 'GRAPHLIB_LOST_OUTPUT', severity: 'warning' }] });
    expect(result.ok && idsOf(result.graph, [0])).toEqual(['a']);
    expect(result.ok && result.graph.outputs).toEqual([]);
  });

  test('what cannot be a graph of tasks is refused', () => {
    expect(fromGraphlib(new Graph({ directed: false }))).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'GRAPHLIB_UNDIRECTED' }],
    });
    const twice = new Graph();
    twice.setNode('a', { id: 'same' }).setNode('b', { id: 'same' });
    expect(fromGraphlib(twice)).toMatchObject({ ok: false, diagnostics: [{ code: 'GRAPHLIB_DUPLICATE_TASK' }] });
    const bad = new Graph();
    bad
      .setNode('a', { inputs: 3 })
      .setNode('b')
      .setEdge('a', 'b', { reasons: [{ kind: 'whim' }] });
    expect(fromGraphlib(bad).diagnostics.map((one) => one.code)).toEqual(['GRAPHLIB_BAD_LABEL', 'GRAPHLIB_BAD_LABEL']);
  });
});
