import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import { fromJSON } from '../../src/graph/from-json.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { toJSON } from '../../src/graph/to-json.ts';
import type { Float } from '../../src/values/value.ts';
import { anyGraph, task } from './graphs.ts';

/** Everything that a graph holds, as data that can be compared. */
function contents(graph: TaskGraph): unknown {
  return {
    tasks: graph.tasks,
    edges: [...graph.edges()],
    scopes: [...graph.scopes],
    outputs: graph.outputs,
    requiredBy: graph.tasks.map((_, i) => [...graph.requiredBy(i)]),
  };
}

function read(data: unknown): TaskGraph {
  const result = fromJSON(data);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  expect(result.diagnostics).toEqual([]);
  return result.graph;
}

// biome-ignore lint/suspicious/noExplicitAny: the tests break it in any place
type Breakable = any;

/** A correct graph to break in one place. */
function sample(): Breakable {
  const builder = new TaskGraphBuilder();
  builder.task(task('web', { inputs: { properties: new Map([['port', 80]]) }, policy: { retries: 2 } }));
  builder.task(task('db', { place: { source: 't.yaml', line: 3, column: 5 } }));
  builder.edge(0, 1, { kind: 'get_attr', path: ['resources', 'web'], place: { source: 't.yaml', line: 9, column: 1 } });
  builder.scope({
    path: '',
    version: ['heat_template_version', '2018-08-31'],
    parameters: new Map<string, number | Float>([['n', 1]]),
    hidden: [],
    mappings: null,
    files: new Map([['a.sh', '#!']]),
  });
  builder.output({ name: 'url', scope: '', value: 'x', requires: [0] });
  return JSON.parse(JSON.stringify(toJSON(builder.build())));
}

function faults(change: (data: Breakable) => void): string[] {
  const data = sample();
  change(data);
  const result = fromJSON(data);
  return result.diagnostics.map((one) => `${one.code} ${JSON.stringify(one.path)}`);
}

