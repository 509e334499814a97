import { describe, expect, it } from 'vitest';
import type { StackAction } from '../../src/compile/stack-action.ts';
import { run } from '../../src/executors/run.ts';
import type { HandlerObject, TaskContext } from '../../src/run/handlers.ts';
import { readState } from '../../src/state/read-state.ts';
import type { StackState } from '../../src/state/stack-state.ts';
import { writeState } from '../../src/state/write-state.ts';
import { prepareTraversal } from '../../src/traversal/prepare-traversal.ts';
import type { ReadyTraversal, TraversalOptions } from '../../src/traversal/prepared-traversal.ts';
import { Cloud } from './cloud.ts';

const TEMPLATE = (flavor = 'small', more = '') => `
heat_template_version: 2018-08-31
resources:
  volume: {type: OS::Cinder::Volume, properties: {size: 1, image: debian}, deletion_policy: Retain}
  server:
    type: OS::Nova::Server
    properties: {flavor: ${flavor}, image: debian, user_data: {get_resource: volume}}
${more}`;

function ready(action: StackAction, options: TraversalOptions): ReadyTraversal {
  const prepared = prepareTraversal(action, options);
  if (!prepared.ok) throw new Error(prepared.diagnostics.map(({ message }) => message).join('\n'));
  return prepared;
}

/** What each call was, and the state after. */
async function done(
  action: StackAction,
  options: TraversalOptions,
  handlers: HandlerObject = {},
): Promise<{ state: StackState; calls: string[]; status: string; failures: string[] }> {
  const prepared = ready(action, options);
  const calls: string[] = [];
  const told = new Proxy(handlers, {
    get: (target, name: keyof HandlerObject) => {
      return (context: TaskContext) => {
        calls.push(`${name} ${context.task.name} ${context.previous?.physicalId ?? '-'}`);
        return target[name]?.(context) ?? { physicalId: context.previous?.physicalId ?? `${context.task.name}-1` };
      };
    },
  });
  const result = await run(prepared.graph, { handlers: { '*': told }, ...prepared.runOptions }).result;
  const failures = result.failures.map(({ task, message }) => `${task}: ${message}`);
  return { state: prepared.stateAfter(result), calls, status: result.status, failures };
}

const created = (): Promise<StackState> => done('CREATE', { template: TEMPLATE() }).then(({ state }) => state);

const rows = ({ resources }: StackState): string[] =>
  resources.map(({ name, action, status, physicalId }) => `${name} ${action} ${status} ${physicalId}`);

function refusal(action: StackAction, options: TraversalOptions): string {
  const prepared = prepareTraversal(action, options);
  return prepared.ok ? 'ok' : prepared.diagnostics.map(({ code, heat = '-' }) => `${code} ${heat}`).join(', ');
}

