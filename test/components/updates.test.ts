import { describe, expect, it } from 'vitest';
import type { StackAction } from '../../src/compile/stack-action.ts';
import { run } from '../../src/executors/run.ts';
import type { TaskContext } from '../../src/run/handlers.ts';
import { readState } from '../../src/state/read-state.ts';
import type { StackState } from '../../src/state/stack-state.ts';
import { writeState } from '../../src/state/write-state.ts';
import { prepareTraversal } from '../../src/traversal/prepare-traversal.ts';

interface Shop {
  readonly port?: number;
  readonly start?: string;
  readonly image?: string;
  readonly host?: string;
  readonly database?: boolean;
  readonly update?: string;
}

const template = ({
  port = 3306,
  start = 'run',
  image = 'debian',
  host = 'db',
  database = true,
  update = '',
}: Shop = {}) => `
heat_template_version: 2018-08-31
resources:
  db: {type: OS::Nova::Server, properties: {flavor: small, image: ${image}, image_update_policy: REPLACE}}
  web: {type: OS::Nova::Server, properties: {flavor: small, image: debian}}
components:
${
  database
    ? `
  mysql:
    hosted_on: ${host}
    inputs: {port: ${port}}
    outputs: [endpoint]
    scripts: {create: install, start: ${start}, delete: remove${update}}`
    : ''
}
  shop:
    hosted_on: web
    ${database ? 'connects_to: mysql' : 'depends_on: db'}
    scripts: {create: deploy, update: migrate, delete: drop}
`;

class World {
  readonly calls: string[] = [];
  state: StackState | undefined;
  failing = '';
  #servers = 0;

  readonly handlers = {
    'OS::Nova::Server': ({ task, action, previous }: TaskContext) => {
      if (action === 'DELETE') this.calls.push(`DELETE ${previous?.physicalId}`);
      return action === 'CREATE' || action === 'REPLACE'
        ? { physicalId: `${task.name}-${++this.#servers}` }
        : undefined;
    },
    'OS::Heat::SoftwareConfig': ({ task, action, inputs }: TaskContext) => {
      const given = inputs.inputs === undefined ? '' : ` ${JSON.stringify(inputs.inputs)}`;
      this.calls.push(`${action} ${task.id}: ${inputs.script} on ${inputs.server}${action === 'DELETE' ? '' : given}`);
      if (task.id === this.failing) throw new Error('no');
      const port = (inputs.inputs as { port?: number } | undefined)?.port;
      return task.name === 'mysql' && inputs.step !== 'start' ? { outputs: { endpoint: `db:${port}` } } : undefined;
    },
  };

  /** The calls that an action needed, and how it ended. */
  async bring(action: StackAction, text?: string, onFailure: 'stop' | 'rollback' = 'stop'): Promise<string[]> {
    const prepared = prepareTraversal(action, {
      components: true,
      ...(text !== undefined && { template: text }),
      ...(this.state && { state: this.state }),
    });
    if (!prepared.ok) throw new Error(prepared.diagnostics[0]?.message);
    this.calls.length = 0;
    const running = run(prepared.graph, {
      handlers: this.handlers,
      ...prepared.runOptions,
      onFailure,
      onEvent: ({ type }) => {
        if (type === 'rollback-started') this.failing = '';
      },
    });
    const state = prepared.stateAfter(await running.result);
    const read = readState(JSON.parse(JSON.stringify(writeState(state))));
    if (!read.ok) throw new Error(read.diagnostics[0]?.message);
    // What was read is what the next action starts from.
    this.state = read.state;
    return [...this.calls, state.status];
  }
}

async function created(shop: Shop = {}): Promise<World> {
  const world = new World();
  expect(await world.bring('CREATE', template(shop))).toEqual([
    'CREATE mysql/create: install on db-1 {"port":3306}',
    'CREATE mysql/start: run on db-1 {"port":3306}',
    'CREATE shop/create: deploy on web-2 {"endpoint":"db:3306"}',
    'COMPLETE',
  ]);
  return world;
}