describe('a graph as JSON', () => {
  test('is what the document says', () => {
    expect(sample()).toStrictEqual({
      formatVersion: 1,
      tasks: [
        {
          id: 'web',
          action: 'CREATE',
          name: 'web',
          type: 'OS::Heat::None',
          scope: '',
          inputs: { properties: { port: 80 } },
          policy: { retries: 2 },
        },
        {
          id: 'db',
          action: 'CREATE',
          name: 'db',
          type: 'OS::Heat::None',
          scope: '',
          inputs: {},
          place: { source: 't.yaml', line: 3, column: 5 },
        },
      ],
      edges: [
        {
          requirer: 'web',
          required: 'db',
          reasons: [{ kind: 'get_attr', path: ['resources', 'web'], place: { source: 't.yaml', line: 9, column: 1 } }],
        },
      ],
      scopes: [
        {
          path: '',
          version: ['heat_template_version', '2018-08-31'],
          parameters: { n: 1 },
          hidden: [],
          mappings: null,
          files: { 'a.sh': '#!' },
        },
      ],
      outputs: [{ name: 'url', scope: '', value: 'x', requires: ['web'] }],
    });
  });

  test('read back gives the same graph, whatever is in it, and the same text', () => {
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        const text = JSON.stringify(toJSON(graph));
        const again = read(JSON.parse(text));
        // Not toStrictEqual, which is misled by own keys named `constructor`.
        expect(isDeepStrictEqual(contents(again), contents(graph))).toBe(true);
        expect(JSON.stringify(toJSON(again))).toBe(text);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('keys are in one order, whatever the order in the objects', () => {
    const builder = new TaskGraphBuilder();
    builder.task({ inputs: {}, scope: '', type: 't', name: 'n', action: 'a', id: 'i' });
    expect(JSON.stringify(toJSON(builder.build()).tasks)).toBe(
      '[{"id":"i","action":"a","name":"n","type":"t","scope":"","inputs":{}}]',
    );
  });
});

describe('data that is no graph', () => {
  test.each([null, undefined, 1, 'x', [], true, () => 1])('%s', (data) => {
    expect(fromJSON(data)).toMatchObject({ ok: false, diagnostics: [{ code: 'GRAPH_JSON_SHAPE', path: [] }] });
  });

  test('of another version, or of none', () => {
    expect(faults((data) => (data.formatVersion = 2))).toEqual(['GRAPH_JSON_VERSION ["formatVersion"]']);
    expect(faults((data) => (data.formatVersion = '1'))).toEqual(['GRAPH_JSON_VERSION ["formatVersion"]']);
    expect(fromJSON(Object.create({ formatVersion: 1, tasks: [] }))).toMatchObject({ ok: false });
  });

  test.each<[string, (data: Breakable) => void, string]>([
    ['no tasks', (d) => delete d.tasks, 'GRAPH_JSON_SHAPE ["tasks"]'],
    ['a task that is null', (d) => (d.tasks[1] = null), 'GRAPH_JSON_SHAPE ["tasks",1]'],
    ['an id that is no text', (d) => (d.tasks[0].id = 1), 'GRAPH_JSON_SHAPE ["tasks",0,"id"]'],
    ['no inputs', (d) => delete d.tasks[0].inputs, 'GRAPH_JSON_SHAPE ["tasks",0,"inputs"]'],
    ['a bad value', (d) => (d.tasks[0].inputs.p = { $int: 'x' }), 'GRAPH_JSON_SHAPE ["tasks",0,"inputs","p"]'],
    ['a bad float', (d) => (d.tasks[0].inputs.p = [{ $float: '1,5' }]), 'GRAPH_JSON_SHAPE ["tasks",0,"inputs","p"]'],
    ['bad base64', (d) => (d.tasks[0].inputs.p = { $binary: 'a' }), 'GRAPH_JSON_SHAPE ["tasks",0,"inputs","p"]'],
    ['a bad set', (d) => (d.tasks[0].inputs.p = { $set: {} }), 'GRAPH_JSON_SHAPE ["tasks",0,"inputs","p"]'],
    ['a bad map', (d) => (d.tasks[0].inputs.p = { $map: [[1]] }), 'GRAPH_JSON_SHAPE ["tasks",0,"inputs","p"]'],
    ['an inexact integer', (d) => (d.tasks[0].inputs.p = 2 ** 60), 'GRAPH_JSON_SHAPE ["tasks",0,"inputs","p"]'],
    ['a negative policy', (d) => (d.tasks[0].policy.retries = -1), 'GRAPH_JSON_SHAPE ["tasks",0,"policy","retries"]'],
    ['an unsound place', (d) => (d.tasks[1].place.line = 0), 'GRAPH_JSON_SHAPE ["tasks",1,"place","line"]'],
    ['two tasks of one id', (d) => (d.tasks[1].id = 'web'), 'GRAPH_JSON_DUPLICATE ["tasks",1]'],
    ['an edge to nobody', (d) => (d.edges[0].required = 'dv'), 'GRAPH_JSON_UNKNOWN_TASK ["edges",0,"required"]'],
    [
      'an edge to a prototype',
      (d) => (d.edges[0].required = '__proto__'),
      'GRAPH_JSON_UNKNOWN_TASK ["edges",0,"required"]',
    ],
    ['an edge by index', (d) => (d.edges[0].requirer = 0), 'GRAPH_JSON_SHAPE ["edges",0,"requirer"]'],
    [
      'an unknown kind',
      (d) => (d.edges[0].reasons[0].kind = 'toString'),
      'GRAPH_JSON_SHAPE ["edges",0,"reasons",0,"kind"]',
    ],
    ['no reason', (d) => (d.edges[0].reasons = []), 'GRAPH_JSON_SHAPE ["edges",0,"reasons"]'],
    ['a version that is no pair', (d) => (d.scopes[0].version = ['a']), 'GRAPH_JSON_SHAPE ["scopes",0,"version"]'],
    ['two scopes of one path', (d) => d.scopes.push(d.scopes[0]), 'GRAPH_JSON_DUPLICATE ["scopes",1]'],
    ['a file that is no text', (d) => (d.scopes[0].files.x = 1), 'GRAPH_JSON_SHAPE ["scopes",0,"files"]'],
    [
      'parameters by number',
      (d) => (d.scopes[0].parameters = { $map: [[1, 2]] }),
      'GRAPH_JSON_SHAPE ["scopes",0,"parameters"]',
    ],
    ['parameters in a list', (d) => (d.scopes[0].parameters = []), 'GRAPH_JSON_SHAPE ["scopes",0,"parameters"]'],
    [
      'an output of nobody',
      (d) => (d.outputs[0].requires = ['x']),
      'GRAPH_JSON_UNKNOWN_TASK ["outputs",0,"requires",0]',
    ],
    ['two outputs of one name', (d) => d.outputs.push(d.outputs[0]), 'GRAPH_JSON_DUPLICATE ["outputs",1]'],
  ])('%s', (_, change, expected) => expect(faults(change)).toEqual([expected]));

  test('a key that is not known is told as a warning, and what was perhaps meant', () => {
    const data = sample();
    data.tasks[0].polcy = {};
    data.metadata = 1;
    const result = fromJSON(data);
    expect(result.ok).toBe(true);
    expect(result.diagnostics).toMatchObject([
      { severity: 'warning', path: ['tasks', 0, 'polcy'], hint: "Did you mean 'policy'?" },
      { severity: 'warning', path: ['metadata'] },
    ]);
  });

  test('many errors are told together, but not without end', () => {
    const found = faults((data) => (data.tasks = Array.from({ length: 1000 }, () => ({ id: 1 }))));
    expect(found.length).toBe(50);
    expect(found.slice(0, 6)).toContain('GRAPH_JSON_SHAPE ["tasks",0,"id"]');
  });

  test('warnings never hide an error', () => {
    const data = sample();
    for (let i = 0; i < 200; i++) data.tasks[0][`k${i}`] = 1;
    data.tasks[1].id = null;
    const result = fromJSON(data);
    expect(result.ok).toBe(false);
    expect(result.diagnostics.filter((one) => one.severity === 'error')).toHaveLength(1);
  });

  test('a value of any depth is refused rather than overflowing', () => {
    const deep = (open: string, close: string): unknown =>
      JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`);
    for (const value of [deep('[', ']'), deep('{"a":', '}'), deep('{"$set":[', ']}')]) {
      expect(faults((data) => (data.tasks[0].inputs.p = value))).toEqual(['GRAPH_JSON_SHAPE ["tasks",0,"inputs","p"]']);
    }
    const endless: unknown[] = [];
    endless.push(endless);
    expect(faults((data) => (data.tasks[0].inputs.p = endless))).toHaveLength(1);
  });

  test('no data makes it throw or changes a prototype', () => {
    const keys = fc.constantFrom('id', 'inputs', 'reasons', 'path', '$map', '$float', '__proto__', 'toString');
    const any = fc.anything({ key: keys, withNullPrototype: true, withBigInt: true, withMap: true, maxDepth: 5 });
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(fromJSON(a).diagnostics).toBeInstanceOf(Array);
        const data = { ...sample(), scopes: c, tasks: [a], edges: [b] };
        expect(fromJSON(data).ok).toBe(false);
        const taskWith = {
          ...sample(),
          tasks: [{ id: 'web', action: '', name: '', type: '', scope: '', inputs: { a } }],
        };
        fromJSON({ ...taskWith, edges: b, outputs: c });
        fromJSON({ ...taskWith, edges: [], outputs: [] });
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
