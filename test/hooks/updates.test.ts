import { describe, expect, it } from 'vitest';
import { run } from '../../src/executors/run.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { Hook, HookPoint } from '../../src/hooks/hook.ts';
import {
  compile,
  completeState,
  type DecideUpdate,
  type RunResult,
  type StackState,
  stateAfter,
  type TaskContext,
  type UpdateDecision,
  UpdateReplace,
} from '../../src/index.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { graphOf, type TaskSketch } from '../run/graphs.ts';
import { compiled, hooked } from './hooked.ts';

const mirror = workflow('mirror')
  .input({ given: null })
  .task('look', { action: 'std.echo', input: { output: '<% env() %>' }, publish: { env: '<% task().result %>' } })
  .output({ env: '<% $.env %>', given: '<% $.given %>' });

const template = (value: string): string => `
heat_template_version: 2018-08-31
resources:
  net: {type: OS::Heat::Value, properties: {value: ${value}}}
  web: {type: OS::Heat::Value, properties: {value: {get_attr: [net, value]}}}
`;

const POINTS: readonly HookPoint[] = [
  'pre-create',
  'post-create',
  'pre-update',
  'post-update',
  'pre-replace',
  'post-replace',
  'pre-delete',
  'post-delete',
];

/** One hook at each point of every task. */
const everywhere: readonly Hook[] = POINTS.map((at) => ({ name: at, at, select: { name: '*' }, workflow: mirror }));

/** The hooks that did something, in the order in which they did. */
async function hooksThatRan(graph: TaskGraph, decide?: DecideUpdate, update?: () => void): Promise<string[]> {
  const ran: string[] = [];
  const running = run(hooked(graph, everywhere), {
    handlers: {
      '*': {
        create: ({ properties }: TaskContext) => ({ attributes: { value: properties.value } }),
        update: ({ properties }: TaskContext) => {
          update?.();
          return { attributes: { value: properties.value } };
        },
        delete: () => undefined,
      },
      workflow: ({ task }: TaskContext) => void ran.push(task.id),
    },
    concurrency: 1,
    previous: new Map([['net', { attributes: { value: 'a' } }]]),
    ...(decide !== undefined && { decide }),
  });
  const { status, failures } = await running.result;
  expect([status, ...failures]).toEqual(['COMPLETE']);
  return ran;
}

const created = (): StackState => {
  const made = compile(template('a'));
  if (!made.ok) throw new Error('not compiled');
  return completeState(made.stack, made.graph);
};

const deciding =
  (decisions: { readonly [name: string]: UpdateDecision }): DecideUpdate =>
  ({ name }) =>
    decisions[name] ?? 'updated';

const update = (): TaskGraph => compiled(template('b'), { action: 'UPDATE', previous: created() });

describe('hooks of an update', () => {
  it('that is made in place', async () => {
    expect(await hooksThatRan(update(), deciding({}))).toEqual([
      'net//pre-update',
      'net//post-update',
      'web//pre-update',
      'web//post-update',
    ]);
  });

  it('that finds nothing to do: none', async () => {
    expect(await hooksThatRan(update(), deciding({ net: 'unchanged', web: 'unchanged' }))).toEqual([]);
  });

  it('that turns out a replacement: those before it, those of the replacement, those of the clean-up', async () => {
    const ran = await hooksThatRan(update(), deciding({ net: 'replaced', web: 'unchanged' }));
    expect(ran).toEqual([
      'net//pre-update',
      'net//pre-replace',
      'net//post-replace',
      'net//cleanup//pre-delete',
      'net//cleanup//post-delete',
    ]);
  });

  it('of which nobody knows before it is tried', async () => {
    const ran = await hooksThatRan(update(), undefined, () => {
      throw new UpdateReplace('not in place');
    });
    expect(ran.filter((id) => id.startsWith('net/'))).toEqual([
      'net//pre-update',
      'net//post-replace',
      'net//cleanup//pre-delete',
      'net//cleanup//post-delete',
    ]);
  });

  it('that is known to be a replacement', async () => {
    const known = compiled(template('b'), { action: 'UPDATE', previous: created(), replaced: new Set(['net']) });
    const ran = await hooksThatRan(known, deciding({ web: 'unchanged' }));
    expect(ran.filter((id) => id.startsWith('net/'))).toEqual([
      'net//pre-update',
      'net//pre-replace',
      'net//post-replace',
      'net//cleanup//pre-delete',
      'net//cleanup//post-delete',
    ]);
  });

  it('that makes and takes away', async () => {
    const other = `
heat_template_version: 2018-08-31
resources:
  net: {type: OS::Heat::Value, properties: {value: a}}
  new: {type: OS::Heat::Value, properties: {value: x}}
`;
    const graph = compiled(other, { action: 'UPDATE', previous: created() });
    expect(await hooksThatRan(graph, deciding({ net: 'unchanged' }))).toEqual([
      'web//pre-delete',
      'web//post-delete',
      'new//pre-create',
      'new//post-create',
    ]);
  });

  it('whose values are not known yet when it is asked whether there is anything to do: they run', async () => {
    const asked: string[] = [];
    const decide: DecideUpdate = ({ name }, inputs) => {
      asked.push(name);
      if (name === 'web' && !inputs.has('properties')) throw new Error('not known');
      return 'updated';
    };
    expect(await hooksThatRan(update(), decide)).toContain('web//pre-update');
    expect(asked).toContain('net');
  });
});

