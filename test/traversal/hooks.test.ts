import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { run } from '../../src/executors/run.ts';
import { attachHooks } from '../../src/hooks/attach-hooks.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { plan } from '../../src/plan/plan.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { readState } from '../../src/state/read-state.ts';
import type { StackState } from '../../src/state/stack-state.ts';
import { writeState } from '../../src/state/write-state.ts';
import { simulatedHandlers } from '../../src/testing/simulated-handlers.ts';
import { prepareTraversal } from '../../src/traversal/prepare-traversal.ts';
import type { ReadyTraversal, TraversalOptions } from '../../src/traversal/prepared-traversal.ts';
import { workflow } from '../../src/workflow/builder.ts';

/** A migration gives a version; scripts on all servers give logs. */
const HOOKS: readonly Hook[] = [
  {
    name: 'migrate',
    at: 'post-create',
    select: 'db',
    workflow: workflow('migrate').output({ version: 'v7' }).task('do', { action: 'std.noop' }),
  },
  {
    name: 'script',
    at: 'post-create',
    select: { type: 'OS::Nova::*' },
    workflow: workflow('script').output({ log: '<% env().task.name %> is ready' }).task('do', { action: 'std.noop' }),
  },
  { name: 'told', at: 'post', action: 'std.echo', input: { output: 'deployed' } },
  { name: 'sorry', at: 'post', onFailure: true, action: 'std.echo', input: { output: 'sorry' } },
];

const template = ({ flavor = 'm1', more = '' } = {}): string => `
heat_template_version: 2018-08-31
resources:
  db: {type: OS::Nova::Server, properties: {flavor: ${flavor}, image: x}}
  app:
    type: OS::Nova::Server
    properties: {flavor: ${flavor}, image: x, user_data: {get_attr: [migrate, version]}}
${more}
outputs:
  version: {value: {get_attr: [migrate, version]}}
  logs: {value: [{get_attr: [script, db, log]}, {get_attr: [script, app, log]}]}
`;

function prepare(action: 'CREATE' | 'UPDATE' | 'DELETE', options: TraversalOptions, hooks = HOOKS): ReadyTraversal {
  const ready = prepareTraversal(action, {
    ...options,
    hooks: hooks.flatMap(({ name }) => name ?? []),
    attach: (graph, rest) => attachHooks(graph, hooks, rest),
  });
  if (!ready.ok) throw new Error(JSON.stringify(ready.diagnostics));
  return ready;
}

interface Done {
  readonly state: StackState;
  readonly result: RunResult;
  /** Ids of the hooks that ran, those of the rollback too. */
  readonly ran: readonly string[];
}

async function carryOut(ready: ReadyTraversal, failures: readonly string[] = []): Promise<Done> {
  const ran: string[] = [];
  const failing = new Set(failures);
  const simulated = simulatedHandlers()['*'];
  const result = await run(ready.graph, {
    handlers: {
      '*': (context) => {
        // Once: the way back is free.
        if (failing.delete(context.task.id)) throw new Error('on purpose');
        return simulated(context);
      },
    },
    onFailure: ready.action === 'DELETE' ? 'stop' : 'rollback',
    ...ready.runOptions,
    onEvent: (event) => void (event.type === 'task-completed' && event.task.includes('//') && ran.push(event.task)),
  }).result;
  // As it comes back from a file.
  const read = readState(JSON.parse(JSON.stringify(writeState(ready.stateAfter(result)))));
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
  return { state: read.state, result, ran };
}

const created = (): Promise<Done> => carryOut(prepare('CREATE', { template: template() }));

