import { describe, expect, it } from 'vitest';
import { run } from '../../src/executors/run.ts';
import { workflowHandlers } from '../../src/executors/workflow/index.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import type { RunEvent, RunGraphOptions, RunResult, TaskContext } from '../../src/index.ts';
import { runViolations } from '../../src/testing/index.ts';
import type { Json } from '../../src/values/encode.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { standardActions } from '../../src/workflow/standard-actions.ts';
import { graphOf } from '../run/graphs.ts';
import { compiled, hooked } from './hooked.ts';

/** Gives an id, and what its properties are as attributes. */
const Thing = ({ task, properties }: TaskContext): object => ({
  physicalId: `id of ${task.id}`,
  attributes: { ...properties, address: `address of ${task.id}` },
});

/** Its output is what `env()` tells, and its input. */
const mirror = workflow('mirror')
  .input({ given: null })
  .task('look', { action: 'std.echo', input: { output: '<% env() %>' }, publish: { env: '<% task().result %>' } })
  .output({ env: '<% $.env %>', given: '<% $.given %>' });
const noop = workflow('noop').task('nothing');
const failing = workflow('failing').task('burn', { action: 'std.fail', input: { error_data: 'no fuel' } });

interface Carried {
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
  outputs(id: string): { [name: string]: Json };
}

async function carryOut(
  graph: TaskGraph,
  hooks: readonly Hook[],
  options: Partial<RunGraphOptions> = {},
): Promise<Carried> {
  const attached = hooked(graph, hooks, options.actions === undefined ? {} : { actions: options.actions });
  const events: RunEvent[] = [];
  const { onEvent, ...rest } = options;
  const running = run(attached, {
    handlers: { '*': Thing },
    runId: 'run',
    ...rest,
    onEvent: (event) => {
      events.push(event);
      onEvent?.(event);
    },
  });
  const result = await running.result;
  expect(runViolations(attached, events)).toEqual([]);
  return { result, events, outputs: (id) => result.tasks.get(id)?.result?.outputs ?? {} };
}

const one = graphOf({
  net: {},
  web: { properties: new Map([['size', 3]]), requires: ['net'] },
  later: { requires: ['web'] },
});

