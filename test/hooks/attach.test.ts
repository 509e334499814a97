import { describe, expect, it } from 'vitest';
import { deletionGraph } from '../../src/compile/deletion-graph.ts';
import { fromJSON } from '../../src/graph/from-json.ts';
import { levels } from '../../src/graph/order.ts';
import { select } from '../../src/graph/select.ts';
import { toJSON } from '../../src/graph/to-json.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { graphOf } from '../run/graphs.ts';
import { compiled, edgesOf, hooked } from './hooked.ts';

const noop = workflow('noop').task('nothing');

/** One network, two servers on it, a volume by itself. */
const graph = graphOf({
  net: { type: 'OS::Neutron::Net' },
  web: { type: 'OS::Nova::Server', requires: ['net'] },
  db: { type: 'OS::Nova::Server', requires: ['net'] },
  disk: { type: 'OS::Cinder::Volume' },
});

const ids = (of: ReturnType<typeof hooked>): string[][] =>
  levels(of).map((row) => row.map((index) => of.tasks[index]?.id ?? ''));

describe('where a hook stands', () => {
  it('after a task: before everything that requires the task', () => {
    const after = hooked(graph, [{ name: 'check', at: 'post-create', select: 'net', workflow: noop }]);
    expect(edgesOf(after)).toEqual([
      'db requires net (depends_on)',
      'db requires net//check (hook)',
      'net//check requires net (hook)',
      'web requires net (depends_on)',
      'web requires net//check (hook)',
    ]);
  });

  it('before a task: after everything that the task requires', () => {
    const before = hooked(graph, [{ name: 'warn', at: 'pre-create', select: 'web', workflow: noop }]);
    expect(edgesOf(before, 'web', 'web//warn')).toEqual([
      'web requires net (depends_on)',
      'web requires web//warn (hook)',
      'web//warn requires net (hook)',
    ]);
  });

  it('before a task whose requirement has a hook after it: after that, too', () => {
    const both = hooked(graph, [
      { name: 'check', at: 'post-create', select: 'net', workflow: noop },
      { name: 'warn', at: 'pre-create', select: 'web', workflow: noop },
    ]);
    expect(edgesOf(both, 'web//warn')).toEqual([
      'web//warn requires net (hook)',
      'web//warn requires net//check (hook)',
    ]);
  });

  it('before and after the whole stack', () => {
    const all = hooked(graph, [
      { name: 'begin', at: 'pre', workflow: noop },
      { name: 'end', at: 'post', workflow: noop },
    ]);
    expect(ids(all)).toEqual([['//begin'], ['net', 'disk'], ['web', 'db'], ['//end']]);
    expect(edgesOf(all, '//end', 'disk')).toEqual([
      '//end requires db (hook)',
      '//end requires disk (hook)',
      '//end requires web (hook)',
      'disk requires //begin (hook)',
    ]);
  });

  it('the whole stack may be empty', () => {
    const none = hooked(graphOf({}), [
      { name: 'end', at: 'post', workflow: noop },
      { name: 'begin', at: 'pre', workflow: noop },
    ]);
    expect(ids(none)).toEqual([['//begin'], ['//end']]);
  });

  it('several at one place follow one another, by their order and then by that of the list', () => {
    const several = hooked(graph, [
      { name: 'last', at: ['post-create', 'pre-create'], select: 'web', workflow: noop, order: 1 },
      { name: 'first', at: 'post-create', select: 'web', workflow: noop, order: -1 },
      { name: 'second', at: 'post-create', select: 'web', workflow: noop },
      { name: 'third', at: 'post-create', select: 'web', workflow: noop },
      { name: 'begin', at: 'pre', workflow: noop, order: 2 },
      { name: 'before', at: 'pre', workflow: noop },
    ]);
    expect(
      ids(several)
        .flat()
        .filter((id) => id.includes('//') || id === 'web'),
    ).toEqual([
      '//before',
      '//begin',
      'web//last/pre-create',
      'web',
      'web//first',
      'web//second',
      'web//third',
      'web//last',
    ]);
  });

  it('after a failure: nothing waits for it', () => {
    const failing = hooked(graph, [
      { name: 'rescue', at: 'post-create', select: 'net', workflow: noop, onFailure: true },
      { name: 'tell', at: 'post', workflow: noop, onFailure: true },
      { name: 'check', at: 'post-create', select: 'net', workflow: noop },
    ]);
    expect(edgesOf(failing, 'net//rescue')).toEqual(['net//rescue requires net (hook)']);
    expect(failing.requiredBy(failing.indexOf('net//rescue'))).toHaveLength(0);
    expect(edgesOf(failing, '//tell')).toEqual([
      '//tell requires db (hook)',
      '//tell requires disk (hook)',
      '//tell requires net (hook)',
      '//tell requires net//check (hook)',
      '//tell requires web (hook)',
    ]);
    expect(failing.tasks[failing.indexOf('//tell')]?.policy).toEqual({ runsOn: 'failure' });
  });

  it('the steps of a component are one thing', () => {
    const text = `
heat_template_version: 2018-08-31
resources:
  host: {type: OS::Nova::Server, properties: {image: i, flavor: f}}
components:
  mysql: {hosted_on: host, scripts: {create: make it, configure: set it up, start: start it}}
  wordpress: {hosted_on: host, depends_on: mysql, scripts: {create: make it}}
`;
    const steps = hooked(compiled(text, { components: true }), [
      { name: 'back', at: 'post-create', select: 'mysql', workflow: noop },
      { name: 'look', at: 'pre-create', select: 'mysql', workflow: noop },
    ]);
    expect(edgesOf(steps, 'mysql//back', 'mysql//look', 'mysql/create', 'wordpress/create')).toEqual([
      'mysql//back requires mysql/start (hook)',
      'mysql//look requires host (hook)',
      'mysql/create requires host (hosted_on)',
      'mysql/create requires mysql//look (hook)',
      'wordpress/create requires host (hosted_on)',
      'wordpress/create requires mysql//back (hook)',
      'wordpress/create requires mysql/start (depends_on)',
    ]);
  });
});