describe('each action on a stack', () => {
  it.each<[StackAction, string[]]>([
    ['SUSPEND', ['suspend server server-1', 'suspend volume volume-1']],
    ['CHECK', ['check volume volume-1', 'check server server-1']],
    ['SNAPSHOT', ['snapshot volume volume-1', 'snapshot server server-1']],
  ])('%s goes through what is there, and tells', async (action, expected) => {
    const state = await created();
    const { state: after, calls } = await done(action, { state });
    expect(calls).toEqual(expected);
    expect(after).toMatchObject({ action, status: 'COMPLETE', generation: 1, source: state.source });
    expect(rows(after)).toEqual([`volume ${action} COMPLETE volume-1`, `server ${action} COMPLETE server-1`]);
  });

  it('RESUME goes forwards through what was suspended', async () => {
    const { state } = await done('SUSPEND', { state: await created() });
    expect(refusal('UPDATE', { state, template: TEMPLATE() })).toBe('STACK_NOT_UPDATABLE NotSupported');
    const { calls, state: after } = await done('RESUME', { state });
    expect(calls).toEqual(['resume volume volume-1', 'resume server server-1']);
    expect((await done('RESUME', { state: after })).calls).toEqual([]);
    expect((await done('SUSPEND', { state })).calls).toEqual([]);
  });

  it('DELETE keeps what is to be kept, and leaves nothing', async () => {
    const { calls, state } = await done('DELETE', { state: await created() });
    expect(calls).toEqual(['delete server server-1']);
    expect(state).toMatchObject({ action: 'DELETE', status: 'COMPLETE', resources: [] });
    expect(refusal('UPDATE', { state, template: TEMPLATE() })).toBe('STATE_NEEDED EntityNotFound');
    expect(rows((await done('CREATE', { state, template: TEMPLATE() })).state)).toHaveLength(2);
  });

  it('DELETE needs a template only where no state tells what there is', async () => {
    expect((await done('DELETE', { template: TEMPLATE() })).calls).toEqual(['delete server -']);
    expect(refusal('DELETE', {})).toBe('TEMPLATE_NEEDED -');
  });

  it('CHECK goes on after a failure, and what failed is FAILED', async () => {
    const check = ({ task }: TaskContext) => {
      if (task.name === 'volume') throw new Error('gone');
    };
    const { state, status } = await done('CHECK', { state: await created() }, { check });
    expect(status).toBe('FAILED');
    expect(rows(state)).toEqual(['volume CHECK FAILED volume-1', 'server CREATE COMPLETE server-1']);
    // Heat replaces what a check has found broken.
    const { calls } = await done('UPDATE', { state, template: TEMPLATE() });
    expect(calls[0]).toMatch(/^(replace|update) volume/);
  });

  it('ABANDON does nothing, and ADOPT takes over what a state tells of', async () => {
    const { state, calls } = await done('ABANDON', { state: await created() });
    expect(calls).toEqual([]);
    expect(state).toMatchObject({ action: 'ABANDON', status: 'COMPLETE' });
    const adopted = await done('ADOPT', { state, template: TEMPLATE() });
    expect(adopted.calls).toEqual(['adopt volume volume-1', 'adopt server server-1']);
    expect(rows(adopted.state)).toEqual(['volume ADOPT COMPLETE volume-1', 'server ADOPT COMPLETE server-1']);
    expect(adopted.state).toMatchObject({ action: 'ADOPT', status: 'COMPLETE', generation: 1 });
  });

  it('ADOPT keeps the ids where a handler has no method for it, and gives them back when it fails', async () => {
    const state = await created();
    const prepared = ready('ADOPT', { state, template: TEMPLATE() });
    const handlers = (check: () => void) => ({ 'OS::Nova::Server': { adopt: check }, '*': { create() {}, check } });
    const result = await run(prepared.graph, { handlers: handlers(() => {}), ...prepared.runOptions }).result;
    expect(prepared.stateAfter(result).resources.map(({ physicalId }) => physicalId)).toEqual(['volume-1', 'server-1']);
    const failing = run(prepared.graph, {
      handlers: handlers(() => {
        throw new Error('no');
      }),
      ...prepared.runOptions,
      onFailure: 'rollback',
    });
    const failed = await failing.result;
    expect(failed.rollback?.tasks.size).toBe(0);
    expect(prepared.stateAfter(failed)).toMatchObject({ action: 'ROLLBACK', status: 'COMPLETE', resources: [] });
  });

  it('ROLLBACK takes back an update that failed, whenever that is wanted', async () => {
    const state = await created();
    const failing = await done(
      'UPDATE',
      { state, template: TEMPLATE('large', '  other: {type: OS::Heat::None, depends_on: server}') },
      {
        create() {
          throw new Error('no');
        },
      },
    );
    expect(rows(failing.state)).toEqual([
      'volume CREATE COMPLETE volume-1',
      'server UPDATE COMPLETE server-1',
      'other CREATE FAILED undefined',
    ]);
    const { state: after, calls } = await done('ROLLBACK', { state: failing.state });
    expect(calls.toSorted()).toEqual(['delete other -', 'update server server-1']);
    expect(after).toMatchObject({ action: 'ROLLBACK', status: 'COMPLETE', generation: 1, source: state.source });
    expect(rows(after)).toEqual(['volume CREATE COMPLETE volume-1', 'server UPDATE COMPLETE server-1']);
  });

  it('a create that fails is rolled back to nothing', async () => {
    const cloud = new Cloud();
    cloud.fails = (task) => task === 'server';
    const prepared = ready('CREATE', { template: TEMPLATE().replace(', deletion_policy: Retain', '') });
    cloud.fails = (task, action) => task === 'server' && action === 'CREATE';
    const result = await cloud.finish(cloud.start(prepared, { onFailure: 'rollback' }));
    expect([result.status, result.rollback?.status]).toEqual(['FAILED', 'COMPLETE']);
    expect(prepared.stateAfter(result)).toMatchObject({ action: 'ROLLBACK', status: 'COMPLETE', resources: [] });
    expect([...cloud.things]).toEqual([]);
  });
});

