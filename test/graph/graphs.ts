import fc from 'fast-check';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import type { EdgeKind, EdgeReason, Scope, Task, TaskPolicy } from '../../src/graph/task.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { Float, type Value } from '../../src/values/value.ts';

export function task(id: string, more: Partial<Task> = {}): Task {
  return { id, action: 'CREATE', name: id, type: 'OS::Heat::None', scope: '', inputs: {}, ...more };
}

/** `a>b` says that a requires b. Tasks are in order of their first appearance, unless they are given. */
export function graphOf(edges: string, ids?: string): TaskGraph {
  const builder = new TaskGraphBuilder();
  const index = (id: string): number => {
    const known = builder.indexOf(id);
    return known >= 0 ? known : builder.task(task(id));
  };
  for (const id of (ids ?? '').split(' ')) if (id !== '') index(id);
  for (const pair of edges.split(' ')) {
    if (pair === '') continue;
    const [requirer, required] = pair.split('>') as [string, string];
    const r = index(requirer);
    builder.edge(r, index(required), { kind: 'depends_on' });
  }
  return builder.build();
}

export const idsOf = (graph: TaskGraph, indexes: Iterable<number>): string[] =>
  Array.from(indexes, (index) => graph.tasks[index]?.id ?? `no task ${index}`);

/** The edges as text, in the graph's own order. */
export const edgesOf = (graph: TaskGraph): string[] =>
  Array.from(graph.edges(), ({ requirer, required }) => idsOf(graph, [requirer, required]).join('>'));

/** Names that mean something to JS, to a file format, or to a terminal. */
export const oddNames: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  ' ',
  '0',
  '1',
  '01',
  '-->',
  'a-->b',
  '"]',
  '"',
  '\\',
  'back\\slash"',
  'a\nb',
  'a\r\nb',
  '\t',
  '<b>&amp;</b>',
  '#quot;',
  'end',
  'graph',
  'subgraph',
  'node',
  'digraph',
  'ünï © 服务器 🚀',
  '\u0000',
  '\u202e',
  '\ud800',
  'a.b[0]/c',
  '%%{init: {}}%%',
  '$map',
  '$float',
];

export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...oddNames),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    fc.constantFrom<Value>(
      null,
      true,
      false,
      new Float(1),
      new Float(-0),
      new Float(Number.NaN),
      new Float(Number.NEGATIVE_INFINITY),
    ),
    fc.integer(),
    fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom<Value>(2n ** 53n, -(2n ** 70n)),
    anyName,
    fc.uint8Array({ maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.oneof(anyName, fc.integer(), fc.constant(null)), tie('value')), { maxLength: 3 })
      .map((e) => new Map<Value, Value>(e)),
    fc.uniqueArray(anyName, { maxLength: 2 }).map((e) => new Set<Value>(e)),
  ),
})).value;

const position = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const place = fc.record(
  { source: anyName, line: position, column: position, endLine: position, endColumn: position },
  { requiredKeys: ['source', 'line', 'column'], noNullPrototype: true },
);
const nonNegative = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((n) => n + 0);
const policy: fc.Arbitrary<TaskPolicy> = fc.record(
  {
    retries: fc.nat(),
    retryDelay: nonNegative,
    timeout: fc.nat(),
    priority: fc.integer(),
    weight: fc.nat(),
    pool: anyName,
  },
  { requiredKeys: [], noNullPrototype: true },
);
const valueMap = fc.array(fc.tuple(anyName, anyValue), { maxLength: 3 }).map((entries) => new Map(entries));
const reason: fc.Arbitrary<EdgeReason> = fc.record(
  {
    kind: fc.constantFrom<EdgeKind>(
      'depends_on',
      'get_resource',
      'get_attr',
      'hosted_on',
      'implicit',
      'workflow',
      'hook',
    ),
    path: fc.array(fc.oneof(anyName, fc.nat(), fc.constantFrom(null, true, 2n ** 60n)), { maxLength: 4 }),
    place,
    rule: anyName,
  },
  { requiredKeys: ['kind'], noNullPrototype: true },
);
const scope: fc.Arbitrary<Scope> = fc.record(
  {
    path: anyName,
    version: fc.tuple(anyName, anyName),
    parameters: valueMap,
    hidden: fc.array(anyName, { maxLength: 2 }),
    mappings: anyValue,
    files: fc.array(fc.tuple(anyName, anyName), { maxLength: 2 }).map((entries) => new Map(entries)),
    facade: valueMap,
  },
  { requiredKeys: ['path', 'version', 'parameters', 'hidden', 'mappings', 'files'], noNullPrototype: true },
);

/** What an object literal cannot say: own keys of any name. */
const inputs = fc.array(fc.tuple(anyName, anyValue), { maxLength: 3 }).map((entries) => {
  const record: Record<string, Value> = {};
  for (const [key, value] of entries) {
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return record;
});

/** Graphs of any shape, cycles and parallel edges included, with odd names everywhere. */
export function anyGraph(options: { acyclic?: boolean; maxTasks?: number } = {}): fc.Arbitrary<TaskGraph> {
  const { acyclic = false, maxTasks = 8 } = options;
  const tasks = fc.uniqueArray(
    fc.record(
      {
        id: anyName,
        action: fc.oneof(fc.constantFrom('CREATE', 'UPDATE', 'REPLACE', 'DELETE', 'CHECK'), anyName),
        name: anyName,
        type: anyName,
        scope: anyName,
        inputs,
        policy,
        place,
      },
      { requiredKeys: ['id', 'action', 'name', 'type', 'scope', 'inputs'], noNullPrototype: true },
    ),
    { selector: (one) => one.id, minLength: 0, maxLength: maxTasks },
  );
  const edges = fc.array(fc.tuple(fc.nat(), fc.nat(), reason), { maxLength: 2 * maxTasks });
  const outputs = fc.uniqueArray(
    fc.record(
      {
        name: anyName,
        scope: anyName,
        value: anyValue,
        description: anyName,
        requires: fc.array(fc.nat(), { maxLength: 2 }),
      },
      { requiredKeys: ['name', 'scope', 'value', 'requires'], noNullPrototype: true },
    ),
    { selector: (one) => JSON.stringify([one.scope, one.name]), maxLength: 2 },
  );
  const scopes = fc.uniqueArray(scope, { selector: (one) => one.path, maxLength: 2 });
  return fc.record({ tasks, edges, outputs, scopes, shuffle: fc.nat() }).map((parts) => {
    const builder = new TaskGraphBuilder();
    for (const one of parts.tasks) builder.task(one);
    const size = parts.tasks.length;
    for (const [a, b, why] of size === 0 ? [] : parts.edges) {
      let requirer = a % size;
      let required = b % size;
      if (acyclic) {
        if (requirer === required) continue;
        // Ordered by a permutation, so that requirers are not always the later tasks.
        const rank = (i: number): number => (i * 7919 + parts.shuffle) % 1009;
        if (rank(requirer) < rank(required)) [requirer, required] = [required, requirer];
      }
      builder.edge(requirer, required, why);
    }
    for (const one of parts.scopes) builder.scope(one);
    for (const one of parts.outputs) {
      builder.output({ ...one, requires: size === 0 ? [] : one.requires.map((index) => index % size) });
    }
    return builder.build();
  });
}