describe('what a workflow is told', () => {
  it('its task with the result, and where it stands', async () => {
    const { outputs } = await carryOut(one, [{ name: 'm', at: 'post-create', select: 'web', workflow: mirror }]);
    expect(outputs('web//m')).toEqual({
      given: null,
      env: {
        hook: { name: 'm', point: 'post-create' },
        failure: null,
        failures: [],
        task: {
          id: 'web',
          name: 'web',
          type: 'Thing',
          action: 'CREATE',
          physical_id: 'id of web',
          attributes: { size: 3, address: 'address of web' },
          outputs: {},
        },
      },
    });
  });

  it('before a task is made: what is known of it by then', async () => {
    const { outputs } = await carryOut(one, [{ name: 'm', at: 'pre-create', select: 'web', workflow: mirror }]);
    expect(outputs('web//m').env).toMatchObject({ task: { id: 'web', physical_id: null, attributes: {} } });
  });

  it('values of functions: of its own task, of others, of parameters', async () => {
    const text = `
heat_template_version: 2018-08-31
parameters: {who: {type: string, default: you}}
resources:
  net: {type: OS::Heat::Value, properties: {value: n}}
  web: {type: OS::Heat::Value, properties: {value: {get_attr: [net, value]}}}
`;
    const input = {
      given: {
        str_replace: {
          template: 'WHO at ADDRESS of ID after NET',
          params: {
            WHO: { get_param: 'who' },
            ADDRESS: { get_attr: ['$task', 'address'] },
            ID: { get_resource: '$task' },
            NET: { get_attr: ['net', 'address'] },
          },
        },
      },
    };
    const hook: Hook = { name: 'm', at: 'post-create', select: 'web', workflow: mirror, input };
    const { outputs } = await carryOut(compiled(text), [hook]);
    expect(outputs('web//m').given).toBe('you at address of web of id of web after address of net');
  });

  it('the functions of CFN in a CFN template', async () => {
    const text = `
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  web: {Type: 'OS::Heat::Value', Properties: {value: x}}
`;
    const input = { given: { 'Fn::Join': ['-', [{ Ref: '$task' }, { 'Fn::GetAtt': ['$task', 'address'] }]] } };
    const { outputs } = await carryOut(compiled(text), [{ name: 'm', at: 'post-create', workflow: mirror, input }]);
    expect(outputs('web//m').given).toBe('id of web-address of web');
  });

  it('expressions in what handlers gave stay texts', async () => {
    const evil = graphOf({ web: { properties: new Map([['x', '<% 1 + 1 %> {{ 1 + 1 }}']]) } });
    const hook: Hook = {
      name: 'm',
      at: 'post-create',
      workflow: mirror,
      input: { given: { get_attr: ['$task', 'x'] } },
    };
    const { outputs } = await carryOut(evil, [hook]);
    expect(outputs('web//m').given).toBe('<% 1 + 1 %> {{ 1 + 1 }}');
    expect(outputs('web//m').env).toMatchObject({ task: { attributes: { x: '<% 1 + 1 %> {{ 1 + 1 }}' } } });
  });

  it('a name for a resource whose attribute is not there fails the hook', async () => {
    const hook: Hook = {
      name: 'm',
      at: 'post-create',
      select: 'web',
      workflow: mirror,
      input: { given: { get_attr: ['$task', 'nothing'] } },
    };
    const { result } = await carryOut(one, [hook]);
    expect(result.failures).toMatchObject([
      { task: 'web//m', code: 'INPUTS_UNRESOLVED', message: expect.stringContaining("no attribute 'nothing'") },
    ]);
    expect(result.tasks.get('later')).toMatchObject({ status: 'SKIPPED', cause: 'web//m' });
  });
});