describe('which tasks a hook is attached to', () => {
  const placesOf = (hook: Partial<Hook>, of = graph): string[] =>
    hooked(of, [{ name: 'h', at: 'post-create', workflow: noop, ...hook }])
      .tasks.map(({ id }) => id)
      .filter((id) => id.includes('//'));

  it('by name, with *', () => {
    expect(placesOf({ select: 'web' })).toEqual(['web//h']);
    expect(placesOf({ select: '*e*' })).toEqual(['net//h', 'web//h']);
    expect(placesOf({ select: { name: 'd?*' } })).toEqual(['db//h', 'disk//h']);
  });

  it('by type, with *', () => {
    expect(placesOf({ select: { type: 'OS::Nova::Server' } })).toEqual(['web//h', 'db//h']);
    expect(placesOf({ select: { type: 'OS::C*', name: '*' } })).toEqual(['disk//h']);
  });

  it('by a predicate', () => {
    expect(placesOf({ select: { where: ({ inputs, id }) => inputs.properties === undefined && id > 'n' } })).toEqual([
      'net//h',
      'web//h',
    ]);
  });

  it('all of the root stack when nothing is said, and a nested one by its path', () => {
    const nested = graphOf({
      a: {},
      'group/0/a': { scope: 'group/0', name: 'a' },
      'group/1/a': { scope: 'group/1', name: 'a' },
      'other/a': { scope: 'other', name: 'a' },
    });
    expect(placesOf({}, nested)).toEqual(['a//h']);
    expect(placesOf({ select: { path: 'group/*', name: 'a' } }, nested)).toEqual(['group/0/a//h', 'group/1/a//h']);
    expect(placesOf({ select: { path: '*' } }, nested)).toEqual(['other/a//h']);
    const one = hooked(nested, [{ name: 'h', at: 'pre-create', select: { path: 'group/1' }, workflow: noop }]);
    expect(one.tasks.at(-1)).toMatchObject({ id: 'group/1/a//h', scope: 'group/1', name: 'h', action: 'WORKFLOW' });
  });

  it('only where its action is done: one list of hooks serves every graph', () => {
    const hooks: Hook[] = [
      { name: 'made', at: 'post-create', select: 'web', workflow: noop },
      { name: 'gone', at: ['pre-delete'], select: 'web', workflow: noop },
    ];
    expect(hooked(graph, hooks).tasks.map(({ id }) => id)).toContain('web//made');
    const deletion = graphOf({ web: { action: 'DELETE' }, net: { action: 'DELETE', requires: ['web'] } });
    expect(edgesOf(hooked(deletion, hooks))).toEqual([
      'net requires web (depends_on)',
      'web requires web//gone (hook)',
    ]);
  });

  it.each([
    ['pre-update', ['UPDATE', 'REPLACE']],
    ['post-update', ['UPDATE']],
    ['pre-replace', ['UPDATE', 'REPLACE']],
    ['post-replace', ['UPDATE', 'REPLACE']],
    ['post-create', ['CREATE']],
    ['post-adopt', ['ADOPT']],
    ['pre-delete', ['DELETE', 'CLEANUP']],
    ['post-delete', ['DELETE', 'CLEANUP']],
    ['pre-suspend', ['SUSPEND']],
    ['post-resume', ['RESUME']],
    ['pre-check', ['CHECK']],
    ['post-snapshot', ['SNAPSHOT']],
  ] as const)('%s is at %j', (at, actions) => {
    const all = ['CREATE', 'ADOPT', 'UPDATE', 'REPLACE', 'DELETE', 'CLEANUP', 'SUSPEND', 'RESUME', 'CHECK', 'SNAPSHOT'];
    const every = graphOf(Object.fromEntries(all.map((action) => [action, { action }])));
    const places = hooked(every, [{ name: 'h', at, workflow: noop }])
      .tasks.map(({ id }) => id)
      .filter((id) => id.includes('//'));
    expect(places).toEqual(
      all.filter((action) => (actions as readonly string[]).includes(action)).map((id) => `${id}//h`),
    );
  });

  it('in a graph that deletes what a state tells of', () => {
    const state = {
      action: 'CREATE',
      status: 'COMPLETE' as const,
      generation: 1,
      source: {
        template: { name: '', text: '' },
        environments: [],
        files: new Map(),
        parameters: new Map(),
        hidden: [],
      },
      resources: [],
    };
    const nothing = hooked(deletionGraph(state), [{ name: 'bye', at: 'post', workflow: noop }]);
    expect(nothing.tasks.map(({ id }) => id)).toEqual(['//bye']);
    expect(nothing.scopes.get('')?.version).toEqual(['heat_template_version', '2021-04-16']);
  });
});