describe('a snapshot', () => {
  const snapshot = ({ task }: TaskContext) => ({
    outputs: task.name === 'server' ? { snapshot_image_id: 'image-7' } : { backup_id: 'backup-7' },
  });

  it('is in the state, with what each resource keeps of it', async () => {
    const { state } = await done('SNAPSHOT', { state: await created(), snapshot: 'friday' }, { snapshot });
    expect(state.snapshots).toMatchObject([
      {
        name: 'friday',
        status: 'COMPLETE',
        resources: [
          { name: 'volume', physicalId: 'volume-1', data: new Map([['backup_id', 'backup-7']]) },
          { name: 'server', physicalId: 'server-1', data: new Map([['snapshot_image_id', 'image-7']]) },
        ],
      },
    ]);
    expect(state.resources[0]?.outputs.size).toBe(0);
    expect(refusal('SNAPSHOT', { state, snapshot: 'friday' })).toBe('SNAPSHOT_EXISTS -');
    const second = await done('SNAPSHOT', { state });
    expect(second.state.snapshots?.map(({ name }) => name)).toEqual(['friday', 'snapshot-2']);
    expect((await done('DELETE', { state })).state.snapshots).toBeUndefined();
  });

  it('is restored as Heat does it: the template of that day, servers from their images, volumes from their backups', async () => {
    const { state } = await done('SNAPSHOT', { state: await created() }, { snapshot });
    const changed = await done('UPDATE', { state, template: TEMPLATE('large', '  other: {type: OS::Heat::None}') });
    const seen: unknown[] = [];
    const see = (context: TaskContext) => {
      seen.push([context.task.name, context.properties, context.inputs.restore]);
      return undefined;
    };
    const {
      state: after,
      calls,
      status,
      failures,
    } = await done('RESTORE', { state: changed.state }, {
      update: see,
      replace: see,
    } as HandlerObject);
    expect([status, ...failures]).toEqual(['COMPLETE']);
    expect(seen).toEqual([
      ['volume', { size: 1, backup_id: 'backup-7' }, { backup_id: 'backup-7' }],
      [
        'server',
        { flavor: 'small', image: 'image-7', user_data: expect.stringMatching(/^volume/) },
        { snapshot_image_id: 'image-7' },
      ],
    ]);
    expect(calls.filter((call) => call.startsWith('delete'))).toEqual(['delete other other-1']);
    expect(after).toMatchObject({ action: 'RESTORE', status: 'COMPLETE', source: state.source });
    expect(after.snapshots).toHaveLength(1);
  });

  it('has to be there', async () => {
    const state = await created();
    expect(refusal('RESTORE', { state })).toBe('SNAPSHOT_MISSING EntityNotFound');
    expect(refusal('RESTORE', { state, snapshot: 'x' })).toBe('SNAPSHOT_MISSING EntityNotFound');
  });
});

