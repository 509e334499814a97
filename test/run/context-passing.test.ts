import { describe, expect, it } from 'vitest';
import { functionTables } from '../../src/functions/tables.ts';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import type { Scope } from '../../src/graph/task.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { toResult } from '../../src/run/codec.ts';
import { ContextPassing, Unresolved } from '../../src/run/context-passing.ts';
import type { TaskResult } from '../../src/run/result.ts';
import { fromPlain } from '../../src/values/encode.ts';
import type { Value } from '../../src/values/value.ts';

const ROOT: Scope = {
  path: '',
  version: ['heat_template_version', '2018-08-31'],
  parameters: new Map<string, Value>([
    ['flavor', 'm1.small'],
    ['OS::stack_name', 'demo'],
  ]),
  hidden: [],
  mappings: new Map(),
  files: new Map([['init.sh', '#!/bin/sh']]),
};

const PLACE = { source: 'demo.yaml', line: 12, column: 7 };

/** A graph in which `b` requires `a` and has the given properties; `c` is there too, and nobody requires it. */
function graphFor(properties: unknown, action = 'CREATE'): TaskGraph {
  const builder = new TaskGraphBuilder();
  builder.scope(ROOT);
  const task = (name: string, value: unknown, does = 'CREATE') =>
    builder.task({
      id: name,
      name,
      action: does,
      type: `Type::${name}`,
      scope: '',
      inputs: { properties: fromPlain(value) },
      place: { ...PLACE, line: 1 },
    });
  const a = task('a', {});
  task('c', {});
  const b = task('b', properties, action);
  builder.edge(b, a, { kind: 'get_attr', path: ['resources', 'b'], place: PLACE });
  return builder.build();
}

const RESULTS: Readonly<Record<string, TaskResult>> = {
  a: toResult({
    physicalId: 'id-a',
    attributes: { ip: '192.0.2.1', nets: { private: ['10.0.0.5', '10.0.0.6'] }, nothing: null, show: { all: 1 } },
    outputs: { url: 'https://cloud.example', ip: 'not seen' },
  }),
  c: toResult({ physicalId: 'id-c', attributes: { ip: '192.0.2.3' } }),
};

function passing(graph: TaskGraph, results: Readonly<Record<string, TaskResult>> = RESULTS): ContextPassing {
  return new ContextPassing(graph, {
    tables: functionTables,
    result: (index) => results[graph.tasks[index]?.id ?? ''],
    yaql: () => null,
  });
}

function resolve(properties: unknown, results?: Readonly<Record<string, TaskResult>>): Value | undefined {
  const graph = graphFor(properties);
  return passing(graph, results).inputs(graph.indexOf('b')).get('properties');
}

function refusal(properties: unknown, results?: Readonly<Record<string, TaskResult>>): Unresolved {
  try {
    resolve(properties, results);
  } catch (error) {
    if (error instanceof Unresolved) return error;
    throw error;
  }
  throw new Error('it was resolved');
}

describe('what functions in inputs see', () => {
  it('is the reference id of what is required', () => {
    const reference = { x: { get_resource: 'a' } };
    expect(resolve(reference)).toEqual(new Map([['x', 'id-a']]));
    expect(resolve(reference, { a: toResult({ physicalId: 'p', referenceId: 'r' }) })).toEqual(new Map([['x', 'r']]));
    expect(resolve(reference, { a: toResult({}) })).toEqual(new Map([['x', 'a']]));
  });

  it('is its attributes, and what a path selects in them', () => {
    const cases: readonly (readonly [unknown[], unknown])[] = [
      [['a', 'ip'], '192.0.2.1'],
      [['a', 'nets', 'private', 1], '10.0.0.6'],
      [['a', 'nets', 'private', -1], '10.0.0.6'],
      [['a', 'nets', 'private', 7], null],
      [['a', 'nets', 'private', '0'], null],
      [['a', 'nets', 'public'], null],
      [['a', 'ip', 0], '1'],
      [['a', 'nothing'], null],
      [['a', 'nothing', 'x'], null],
      [['a', 'url'], 'https://cloud.example'],
    ];
    for (const [args, value] of cases) {
      expect(resolve({ x: { get_attr: args } }), JSON.stringify(args)).toEqual(new Map([['x', fromPlain(value)]]));
    }
  });

  it('is all attributes but show, and outputs by name', () => {
    const { attributes = new Map() } = RESULTS.a as TaskResult;
    const all = new Map(attributes);
    all.delete('show');
    expect(resolve({ x: { get_attr: ['a'] } })).toEqual(new Map([['x', all]]));
    expect(resolve({ x: { get_attr: ['a', 'outputs', 'url'] } })).toEqual(new Map([['x', 'https://cloud.example']]));
  });

  it('is parameters and files of the scope', () => {
    const properties = {
      f: { get_param: 'flavor' },
      s: { str_replace: { template: 'N.sh', params: { N: { get_param: 'OS::stack_name' } } } },
      i: { get_file: 'init.sh' },
    };
    expect(resolve(properties)).toEqual(
      new Map([
        ['f', 'm1.small'],
        ['s', 'demo.sh'],
        ['i', '#!/bin/sh'],
      ]),
    );
  });

  it('is nothing of what is not required', () => {
    const error = refusal({ x: { get_attr: ['c', 'ip'] } });
    expect(error.heat).toBe('InvalidTemplateReference');
    expect(error.place).toEqual({ ...PLACE, line: 1 });
  });
});