describe('what hooks gave is in the state', () => {
  it('by hook, and what it stood at', async () => {
    const { state } = await created();
    expect(state.hooks?.map(({ name, at, attributes }) => [name, at, ...attributes.values()])).toEqual([
      ['migrate', 'db', 'v7'],
      ['script', 'db', 'db is ready'],
      ['script', 'app', 'app is ready'],
      ['told', 'post', 'deployed'],
    ]);
  });

  it('and an update, in which the hook has no place, finds it there', async () => {
    const { state } = await created();
    const { result } = await carryOut(prepare('UPDATE', { state, template: template({ flavor: 'm2' }) }));
    expect(result.status).toBe('COMPLETE');
    expect(result.tasks.get('app')?.decision ?? 'updated').toBe('updated');
    expect(result.outputs.get('version')).toBe('v7');
    expect(result.outputs.get('logs')).toEqual(['db is ready', 'app is ready']);
  });

  it('so that nothing changes where nothing was changed', async () => {
    const { state } = await created();
    const { result } = await carryOut(prepare('UPDATE', { state, template: template() }));
    expect([result.tasks.get('db')?.decision, result.tasks.get('app')?.decision]).toEqual(['unchanged', 'unchanged']);
  });

  it('what is new is joined to it', async () => {
    const { state } = await created();
    const more =
      '  web: {type: OS::Nova::Server, properties: {flavor: m1, image: x, user_data: {get_attr: [script, db, log]}}}';
    const { state: next, result } = await carryOut(prepare('UPDATE', { state, template: template({ more }) }));
    expect(result.status).toBe('COMPLETE');
    expect(next.hooks?.filter(({ name }) => name === 'script').map(({ at }) => at)).toEqual(['db', 'app', 'web']);
    expect(next.resources.find(({ name }) => name === 'web')?.definition.properties?.get('user_data')).toBe(
      'db is ready',
    );
  });

  it('until what the hook stood at is gone', async () => {
    const { state } = await created();
    const { state: without } = await carryOut(
      prepare('UPDATE', {
        state,
        template: template()
          .replace(/ {2}app:[\s\S]*?\n\noutputs/, '\noutputs')
          .replace(/, \{get_attr: \[script, app, log\]\}/, ''),
      }),
    );
    expect(without.hooks?.map(({ name, at }) => `${name} ${at}`)).toEqual(['migrate db', 'script db', 'told post']);
    const { state: gone } = await carryOut(prepare('DELETE', { state }));
    expect(gone.hooks).toBeUndefined();
  });
});

describe('the rollback of an update', () => {
  it('has what hooks gave, and runs none that celebrates', async () => {
    const { state } = await created();
    const ready = prepare('UPDATE', { state, template: template({ flavor: 'm2' }) });
    const { state: after, result, ran } = await carryOut(ready, ['app']);
    expect([result.status, result.rollback?.status]).toEqual(['FAILED', 'COMPLETE']);
    expect(ran.filter((id) => id.startsWith('//'))).toEqual(['//sorry']);
    expect(after.hooks).toEqual(state.hooks);
    expect(after.resources.map(({ definition }) => definition)).toEqual(
      state.resources.map(({ definition }) => definition),
    );
  });

  it('does not mind that a hook has nothing to stand at', async () => {
    const { state } = await created();
    const hooks: Hook[] = [...HOOKS, { name: 'late', at: 'post-create', select: 'web', action: 'std.noop' }];
    const more = '  web: {type: OS::Nova::Server, properties: {flavor: m1, image: x}}';
    const { result } = await carryOut(prepare('UPDATE', { state, template: template({ more }) }, hooks), ['web']);
    expect(result.rollback?.status).toBe('COMPLETE');
  });
});

describe('a plan', () => {
  const names = ['migrate', 'script', 'told', 'sorry'];

  it('knows what hooks gave', async () => {
    const { state } = await created();
    expect(plan(state, template(), { hooks: names }).unchanged).toEqual(['db', 'app']);
    const changed = template().replace('[migrate, version]}}\n\n', '[script, db, log]}}\n\n');
    expect(plan(state, changed, { hooks: names }).changes.find(({ name }) => name === 'app')?.properties).toMatchObject(
      [{ name: 'user_data', before: 'v7', after: 'db is ready' }],
    );
  });

  it('leaves to the run what was not recorded', async () => {
    const { hooks: _, ...state } = (await created()).state;
    expect(plan(state, template(), { hooks: names }).undecided).toMatchObject([
      { resource: 'app', property: 'user_data', after: ['migrate'] },
    ]);
  });

  it('from one template to another takes outputs of hooks for what attributes are: not known, and the same', () => {
    const before = compile(template(), { hooks: names });
    if (!before.ok) throw new Error('not compiled');
    expect(plan(before.stack, template(), { hooks: names })).toMatchObject({ ok: true, unchanged: ['db', 'app'] });
  });
});