describe('what others get of it', () => {
  const text = (inputs: string): string => `
heat_template_version: 2018-08-31
resources:
  db: {type: OS::Heat::Value, properties: {value: x}}
  web: {type: OS::Heat::Value, properties: {value: ${inputs}}}
outputs:
  all: {value: {get_attr: [m]}}
  given: {value: {get_attr: [m, given]}}
`;
  const hooks = ['m'];

  it('its outputs are attributes, for tasks and for outputs of the stack', async () => {
    const graph = compiled(text('{get_attr: [m, env, task, attributes, address]}'), { hooks });
    const { result } = await carryOut(graph, [
      { name: 'm', at: 'post-create', select: 'db', workflow: mirror, input: { given: [1, 2] } },
    ]);
    expect(result.tasks.get('web')?.result?.attributes.value).toBe('address of db');
    expect(result.outputs.get('given')).toEqual([1, 2]);
    expect(result.outputs.get('all')).toMatchObject({ given: [1, 2], env: { hook: { name: 'm' } } });
  });

  it('of one with several places, by the name of the task', async () => {
    const names = `
heat_template_version: 2018-08-31
resources:
  a: {type: OS::Heat::Value, properties: {value: 1}}
  b: {type: OS::Heat::Value, properties: {value: 2}}
  sum: {type: OS::Heat::Value, depends_on: m, properties: {value: [{get_attr: [m, a, given]}, {get_attr: [m, b, given]}]}}
outputs:
  all: {value: {get_attr: [m]}}
  b: {value: {get_attr: [m, b, env, task, id]}}
`;
    const graph = compiled(names, { hooks });
    const { result } = await carryOut(graph, [
      {
        name: 'm',
        at: 'post-create',
        select: '?',
        workflow: mirror,
        input: { given: { get_attr: ['$task', 'value'] } },
      },
    ]);
    expect(result.tasks.get('sum')?.result?.attributes.value).toEqual([1, 2]);
    expect(result.outputs.get('b')).toBe('b');
    expect(result.outputs.get('all')).toMatchObject({ a: { given: 1 }, b: { given: 2 } });
  });

  it('of one whose selector happens to fit one task, in the same way', async () => {
    const graph = compiled(text('[{get_attr: [m, db, given]}, {get_attr: [m, given]}]'), { hooks });
    const { result } = await carryOut(graph, [
      { name: 'm', at: 'post-create', select: 'd*', workflow: mirror, input: { given: 1 } },
    ]);
    expect(result.tasks.get('web')?.result?.attributes.value).toEqual([1, 1]);
    expect(result.outputs.get('all')).not.toHaveProperty('db');
  });

  it('nothing of one without a name, even where its workflow is called as a resource', async () => {
    const both = graphOf({
      noop: {},
      web: { properties: new Map([['x', new Map([['get_attr', ['noop', 'address']]])]]), requires: ['noop'] },
    });
    const { result } = await carryOut(both, [{ at: 'post-create', select: 'noop', workflow: noop }]);
    expect(result.tasks.get('web')?.result?.attributes.x).toBe('address of noop');
  });

  it('for a hook of the same task, by $task', async () => {
    const { outputs } = await carryOut(one, [
      {
        name: 'first',
        at: 'post-create',
        select: '*e*',
        workflow: mirror,
        input: { given: { get_resource: '$task' } },
      },
      {
        name: 'second',
        at: 'post-create',
        select: '*e*',
        workflow: mirror,
        input: { given: { get_attr: ['first', '$task', 'given'] } },
      },
    ]);
    for (const id of ['net', 'web', 'later']) expect(outputs(`${id}//second`).given).toBe(`id of ${id}`);
  });

  it('for another hook', async () => {
    const { outputs } = await carryOut(one, [
      { name: 'first', at: 'pre', workflow: mirror, input: { given: 'x' } },
      {
        name: 'second',
        at: 'post-create',
        select: 'net',
        workflow: mirror,
        input: { given: { get_attr: ['first', 'given'] } },
      },
    ]);
    expect(outputs('net//second').given).toBe('x');
  });

  it('of a single action: the keys of what it gives, or `result`', async () => {
    const actions = standardActions().add('make', () => ({ a: 1, b: [2] }));
    const { outputs } = await carryOut(
      one,
      [
        { name: 'map', at: 'pre', action: 'make' },
        { name: 'text', at: 'post', action: 'std.echo', input: { output: { get_attr: ['map', 'b', 0] } } },
      ],
      { actions },
    );
    expect(outputs('//map')).toEqual({ a: 1, b: [2] });
    expect(outputs('//text')).toEqual({ result: 2 });
  });
});

describe('instead of the work of a task', () => {
  const make = workflow('make')
    .task('call', {
      action: 'std.echo',
      input: { output: '<% env().task.properties.size %>' },
      publish: { size: '<% task().result %>' },
    })
    .output({ physical_id: 'made by a workflow', size: '<% $.size %>' });

  it('its output is the result of the task', async () => {
    const { result } = await carryOut(
      one,
      [{ name: 'make', at: 'create', instead: true, select: 'web', workflow: make }],
      {
        handlers: { Thing: { create: ({ task }: TaskContext) => ({ physicalId: `id of ${task.id}` }) } },
      },
    );
    expect(result.tasks.get('web')).toMatchObject({
      status: 'COMPLETE',
      result: { physicalId: 'made by a workflow', attributes: { size: 3 }, outputs: { size: 3 } },
    });
  });

  it('its own type needs no handler', async () => {
    const odd = graphOf({ web: { type: 'No::Handler', properties: new Map([['size', 1]]) } });
    const hooks: Hook[] = [{ name: 'make', at: 'create', instead: true, workflow: make }];
    expect((await carryOut(odd, hooks, { handlers: {} })).result.status).toBe('COMPLETE');
    expect(await run(odd, { handlers: {} }).result).toMatchObject({ diagnostics: [{ code: 'HANDLER_MISSING' }] });
  });

  it('of an action, too; Mistral calls the id resource_id', async () => {
    const actions = standardActions().add('make', () => ({ resource_id: 17, colour: 'red' }));
    const { result } = await carryOut(one, [{ at: 'create', instead: true, select: 'web', action: 'make' }], {
      actions,
    });
    expect(result.tasks.get('web')?.result).toMatchObject({ physicalId: '17', attributes: { colour: 'red' } });
  });

  it('is tried again by the policy of the task, and called by its name for get_attr', async () => {
    let calls = 0;
    const actions = standardActions().add('flaky', () => {
      if (++calls < 3) throw new Error('not yet');
      return { physical_id: 'x', n: calls };
    });
    const retried = graphOf({
      web: { policy: { retries: 2 } },
      later: { properties: new Map([['n', new Map([['get_attr', ['own', 'n']]])]]) },
    });
    const { result } = await carryOut(
      retried,
      [{ name: 'own', at: 'create', instead: true, select: 'web', action: 'flaky' }],
      {
        actions,
      },
    );
    expect(result.tasks.get('web')).toMatchObject({ status: 'COMPLETE', attempts: 3 });
    expect(result.tasks.get('later')?.result?.attributes.n).toBe(3);
  });
});

