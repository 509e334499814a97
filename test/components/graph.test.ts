import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { StackAction } from '../../src/compile/stack-action.ts';
import { run } from '../../src/executors/run.ts';
import { fromJSON } from '../../src/graph/from-json.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { toJSON } from '../../src/graph/to-json.ts';
import { toPlain } from '../../src/values/encode.ts';

const SERVERS = `heat_template_version: 2021-04-16
parameters:
  port: {type: number, default: 3306}
resources:
  db: {type: OS::Nova::Server, properties: {flavor: m, image: i, networks: [{network: n}]}}
  web: {type: OS::Nova::Server, properties: {flavor: m, image: i, networks: [{network: n}]}}
`;

const SHOP = `${SERVERS}  lb:
    type: OS::Heat::Value
    properties: {value: {get_attr: [shop, url]}}
  after: {type: OS::Heat::RandomString, depends_on: shop}
components:
  mysql:
    hosted_on: db
    inputs: {port: {get_param: port}}
    outputs: [endpoint]
    scripts: {create: install, configure: configure, start: start, suspend: pause, delete: remove}
  shop:
    hosted_on: web
    connects_to: mysql
    outputs: [url]
    scripts: {create: {str_replace: {template: 'connect DB', params: {DB: {get_attr: [mysql, endpoint]}}}}, update: again}
outputs:
  url: {value: {get_attr: [shop, url]}}
`;

function graphOf(text: string, action: StackAction = 'CREATE'): TaskGraph {
  const result = compile(text, { components: true, action });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.graph;
}

/** `requirer > required: kinds` */
function edgesOf(graph: TaskGraph): string[] {
  const id = (index: number): string => graph.tasks[index]?.id ?? '';
  return Array.from(graph.edges(), ({ requirer, required, reasons }) => {
    const kinds = new Set(reasons.map(({ kind, rule }) => (rule === undefined ? kind : `${kind}/${rule}`)));
    return `${id(requirer)} > ${id(required)}: ${[...kinds].join(' ')}`;
  });
}