it('a breakpoint after an update that found nothing to do is passed by; one before it is not, as in Heat', async () => {
  const paused: string[] = [];
  const running = run(hooked(update(), [{ at: ['pre-update', 'post-update', 'pre-delete'], select: 'net' }]), {
    handlers: { '*': () => ({ attributes: { value: 'b' } }) },
    decide: () => 'unchanged',
    previous: new Map([['net', { attributes: { value: 'a' } }]]),
    onEvent: (event) => {
      if (event.type !== 'task-paused') return;
      paused.push(event.task);
      void Promise.resolve().then(() => running.clear(event.task));
    },
  });
  expect((await running.result).status).toBe('COMPLETE');
  expect(paused).toEqual(['net//pre-update']);
});

describe('hooks of a deletion', () => {
  const previous = new Map([
    ['web', { physicalId: 'id of web', attributes: { address: '10.0.0.5' } }],
    ['net', { physicalId: 'id of net' }],
  ]);

  async function deleted(hooks: readonly Hook[]): Promise<{ graph: TaskGraph; result: RunResult }> {
    const graph = graphOf({ web: { action: 'DELETE' }, net: { action: 'DELETE', requires: ['web'] } });
    const attached = hooked(graph, hooks);
    const result = await run(attached, { handlers: { '*': () => undefined }, previous }).result;
    return { graph: attached, result };
  }

  it.each(['pre-delete', 'post-delete'] as const)('%s: what an earlier run recorded serves', async (at) => {
    const { result } = await deleted([
      { name: 'bye', at, select: 'web', workflow: mirror, input: { given: { get_attr: ['$task', 'address'] } } },
    ]);
    expect(result.tasks.get('web//bye')?.result?.outputs).toMatchObject({
      given: '10.0.0.5',
      env: { task: { id: 'web', action: 'DELETE', physical_id: 'id of web', attributes: { address: '10.0.0.5' } } },
    });
  });

  it('may refer to everything that was there, in whatever order it goes', async () => {
    const input = { given: [{ get_resource: 'net' }, { get_resource: 'web' }] };
    const { graph, result } = await deleted([
      { name: 'before', at: 'pre-delete', select: 'web', workflow: mirror, input },
      { name: 'after', at: 'post-delete', select: 'net', workflow: mirror, input },
    ]);
    expect(graph.requires(graph.indexOf('web//before'))).toHaveLength(0);
    for (const id of ['web//before', 'net//after']) {
      expect(result.tasks.get(id)?.result?.outputs.given).toEqual(['id of net', 'id of web']);
    }
  });

  it('instead of the deletion', async () => {
    const { result } = await deleted([{ name: 'own', at: 'delete', instead: true, select: 'web', workflow: mirror }]);
    expect(result.tasks.get('web')?.result?.outputs).toMatchObject({
      env: { task: { action: 'DELETE', physical_id: 'id of web' } },
    });
  });
});

it('hooks are no part of the state of a stack', async () => {
  const made = compile(template('a'));
  if (!made.ok) throw new Error('not compiled');
  const attached = hooked(made.graph, [
    { name: 'm', at: 'post-create', workflow: mirror },
    { name: 'tell', at: 'post', workflow: mirror, onFailure: true },
    { name: 'own', at: 'create', instead: true, select: 'net', action: 'std.echo', input: { output: 'x' } },
  ]);
  const result = await run(attached, { handlers: { '*': () => ({ attributes: { value: 1 } }) } }).result;
  const state = stateAfter(undefined, {
    action: 'CREATE',
    graph: attached,
    stack: made.stack,
    status: 'COMPLETE',
    report: (id) => result.tasks.get(id),
  });
  expect(state.resources.map(({ id, requires }) => [id, requires.map((one) => one.id)])).toEqual([
    ['net', []],
    ['web', ['net']],
  ]);
});

it('the steps of a component are updated when one of them is', async () => {
  const step = (name: string, requires: string[]): TaskSketch => ({
    action: 'UPDATE',
    name: 'db',
    inputs: { step: name },
    requires,
  });
  const steps = graphOf({ 'db/create': step('create', []), 'db/start': step('start', ['db/create']) });
  for (const [changed, expected] of [
    ['create', ['db//pre-update', 'db//post-update']],
    ['start', ['db//pre-update', 'db//post-update']],
    ['none', []],
  ] as const) {
    const decide: DecideUpdate = ({ inputs }) => (inputs.step === changed ? 'updated' : 'unchanged');
    expect(await hooksThatRan(steps, decide)).toEqual(expected);
  }
});

it('what uses the output of a hook stands on what the hook was attached to', async () => {
  const text = `
heat_template_version: 2018-08-31
resources:
  net: {type: OS::Heat::Value, properties: {value: x}}
  other: {type: OS::Heat::Value, properties: {value: x}}
  web: {type: OS::Heat::Value, properties: {value: {get_attr: [second, given]}}}
`;
  const made = compile(text, { hooks: ['second'] });
  if (!made.ok) throw new Error('not compiled');
  const attached = hooked(made.graph, [
    { name: 'first', at: 'post-create', select: 'net', workflow: mirror },
    {
      name: 'second',
      at: 'post-create',
      select: 'other',
      workflow: mirror,
      input: { given: { get_attr: ['first', 'env'] } },
    },
  ]);
  const result = await run(attached, { handlers: { '*': () => ({}) } }).result;
  const state = stateAfter(undefined, {
    action: 'CREATE',
    graph: attached,
    stack: made.stack,
    status: 'COMPLETE',
    report: (id) => result.tasks.get(id),
  });
  expect(state.resources.map(({ id, requires }) => [id, requires.map((one) => one.id).sort()])).toEqual([
    ['net', []],
    ['other', []],
    ['web', ['net', 'other']],
  ]);
});