describe('failures', () => {
  it('of a workflow name the task that failed', async () => {
    const { result } = await carryOut(one, [{ name: 'f', at: 'post-create', select: 'net', workflow: failing }]);
    expect(result.status).toBe('FAILED');
    expect(result.failures).toMatchObject([
      { task: 'net//f', code: 'HANDLER_FAILED', message: "The workflow 'failing' failed: task 'burn': no fuel" },
    ]);
    expect(result.tasks.get('web')).toMatchObject({ status: 'SKIPPED', cause: 'net//f' });
  });

  it('of a hook are tried again by its policy', async () => {
    const { result } = await carryOut(one, [
      { name: 'f', at: 'post-create', select: 'net', workflow: failing, policy: { retries: 1 } },
    ]);
    expect(result.tasks.get('net//f')).toMatchObject({ status: 'FAILED', attempts: 2 });
  });

  const fails = (name: string): NonNullable<RunGraphOptions['handlers']> => ({
    '*': (context: TaskContext) => {
      if (context.task.id === name) throw new Error(`${name} is down`);
      return Thing(context);
    },
  });

  it.each(['stop', 'continue'] as const)('with %s the hooks on failure run, and are told of it', async (onFailure) => {
    const { result, outputs } = await carryOut(
      one,
      [
        { name: 'rescue', at: 'post-create', select: 'web', workflow: mirror, onFailure: true },
        { name: 'other', at: 'post-create', select: 'net', workflow: mirror, onFailure: true },
        {
          name: 'tell',
          at: 'post',
          workflow: mirror,
          onFailure: true,
          input: { given: { get_attr: ['rescue', 'given'] } },
        },
      ],
      { handlers: fails('web'), onFailure },
    );
    expect(result.status).toBe('FAILED');
    const failure = { task: 'web', code: 'HANDLER_FAILED', message: 'web is down', attempt: 1 };
    expect(outputs('web//rescue').env).toMatchObject({ failure, failures: [failure] });
    expect(outputs('//tell').env).toMatchObject({ failure, hook: { name: 'tell', point: 'post' } });
    expect(result.tasks.get('net//other')).toEqual({ status: 'SKIPPED', attempts: 0 });
    expect(result.tasks.get('later')).toMatchObject({ status: 'SKIPPED', cause: 'web' });
    expect(result.failures.map(({ task }) => task)).toEqual(['web']);
  });

  it('that do not come leave the run complete', async () => {
    const { result, events } = await carryOut(one, [{ name: 'tell', at: 'post', workflow: mirror, onFailure: true }]);
    expect(result.status).toBe('COMPLETE');
    expect(result.failures).toEqual([]);
    expect(events.find(({ type }) => type === 'task-skipped')).toEqual({
      type: 'task-skipped',
      at: expect.any(Number),
      task: '//tell',
    });
  });

  it('of hooks on failure are failures of their own', async () => {
    const hook: Hook = { name: 'tell', at: 'post', workflow: failing, onFailure: true };
    const { result } = await carryOut(one, [hook], { handlers: fails('later') });
    expect(result.failures.map(({ task, message }) => [task, message])).toEqual([
      ['later', 'later is down'],
      ['//tell', "The workflow 'failing' failed: task 'burn': no fuel"],
    ]);
  });

  it('are told before what was made is taken back, which leaves hooks out', async () => {
    const seen: string[] = [];
    const actions = standardActions().add('note', (input) => {
      seen.push(`note ${String(input.get('what'))}`);
    });
    const { result } = await carryOut(
      one,
      [
        { name: 'made', at: 'post-create', select: 'net', action: 'note', input: { what: 'net' } },
        { name: 'tell', at: 'post', action: 'note', input: { what: 'failure' }, onFailure: true },
      ],
      {
        actions,
        onFailure: 'rollback',
        handlers: {
          Thing: {
            create: ({ task }: TaskContext) => {
              if (task.id === 'web') throw new Error('down');
            },
            delete: ({ task }: TaskContext) => void seen.push(`delete ${task.id}`),
          },
        },
      },
    );
    expect(seen).toEqual(['note net', 'note failure', 'delete web', 'delete net']);
    expect(result.rollback?.status).toBe('COMPLETE');
    expect([...(result.rollback?.tasks.keys() ?? [])]).toEqual(['net', 'web']);
  });
});