describe('components in a graph', () => {
  it('are a task for each step, after what they are hosted on, depend on and are connected to', () => {
    expect(edgesOf(graphOf(SHOP))).toEqual([
      'lb > shop/create: get_attr',
      'after > shop/create: depends_on',
      'mysql/create > db: hosted_on',
      'mysql/configure > mysql/create: implicit/lifecycle',
      'mysql/start > mysql/configure: implicit/lifecycle',
      'shop/create > web: hosted_on',
      'shop/create > mysql/start: depends_on get_attr',
    ]);
  });

  it('say in each edge where it is written', () => {
    const graph = graphOf(SHOP);
    const places = graph.reasons(graph.indexOf('shop/create'), graph.indexOf('mysql/start')).map(({ path }) => path);
    expect(places).toEqual([
      ['components', 'shop', 'connects_to'],
      ['components', 'shop', 'connects_to'],
      ['components', 'shop', 'scripts', 'create', 'str_replace', 'params', 'DB', 'get_attr'],
    ]);
    expect(graph.tasks[graph.indexOf('mysql/start')]?.place).toMatchObject({ line: 16 });
  });

  it('go backwards when they are deleted, before their hosts', () => {
    const graph = graphOf(SHOP, 'DELETE');
    expect(edgesOf(graph)).toEqual([
      'db > mysql/delete: hosted_on',
      'web > shop/delete: hosted_on',
      'mysql/delete > shop/delete: depends_on get_attr',
      'shop/delete > lb: get_attr',
      'shop/delete > after: depends_on',
    ]);
    expect(graph.tasks.map(({ id, action, inputs }) => [id, action, inputs.triggered, inputs.script])).toEqual([
      ['db', 'DELETE', undefined, undefined],
      ['web', 'DELETE', undefined, undefined],
      ['lb', 'DELETE', undefined, undefined],
      ['after', 'DELETE', undefined, undefined],
      ['mysql/delete', 'DELETE', true, 'remove'],
      ['shop/delete', 'DELETE', false, undefined],
    ]);
  });

  it.each([
    ['SUSPEND', ['mysql/suspend SUSPEND true', 'shop/suspend SUSPEND false']],
    ['RESUME', ['mysql/resume RESUME false', 'shop/resume RESUME false']],
    ['CHECK', ['mysql/check CHECK false', 'shop/check CHECK false']],
  ] as const)('have one task for %s, which says whether there is something to do', (action, tasks) => {
    const found = graphOf(SHOP, action).tasks.filter(({ inputs }) => inputs.step !== undefined);
    expect(found.map(({ id, action: own, inputs }) => `${id} ${own} ${String(inputs.triggered)}`)).toEqual(tasks);
  });

  it('are updated by their update script, or step by step, and taken from servers that they leave', () => {
    const before = compile(SHOP, { components: true });
    if (!before.ok) throw new Error('it compiles');
    const after = compile(SHOP, { components: true, action: 'UPDATE', previous: before.stack });
    if (!after.ok) throw new Error('it compiles');
    const { graph } = after;
    const tasks = graph.tasks.filter(({ inputs }) => inputs.step !== undefined);
    expect(tasks.map(({ id, action, inputs }) => `${id} ${action} ${String(inputs.triggered)}`)).toEqual([
      'mysql/create UPDATE true',
      'mysql/configure UPDATE true',
      'mysql/start UPDATE true',
      'shop/create UPDATE true',
      'shop/update UPDATE true',
      'mysql/delete CLEANUP true',
      'shop/delete CLEANUP false',
    ]);
    expect(edgesOf(graph)).toContain('shop/create > mysql/start: depends_on get_attr');
    expect(edgesOf(graph)).toContain('mysql/delete > shop/delete: depends_on get_attr');
  });

  it('are hosted on components as well: then on the server of these', () => {
    const graph = graphOf(`${SERVERS}components:
  war: {hosted_on: tomcat, scripts: {create: deploy}}
  tomcat: {hosted_on: java, scripts: {create: install, start: run}}
  java: {hosted_on: web, scripts: {create: install}}
`);
    expect(edgesOf(graph)).toEqual([
      'war/create > tomcat/start: hosted_on',
      'war/create > web: hosted_on',
      'tomcat/create > java/create: hosted_on',
      'tomcat/create > web: hosted_on',
      'tomcat/start > tomcat/create: implicit/lifecycle',
      'java/create > web: hosted_on',
    ]);
    for (const task of graph.tasks.slice(2)) {
      expect(toPlain(task.inputs.server ?? null)).toEqual({ get_resource: 'web' });
    }
  });

  it('need what scripts of other actions refer to as long as they are there', () => {
    const text = `${SERVERS}components:
  a: {hosted_on: web, scripts: {create: x, start: y, delete: {get_attr: [b, deploy_stdout]}}}
  b: {hosted_on: db, scripts: {create: x}}
`;
    expect(edgesOf(graphOf(text))).toContain('a/start > b/create: get_attr');
    expect(edgesOf(graphOf(text, 'DELETE'))).toContain('b/delete > a/delete: get_attr');
  });

  it('are refused two connections that give the same', () => {
    const text = `${SERVERS}components:
  a: {outputs: [url]}
  b: {outputs: [url]}
  c: {connects_to: [a, b]}
  d: {connects_to: [a, b], inputs: {url: {get_attr: [b, url]}}}
`;
    const result = compile(text, { components: true });
    expect(result.diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['COMPONENT_INPUT_AMBIGUOUS', ['components', 'c', 'connects_to', 1]],
    ]);
  });

  it('have configs in the form of OS::Heat::SoftwareComponent for steps', () => {
    const text = `${SERVERS}components:
  a:
    hosted_on: web
    configs:
      - {actions: [CREATE, UPDATE], config: up, tool: script}
      - {actions: [DELETE, MY_OWN], config: down, tool: ansible}
`;
    const step = (action: StackAction): unknown => graphOf(text, action).tasks.at(-1)?.inputs;
    expect(step('CREATE')).toMatchObject({ step: 'create', triggered: true, script: 'up', tool: 'script' });
    expect(step('DELETE')).toMatchObject({ step: 'delete', triggered: true, script: 'down', tool: 'ansible' });
    expect(step('RESUME')).toMatchObject({ step: 'resume', triggered: false });
  });

  it('are carried by the JSON of the graph', () => {
    const graph = graphOf(SHOP);
    const read = fromJSON(JSON.parse(JSON.stringify(toJSON(graph))));
    expect(read.ok && toJSON(read.graph)).toEqual(toJSON(graph));
  });

  it('cost nothing where there are none', () => {
    expect(toJSON(graphOf(SERVERS))).toEqual(
      toJSON((compile(SERVERS) as Extract<ReturnType<typeof compile>, { ok: true }>).graph),
    );
  });
});

describe('running components', () => {
  it('passes inputs and outputs: a component gives what all its steps gave', async () => {
    const seen = new Map<string, unknown>();
    const { status, outputs } = await run(graphOf(SHOP), {
      handlers: {
        '*': (context) => {
          const { task, inputs, requires } = context;
          seen.set(task.id, { ...inputs, before: [...requires.keys()] });
          if (task.id === 'mysql/create') return { outputs: { endpoint: 'db:1', port: 1 } };
          if (task.id === 'mysql/start') return { outputs: { port: 2 } };
          return { physicalId: `id-${task.name}`, attributes: { url: 'http://shop' } };
        },
      },
    }).result;
    expect(status).toBe('COMPLETE');
    expect(outputs.get('url')).toBe('http://shop');
    expect(seen.get('mysql/start')).toEqual({
      step: 'start',
      triggered: true,
      script: 'start',
      inputs: { port: 3306 },
      outputs: ['endpoint'],
      server: 'id-db',
      before: ['mysql'],
    });
    expect(seen.get('shop/create')).toMatchObject({
      script: 'connect db:1',
      inputs: { endpoint: 'db:1' },
      server: 'id-web',
    });
    expect(seen.get('lb')).toMatchObject({ properties: { value: 'http://shop' } });
  });

  it('skips the steps after one that failed, and says which it was', async () => {
    const result = await run(graphOf(SHOP), {
      handlers: {
        '*': ({ task }) => {
          if (task.id === 'mysql/configure') throw new Error('no');
        },
      },
    }).result;
    expect(result.status).toBe('FAILED');
    for (const id of ['mysql/start', 'shop/create', 'lb']) {
      expect(result.tasks.get(id)).toMatchObject({ status: 'SKIPPED', cause: 'mysql/configure' });
    }
  });
});