describe('what cannot be begun is refused, with the class of Heat', () => {
  it('for want of a stack, or because of one', async () => {
    const state = await created();
    expect(refusal('CREATE', { state, template: TEMPLATE() })).toBe('STACK_EXISTS StackExists');
    expect(refusal('CREATE', {})).toBe('TEMPLATE_NEEDED -');
    expect(refusal('UPDATE', { state })).toBe('TEMPLATE_NEEDED -');
    expect(refusal('CHECK', {})).toBe('STATE_NEEDED EntityNotFound');
  });

  it('for the state of a resource', async () => {
    const { state } = await done(
      'CHECK',
      { state: await created() },
      {
        check() {
          throw new Error('no');
        },
      },
    );
    expect(refusal('SUSPEND', { state })).toBe('RESOURCE_STATE_INVALID ResourceFailure');
    expect(refusal('RESUME', { state })).toContain('RESOURCE_STATE_INVALID ResourceFailure');
  });

  it('for an immutable parameter', async () => {
    const text = (value: string) => `
heat_template_version: 2018-08-31
parameters: {p: {type: string, immutable: true, default: ${value}}}
resources: {a: {type: OS::Heat::Value, properties: {value: {get_param: p}}}}`;
    const { state } = await done('CREATE', { template: text('x') });
    expect(refusal('UPDATE', { state, template: text('y') })).toBe('PARAMETER_IMMUTABLE ImmutableParameterModified');
  });
});

describe('what the environment restricts', () => {
  const environment = (action: string) => ({
    name: 'env.yaml',
    text: `resource_registry: {resources: {server: {restricted_actions: ${action}}}}`,
  });

  it.each([
    ['update', 'large', 'small'],
    ['replace', 'small', 'small, availability_zone: other'],
  ])('fails the task when it runs, and nothing is done: %s', async (action, flavor, before) => {
    const { state } = await done('CREATE', { template: TEMPLATE(before) });
    const prepared = ready('UPDATE', { state, template: TEMPLATE(flavor), environments: [environment(action)] });
    const { failures } = await run(prepared.graph, { handlers: { '*': () => undefined }, ...prepared.runOptions })
      .result;
    expect(failures).toMatchObject([{ task: 'server', code: 'ACTION_RESTRICTED', heat: 'ResourceActionRestricted' }]);
    const other = action === 'update' ? 'replace' : 'update';
    const allowed = ready('UPDATE', { state, template: TEMPLATE(flavor), environments: [environment(other)] });
    const { status } = await run(allowed.graph, { handlers: { '*': () => undefined }, ...allowed.runOptions }).result;
    expect(status).toBe('COMPLETE');
  });

  it('and leaves the resource as it was', async () => {
    const state = await created();
    const prepared = ready('UPDATE', { state, template: TEMPLATE('large'), environments: [environment('update')] });
    const running = run(prepared.graph, { handlers: { '*': () => undefined }, ...prepared.runOptions });
    const after = prepared.stateAfter(await running.result);
    expect(after.status).toBe('FAILED');
    expect(rows(after)).toEqual(rows(state));
  });
});

describe('a rollback that is not possible', () => {
  it('is refused with the reason, and the state is what the failure left', async () => {
    const text = (more: string) => `
heat_template_version: 2018-08-31
parameters: {secret: {type: string, hidden: true}}
resources:
  a: {type: OS::Heat::Value, properties: {value: {get_param: secret}}}
  ${more}`;
    const options = { parameters: { secret: 'xyzzy' } };
    const { state } = await done('CREATE', { template: text(''), ...options });
    // The value of the hidden parameter is not kept, and is not given again.
    const read = readState(JSON.parse(JSON.stringify(writeState(state))));
    if (!read.ok) throw new Error('must be readable');
    const template = text('b: {type: OS::Heat::None}').replace(
      'secret: {type: string, hidden: true}',
      'p: {type: string, default: x}',
    );
    const prepared = ready('UPDATE', {
      template: template.replace('get_param: secret', 'get_param: p'),
      state: read.state,
    });
    const failing = () => {
      throw new Error('no');
    };
    const running = run(prepared.graph, {
      handlers: { '*': { create: failing, update: () => undefined, delete: () => undefined } },
      ...prepared.runOptions,
      onFailure: 'rollback',
    });
    const result = await running.result;
    expect(result.rollback).toMatchObject({ status: 'FAILED', diagnostics: [{ code: 'PARAMETER_MISSING' }] });
    expect(prepared.stateAfter(result)).toMatchObject({ action: 'UPDATE', status: 'FAILED' });
  });
});