describe('the components of a recorded stack', () => {
  it('are left alone where nothing changed', async () => {
    const world = await created();
    expect(await world.bring('UPDATE', template())).toEqual(['COMPLETE']);
    expect(world.state?.components).toMatchObject([
      {
        name: 'mysql',
        action: 'CREATE',
        status: 'COMPLETE',
        server: 'db-1',
        steps: [{ step: 'create' }, { step: 'start' }],
      },
      { name: 'shop', server: 'web-2' },
    ]);
  });

  it('have those steps done again whose inputs changed, and whoever uses what they give is updated', async () => {
    const world = await created();
    expect(await world.bring('UPDATE', template({ start: 'faster' }))).toEqual([
      'UPDATE mysql/start: faster on db-1 {"port":3306}',
      'COMPLETE',
    ]);
    expect(await world.bring('UPDATE', template({ start: 'faster', port: 3307 }))).toEqual([
      'UPDATE mysql/create: install on db-1 {"port":3307}',
      'UPDATE mysql/start: faster on db-1 {"port":3307}',
      'UPDATE shop/update: migrate on web-2 {"endpoint":"db:3307"}',
      'COMPLETE',
    ]);
    expect(await world.bring('UPDATE', template({ start: 'faster', port: 3307 }))).toEqual(['COMPLETE']);
  });

  it('have their update step done instead, where it is written', async () => {
    const world = await created({ update: ', update: restart' });
    expect(await world.bring('UPDATE', template({ update: ', update: restart', start: 'faster' }))).toEqual([
      'UPDATE mysql/update: restart on db-1 {"port":3306}',
      'COMPLETE',
    ]);
    expect(await world.bring('UPDATE', template({ update: ', update: restart', start: 'faster' }))).toEqual([
      'COMPLETE',
    ]);
  });

  it('are made anew on a server that is, and taken from the old one before it goes', async () => {
    const world = await created();
    expect(await world.bring('UPDATE', template({ image: 'other' }))).toEqual([
      'REPLACE mysql/create: install on db-3 {"port":3306}',
      'REPLACE mysql/start: run on db-3 {"port":3306}',
      'DELETE mysql/delete: remove on db-1',
      'DELETE db-1',
      'COMPLETE',
    ]);
    expect(await world.bring('UPDATE', template({ image: 'other', host: 'web' }))).toEqual([
      'REPLACE mysql/create: install on web-2 {"port":3306}',
      'REPLACE mysql/start: run on web-2 {"port":3306}',
      'DELETE mysql/delete: remove on db-3',
      'COMPLETE',
    ]);
  });

  it('come and go with the template', async () => {
    const world = await created();
    expect(await world.bring('UPDATE', template({ database: false }))).toEqual([
      expect.stringContaining('UPDATE shop/update: migrate on web-2'),
      'DELETE mysql/delete: remove on db-1',
      'COMPLETE',
    ]);
    expect(world.state?.components?.map(({ name }) => name)).toEqual(['shop']);
    const back = await world.bring('UPDATE', template());
    expect(back.slice(0, 2)).toEqual([
      'CREATE mysql/create: install on db-1 {"port":3306}',
      'CREATE mysql/start: run on db-1 {"port":3306}',
    ]);
  });

  it('go backwards before their servers, by what the state says alone', async () => {
    const world = await created();
    const calls = await world.bring('DELETE');
    const place = (text: string): number => calls.findIndex((call) => call.startsWith(text));
    expect(calls.toSorted()).toEqual([
      'COMPLETE',
      'DELETE db-1',
      'DELETE mysql/delete: remove on db-1',
      'DELETE shop/delete: drop on web-2',
      'DELETE web-2',
    ]);
    expect(place('DELETE shop/')).toBeLessThan(place('DELETE mysql/'));
    expect(place('DELETE mysql/')).toBeLessThan(place('DELETE db'));
    expect(place('DELETE shop/')).toBeLessThan(place('DELETE web'));
    expect(world.state?.components).toBeUndefined();
  });

  it('that failed are made once more where they are', async () => {
    const world = await created();
    world.failing = 'mysql/start';
    expect((await world.bring('UPDATE', template({ port: 3307 }))).at(-1)).toBe('FAILED');
    expect(world.state?.components?.[0]).toMatchObject({ name: 'mysql', action: 'UPDATE', status: 'FAILED' });
    world.failing = '';
    expect((await world.bring('UPDATE', template({ port: 3307 }))).slice(0, 2)).toEqual([
      'UPDATE mysql/create: install on db-1 {"port":3307}',
      'UPDATE mysql/start: run on db-1 {"port":3307}',
    ]);
    expect(world.state?.components?.[0]?.status).toBe('COMPLETE');
  });

  it('are brought back by a rollback', async () => {
    const world = await created();
    const before = world.state?.components;
    world.failing = 'shop/update';
    await world.bring('UPDATE', template({ port: 3307, start: 'faster' }), 'rollback');
    expect(world.state).toMatchObject({ action: 'ROLLBACK', status: 'COMPLETE' });
    // What a step `update` was last done with is the only thing that is new.
    const making = (components: StackState['components']) =>
      components?.map(({ name, server, removal, requires, requiredBy, steps }) => {
        return { name, server, removal, requires, requiredBy, steps: steps.filter(({ step }) => step !== 'update') };
      });
    expect(making(world.state?.components)).toEqual(making(before));
  });
});