it('a part of a graph may refer to what is not in it: an earlier run recorded that', () => {
  const text = `
heat_template_version: 2018-08-31
resources:
  a: {type: OS::Heat::Value, properties: {value: x}}
  b: {type: OS::Heat::Value, properties: {value: {get_attr: [a, value]}}}
`;
  const part = select(compiled(text), ['b']);
  expect(edgesOf(hooked(part, [{ name: 'h', at: 'post-create', workflow: noop }]))).toEqual(['b//h requires b (hook)']);
});

it('the name of a member of a nested stack is free for hooks of the root', () => {
  const nested = graphOf({ a: {}, 'group/b': { scope: 'group', name: 'b' } });
  expect(hooked(nested, [{ name: 'b', at: 'post-create', select: 'a', workflow: noop }]).size).toBe(3);
});

describe('what a hook is in the graph', () => {
  it('a task with data alone, whose text is there once', () => {
    const two = hooked(graph, [
      {
        name: 'tell',
        at: 'post-create',
        select: { type: 'OS::Nova::Server' },
        workflow: { name: 'tell.yaml', text: noop.toText() },
        policy: { retries: 2 },
        place: { source: 'hooks.yaml', line: 3, column: 5 },
      },
    ]);
    expect(two.tasks.slice(4)).toEqual(
      ['web', 'db'].map((of) => ({
        id: `${of}//tell`,
        action: 'WORKFLOW',
        name: `${of}//tell`,
        type: 'workflow',
        scope: '',
        inputs: { hook: 'tell', point: 'post-create', of, workflow: 'hook:tell.yaml', start: 'noop' },
        policy: { retries: 2 },
        place: { source: 'hooks.yaml', line: 3, column: 5 },
      })),
    );
    expect([...(two.scopes.get('')?.files ?? [])]).toEqual([['hook:tell.yaml', noop.toText()]]);
    expect(two.reasons(two.indexOf('web//tell'), two.indexOf('web'))).toEqual([
      { kind: 'hook', place: { source: 'hooks.yaml', line: 3, column: 5 } },
    ]);
  });

  it('one with a single place has the name of the hook', () => {
    const one = hooked(graph, [{ name: 'tell', at: 'post-create', select: 'web', workflow: noop }]);
    expect(one.tasks.at(-1)).toMatchObject({ id: 'web//tell', name: 'tell' });
  });

  it('without a name it is called by its workflow, its action or its point', () => {
    const unnamed = hooked(graph, [
      { at: 'post-create', select: 'web', workflow: noop },
      { at: 'post-create', select: 'web', action: 'std.noop' },
      { at: 'post-create', select: 'web', action: 'std.noop' },
      { at: ['pre-create', 'post-create'], select: 'web' },
    ]);
    expect(unnamed.tasks.slice(4).map(({ id, name }) => [id, name])).toEqual([
      ['web//noop', 'web//noop'],
      ['web//std.noop', 'web//std.noop'],
      ['web//std.noop/post-create', 'web//std.noop/post-create'],
      ['web//pre-create', 'web//pre-create'],
      ['web//post-create', 'web//post-create'],
    ]);
  });

  it('a breakpoint has neither workflow nor action', () => {
    const broken = hooked(graph, [{ at: 'pre-create', select: 'web' }]);
    expect(broken.tasks.at(-1)).toMatchObject({
      id: 'web//pre-create',
      policy: { breakpoint: true },
      inputs: { hook: 'pre-create', point: 'pre-create', of: 'web' },
    });
  });

  it('instead of the work of a task it is part of that task', () => {
    const own = hooked(graph, [{ name: 'own', at: 'create', instead: true, select: 'web', workflow: noop }]);
    expect(own.size).toBe(graph.size);
    expect(edgesOf(own)).toEqual(edgesOf(graph));
    expect(own.tasks[1]).toMatchObject({ id: 'web', action: 'CREATE', type: 'OS::Nova::Server' });
    expect(own.tasks[1]?.inputs.instead).toEqual(
      new Map([
        ['hook', 'own'],
        ['point', 'create'],
        ['of', 'web'],
        ['workflow', 'hook:workflow noop'],
        ['start', 'noop'],
      ]),
    );
  });

  it('texts of one name are kept apart, and the graph may be hooked again', () => {
    const other = workflow('noop').task('another');
    const once = hooked(graph, [
      { name: 'a', at: 'post-create', select: 'web', workflow: { name: 'w', text: noop.toText() } },
      { name: 'b', at: 'post-create', select: 'web', workflow: { name: 'w', text: other.toText() } },
    ]);
    const twice = hooked(once, [
      { name: 'c', at: 'post-create', select: 'web', workflow: { name: 'w', text: other.toText() } },
    ]);
    expect([...(twice.scopes.get('')?.files.keys() ?? [])]).toEqual(['hook:w', 'hook:w#2']);
    expect(twice.tasks.slice(4).map(({ id, inputs }) => [id, inputs.workflow])).toEqual([
      ['web//a', 'hook:w'],
      ['web//b', 'hook:w#2'],
      ['web//c', 'hook:w#2'],
    ]);
    expect(edgesOf(twice, 'web//c')).toEqual(['web//c requires web (hook)']);
  });

  it('hooks of a graph that was hooked before still follow what comes', () => {
    const once = hooked(graph, [
      { name: 'tell', at: 'post', workflow: noop, onFailure: true },
      { name: 'rescue', at: 'post-create', select: 'disk', workflow: noop, onFailure: true },
    ]);
    const twice = hooked(once, [
      { name: 'end', at: 'post', workflow: noop },
      { name: 'check', at: 'post-create', select: 'disk', workflow: noop },
    ]);
    expect(edgesOf(twice, '//end')).toEqual([
      '//end requires db (hook)',
      '//end requires disk (hook)',
      '//end requires disk//check (hook)',
      '//end requires web (hook)',
    ]);
    expect(edgesOf(twice, 'disk//rescue')).toEqual(['disk//rescue requires disk (hook)']);
    expect(edgesOf(twice, '//tell')).toContain('//tell requires //end (hook)');
  });

  it('survives JSON', () => {
    const all = hooked(graph, [
      { name: 'a', at: ['pre-create', 'post-create'], workflow: noop },
      {
        name: 'b',
        at: 'post',
        action: 'std.echo',
        input: { output: { list_join: [',', ['x', 1.5, null]] } },
        onFailure: true,
      },
      { at: 'pre-create', select: 'web' },
      { name: 'own', at: 'create', instead: true, select: 'disk', workflow: noop },
    ]);
    const text = JSON.stringify(toJSON(all));
    const read = fromJSON(JSON.parse(text));
    expect(read.ok && JSON.stringify(toJSON(read.graph))).toBe(text);
  });

  it.each(['__proto__', 'constructor', 'toString', '', '0', 'a b', 'a/b', '//', 'ü🚀', '$'])(
    'names may be %j',
    (name) => {
      const odd = graphOf({ [`task ${name}`]: { name: `task ${name}` } });
      const one = hooked(odd, [{ name, at: 'post-create', workflow: noop }]);
      expect(one.tasks[1]).toMatchObject({ id: `task ${name}//${name}`, name });
      const named = graphOf({ x: { id: name, name } });
      const other = hooked(named, [{ name: `hook ${name}`, at: 'post-create', select: name, workflow: noop }]);
      expect(other.tasks[1]).toMatchObject({ id: `${name}//hook ${name}`, inputs: { of: name } });
    },
  );
});