describe('what cannot be resolved', () => {
  it('tells an attribute that the handler did not give, and where it was asked for', () => {
    const error = refusal({ x: { get_attr: ['a', 'mac'] } });
    expect(error.message).toBe(
      "'a' (Type::a) has no attribute 'mac': its handler gave only 'ip', 'nets', 'nothing', 'show'",
    );
    expect(error.heat).toBe('InvalidTemplateAttribute');
    expect(error.place).toEqual(PLACE);
  });

  it('tells a parameter that is not there', () => {
    expect(refusal({ x: { get_param: 'nope' } }).heat).toBe('UserParameterMissing');
  });

  it('tells a function that refuses its arguments', () => {
    expect(refusal({ x: { str_replace: 'text' } }).heat).toBe('TypeError');
  });

  it('is left out for an action on what is there already', () => {
    for (const action of ['DELETE', 'CHECK', 'SUSPEND', 'RESUME', 'SNAPSHOT']) {
      const graph = graphFor({ x: { get_attr: ['c', 'ip'] } }, action);
      expect(passing(graph).inputs(graph.indexOf('b')).has('properties')).toBe(false);
    }
  });
});

describe('literal inputs', () => {
  it('are those of the graph, not copies', () => {
    const graph = graphFor({ deep: { list: [1, { two: 3 }] }, not_a_function: { get_attr: ['a', 'ip'], and: 'more' } });
    const { properties } = graph.tasks[graph.indexOf('b')]?.inputs ?? {};
    expect(passing(graph).inputs(graph.indexOf('b')).get('properties')).toBe(properties);
  });
});

describe('recorded results', () => {
  it('stand in for what this run does not touch', () => {
    const graph = graphFor({ x: { get_resource: 'elsewhere' } });
    const context = new ContextPassing(graph, {
      tables: functionTables,
      result: () => undefined,
      previous: new Map([['elsewhere', toResult({ physicalId: 'old' })]]),
      yaql: () => null,
    });
    expect(context.inputs(graph.indexOf('b')).get('properties')).toEqual(new Map([['x', 'old']]));
  });
});

describe('nested stacks', () => {
  it('keep their names apart', () => {
    const builder = new TaskGraphBuilder();
    builder.scope(ROOT);
    builder.scope({ ...ROOT, path: 'group/0', parameters: new Map([['flavor', 'tiny']]) });
    const inputs = { properties: fromPlain({ f: { get_param: 'flavor' }, x: { get_resource: 'a' } }) };
    const base = { action: 'CREATE', type: 'T' } as const;
    const outer = builder.task({ ...base, id: 'a', name: 'a', scope: '', inputs: {} });
    const inner = builder.task({ ...base, id: 'group/0/a', name: 'a', scope: 'group/0', inputs: {} });
    const asks = builder.task({ ...base, id: 'group/0/b', name: 'b', scope: 'group/0', inputs });
    builder.edge(asks, outer, { kind: 'depends_on' });
    builder.edge(asks, inner, { kind: 'get_resource' });
    const graph = builder.build();
    const context = passing(graph, {
      a: toResult({ physicalId: 'outer' }),
      'group/0/a': toResult({ physicalId: 'inner' }),
    });
    expect(context.inputs(asks).get('properties')).toEqual(
      new Map([
        ['f', 'tiny'],
        ['x', 'inner'],
      ]),
    );
  });
});

describe('referenced attributes', () => {
  it('are those that inputs and outputs name', () => {
    const builder = new TaskGraphBuilder();
    builder.scope(ROOT);
    const base = { action: 'CREATE', type: 'T', scope: '' } as const;
    const a = builder.task({ ...base, id: 'a', name: 'a', inputs: {} });
    const uses = { p: { get_attr: ['a', 'nets', 'private', 0] }, q: { get_attr: ['a', { get_attr: ['a', 'which'] }] } };
    const b = builder.task({ ...base, id: 'b', name: 'b', inputs: { properties: fromPlain(uses) } });
    builder.edge(b, a, { kind: 'get_attr' });
    builder.output({ name: 'ip', scope: '', value: fromPlain({ get_attr: ['a', 'ip'] }), requires: [a] });
    const graph = builder.build();
    expect(passing(graph).referencedAttributes(graph.tasks[a] as never)).toEqual([
      ['nets', 'private', 0],
      ['which'],
      ['ip'],
    ]);
  });
});
