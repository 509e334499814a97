import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import type { EdgeKind } from '../../src/graph/task.ts';
import { edgesOf, graphOf, oddNames, task } from './graphs.ts';

describe('building a graph', () => {
  test('tasks are numbered in the order in which they are added', () => {
    const builder = new TaskGraphBuilder();
    expect(builder.task(task('web'))).toBe(0);
    expect(builder.task(task('db'))).toBe(1);
    expect(builder.size).toBe(2);
    const graph = builder.build();
    expect(graph.size).toBe(2);
    expect(graph.tasks.map((one) => one.id)).toEqual(['web', 'db']);
    expect(graph.indexOf('db')).toBe(1);
    expect(graph.indexOf('nobody')).toBe(-1);
  });

  test('edges are known from both ends', () => {
    const graph = graphOf('web>db web>net db>net', 'net db web');
    expect([...graph.requires(2)]).toEqual([1, 0]);
    expect([...graph.requiredBy(0)]).toEqual([1, 2]);
    expect([...graph.requires(0)]).toEqual([]);
    expect(graph.edgeCount).toBe(3);
    expect(edgesOf(graph)).toEqual(['db>net', 'web>db', 'web>net']);
    expect(graph.hasEdge(2, 0)).toBe(true);
    expect(graph.hasEdge(0, 2)).toBe(false);
    expect(graph.hasEdge(7, -1)).toBe(false);
  });

  test('edges between the same two tasks are one edge, with its reasons in order', () => {
    const builder = new TaskGraphBuilder();
    builder.task(task('a'));
    builder.task(task('b'));
    builder.task(task('c'));
    const place = { source: 't.yaml', line: 3, column: 7, endLine: 3, endColumn: 9 };
    builder.edge(0, 1, { kind: 'get_attr', path: ['resources', 'a', 'properties', 0], place });
    builder.edge(0, 2, { kind: 'implicit', rule: 'OS::Neutron::Port' });
    builder.edge(0, 1, { kind: 'depends_on', place: { source: 't.yaml', line: 4, column: 1 } });
    const graph = builder.build();
    expect(graph.edgeCount).toBe(2);
    expect(graph.reasons(0, 1)).toStrictEqual([
      { kind: 'get_attr', path: ['resources', 'a', 'properties', 0], place },
      { kind: 'depends_on', place: { source: 't.yaml', line: 4, column: 1 } },
    ]);
    expect(graph.reasons(0, 2)).toStrictEqual([{ kind: 'implicit', rule: 'OS::Neutron::Port' }]);
    expect(graph.kinds(0, 1)).toEqual(['get_attr', 'depends_on']);
    expect(graph.reasons(1, 0)).toEqual([]);
    expect(graph.kinds(1, 0)).toEqual([]);
    expect([...graph.edges()][0]).toStrictEqual({ requirer: 0, required: 1, reasons: graph.reasons(0, 1) });
  });

  test('places can be looked up when they are asked for', () => {
    const asked: unknown[] = [];
    const builder = new TaskGraphBuilder({
      locate: (path, scope) => {
        asked.push([path, scope]);
        return { source: scope, line: path.length, column: 1 };
      },
    });
    builder.task(task('a', { scope: 'nested' }));
    builder.task(task('b'));
    builder.edge(0, 1, { kind: 'get_resource', path: ['x', 'y'] });
    builder.edge(1, 0, { kind: 'get_resource', path: ['z'], place: { source: 's', line: 9, column: 9 } });
    builder.edge(1, 1, { kind: 'hook' });
    const graph = builder.build();
    expect(graph.kinds(0, 1)).toEqual(['get_resource']);
    expect(asked).toEqual([]);
    expect(graph.reasons(0, 1)[0]?.place).toEqual({ source: 'nested', line: 2, column: 1 });
    expect(graph.reasons(1, 0)[0]?.place).toEqual({ source: 's', line: 9, column: 9 });
    expect(graph.reasons(1, 1)).toStrictEqual([{ kind: 'hook' }]);
    expect(asked).toEqual([[['x', 'y'], 'nested']]);
  });

  test('what cannot be is refused at once', () => {
    const builder = new TaskGraphBuilder();
    builder.task(task('a'));
    expect(() => builder.task(task('a'))).toThrow(RangeError);
    expect(() => builder.edge(0, 1, { kind: 'hook' })).toThrow(RangeError);
    expect(() => builder.edge(-1, 0, { kind: 'hook' })).toThrow(RangeError);
    expect(() => builder.edge(0, 0.5, { kind: 'hook' })).toThrow(RangeError);
    expect(() => builder.edge(0, 0, { kind: 'because' as EdgeKind })).toThrow(RangeError);
    builder.output({ name: 'o', scope: '', value: null, requires: [0] });
    expect(() => builder.output({ name: 'o', scope: '', value: 1, requires: [] })).toThrow(RangeError);
    expect(() => builder.output({ name: 'p', scope: '', value: 1, requires: [1] })).toThrow(RangeError);
    const scope = {
      path: '',
      version: ['v', '1'],
      parameters: new Map(),
      hidden: [],
      mappings: null,
      files: new Map(),
    } as const;
    builder.scope(scope);
    builder.scope(scope);
    expect(() => builder.scope({ ...scope })).toThrow(RangeError);
    const graph = builder.build();
    expect(graph.edgeCount).toBe(0);
    expect([...graph.scopes.keys()]).toEqual(['']);
  });

  test('a graph does not change when its builder goes on', () => {
    const builder = new TaskGraphBuilder();
    builder.task(task('a'));
    const before = builder.build();
    builder.task(task('b'));
    builder.edge(1, 0, { kind: 'hook' });
    builder.output({ name: 'o', scope: '', value: null, requires: [] });
    const after = builder.build();
    expect([before.size, before.edgeCount, before.outputs.length, before.indexOf('b')]).toEqual([1, 0, 0, -1]);
    expect([after.size, after.edgeCount, after.outputs.length, after.indexOf('b')]).toEqual([2, 1, 1, 1]);
    expect(Object.isFrozen(after) && Object.isFrozen(after.tasks) && Object.isFrozen(after.outputs)).toBe(true);
  });

  test('no name means anything', () => {
    const graph = graphOf('', '');
    expect(graph.indexOf('__proto__')).toBe(-1);
    expect(graph.indexOf('constructor')).toBe(-1);
    const builder = new TaskGraphBuilder();
    for (const name of oddNames) builder.task(task(name));
    for (let i = 1; i < oddNames.length; i++)
      builder.edge(i, i - 1, { kind: 'depends_on', rule: oddNames[i] as string });
    const built = builder.build();
    for (const [i, name] of oddNames.entries()) expect(built.indexOf(name)).toBe(i);
    expect(built.edgeCount).toBe(oddNames.length - 1);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('any edges are kept, whatever their number and order', () => {
    const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 300 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const builder = new TaskGraphBuilder();
        for (let i = 0; i < 12; i++) builder.task(task(`t${i}`));
        for (const [i, [a, b]] of pairs.entries()) builder.edge(a, b, { kind: 'hook', rule: String(i) });
        const graph = builder.build();
        // The same from the definition: pairs in order of first appearance within each requirer.
        const expected = new Map<string, string[]>();
        for (let requirer = 0; requirer < 12; requirer++) {
          for (const [i, [a, b]] of pairs.entries()) {
            if (a !== requirer) continue;
            const rules = expected.get(`${a},${b}`) ?? [];
            rules.push(String(i));
            expected.set(`${a},${b}`, rules);
          }
        }
        const found = Array.from(graph.edges(), (e) => [`${e.requirer},${e.required}`, e.reasons.map((r) => r.rule)]);
        expect(found).toEqual([...expected]);
        for (let i = 0; i < 12; i++) {
          const requirers = [...new Set(pairs.filter(([, b]) => b === i).map(([a]) => a))].sort((x, y) => x - y);
          expect([...graph.requiredBy(i)]).toEqual(requirers);
          for (const a of requirers) expect(graph.reasons(a, i).length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