describe('hidden values', () => {
  it('reach the workflow, and nobody who looks on', async () => {
    const secret = graphOf({ web: {} }, new Map([['password', 'geheim']]));
    const hooks: Hook[] = [
      {
        name: 'f',
        at: 'post-create',
        action: 'std.fail',
        input: { error_data: { list_join: [' ', ['the password is', { get_param: 'password' }]] } },
      },
    ];
    const { result, events } = await carryOut(secret, hooks);
    expect(result.failures[0]?.message).toBe("The action 'std.fail' failed: the password is ******");
    expect(JSON.stringify(events)).not.toContain('geheim');
    expect(events.filter(({ type }) => type === 'task-log')).toMatchObject([
      { task: 'web//f', message: 'run: ERROR', data: { state: 'ERROR', info: 'the password is ******' } },
    ]);
  });
});

describe('who runs it', () => {
  it('a handler of the host called workflow comes first', async () => {
    const given: Json[] = [];
    const { outputs } = await carryOut(
      one,
      [{ name: 'm', at: 'post-create', select: 'net', workflow: noop, input: {} }],
      {
        handlers: {
          '*': Thing,
          workflow: ({ inputs }: TaskContext) => {
            given.push(inputs);
            return { outputs: { by: 'the host' } };
          },
        },
      },
    );
    expect(outputs('net//m')).toEqual({ by: 'the host' });
    expect(given).toMatchObject([{ workflow: noop.toText(), start: 'noop', input: {}, task: { id: 'net' } }]);
  });

  it('an executor of the host has workers that can do it', async () => {
    const { inProcess } = await import('../../src/executors/in-process.ts');
    const executor = inProcess();
    executor.startWorker({ '*': Thing, ...workflowHandlers() });
    const handle = await executor.submit({
      runId: 'w',
      graph: hooked(one, [{ name: 'm', at: 'post', workflow: noop }]),
    });
    expect((await handle.result()).status).toBe('COMPLETE');
  });
});

it('tasks of the action WORKFLOW that a host makes are its own', async () => {
  const own = graphOf({
    job: { action: 'WORKFLOW', type: 'My::Engine' },
    later: { properties: new Map([['x', new Map([['get_attr', ['job', 'address']]])]]), requires: ['job'] },
  });
  const result = await run(own, { handlers: { '*': Thing } }).result;
  expect(result.tasks.get('later')?.result?.attributes.x).toBe('address of job');
});
