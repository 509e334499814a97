import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Task } from '../../src/graph/task.ts';
import { environmentHooks } from '../../src/hooks/environment-hooks.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { type Environment, readEnvironments } from '../../src/stack/environment.ts';
import { resolveFrom } from '../../src/stack/files.ts';
import { globMatches } from '../../src/stack/glob.ts';

const NOTIFY = 'version: 2.0\nnotify: {input: [who], tasks: {say: {action: std.noop}}}\n';

function read(...texts: string[]): { environment: Environment; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const sources = texts.map((text, index) => ({ text, name: `env${index + 1}.yaml` }));
  const files = new Map([['scripts/notify.yaml', NOTIFY]]);
  return { environment: readEnvironments(sources, resolveFrom(files), (one) => diagnostics.push(one)), diagnostics };
}

function hooksOf(...texts: string[]): readonly Hook[] {
  const { environment, diagnostics } = read(...texts);
  expect(diagnostics).toEqual([]);
  const result = environmentHooks(environment, { workflows: [{ text: NOTIFY, name: 'given.yaml' }] });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.hooks;
}

/** The points at which a resource has hooks, as a graph would ask. */
function pointsAt(hooks: readonly Hook[], name: string, scope = ''): unknown[] {
  const task = { name, scope } as Task;
  return hooks.flatMap(({ at, select }) => {
    if (typeof select !== 'object') throw new Error('an environment selects by name');
    return globMatches(select.name as string, name) && select.where?.(task) === true ? [at] : [];
  });
}

const resources = (text: string): string => `resource_registry:\n  resources:\n${text.replace(/^/gm, '    ')}`;

describe("Heat's form is a breakpoint", () => {
  it.each([
    ['a text', 'server: {hooks: pre-create}', ['pre-create']],
    ['a list', 'server: {hooks: [pre-create, post-delete]}', ['pre-create', 'post-delete']],
    ['an empty list', 'server: {hooks: []}', []],
    ['a null', 'server: {hooks: }', []],
    ['a name with wildcards', "'s?r[uv]er*': {hooks: pre-update}", ['pre-update']],
    ['the name of another', 'server2: {hooks: pre-update}', []],
    ['the same twice', "server: {hooks: [pre-create, pre-create]}\n'*': {hooks: pre-create}", ['pre-create']],
    [
      'several patterns',
      "'ser*': {hooks: pre-create}\n'*ver': {hooks: [pre-create, pre-delete]}",
      ['pre-create', 'pre-delete'],
    ],
  ])('%s', (_, text, expected) => {
    expect(pointsAt(hooksOf(resources(text)), 'server')).toEqual(expected);
  });

  it('stands where it was written', () => {
    const [hook] = hooksOf(resources('server:\n  hooks: [pre-create]'));
    expect(hook).toMatchObject({ at: 'pre-create', place: { source: 'env1.yaml', line: 4, column: 15 } });
    expect(hook?.workflow).toBeUndefined();
  });

  it('in nested stacks, by the resource that it is the stack of', () => {
    const hooks = hooksOf(
      resources('group:\n  hooks: pre-create\n  member: {hooks: post-create}\n  "*":\n    inner: {hooks: pre-delete}'),
    );
    expect(pointsAt(hooks, 'group')).toEqual(['pre-create']);
    expect(pointsAt(hooks, 'member')).toEqual([]);
    expect(pointsAt(hooks, 'member', 'group')).toEqual(['post-create']);
    expect(pointsAt(hooks, 'inner', 'group/member')).toEqual(['pre-delete']);
    expect(hooks.map(({ select }) => (select as { path?: string }).path)).toEqual(['', 'group', 'group/*']);
  });

  it('of patterns that both hold for the parent, the later hides what the earlier says, and its own name hides both', () => {
    const hooks = hooksOf(
      resources(
        "group: {x: {hooks: pre-create}}\n'g*': {x: {hooks: pre-update}, y: {hooks: pre-update}}\n'*p': {x: {hooks: pre-delete}}",
      ),
    );
    expect(pointsAt(hooks, 'x', 'group')).toEqual(['pre-create']);
    expect(pointsAt(hooks, 'y', 'group')).toEqual(['pre-update']);
    expect(pointsAt(hooks, 'x', 'gap')).toEqual(['pre-delete']);
  });

  it.each(['5', "''", 'pre-creat', '[pre-creat]', '[[pre-create]]', 'true', '[null]', '"pre-create "'])(
    'refuses %s as Heat does',
    (value) => {
      const [problem, ...others] = read(resources(`server: {hooks: ${value}}`)).diagnostics;
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ code: 'HOOK_UNKNOWN', heat: 'InvalidBreakPointHook', stage: 'environment' });
    },
  );
});

describe('250 environments of all sorts mean what the real Heat says', () => {
  type Case = readonly [
    environments: unknown[],
    found: { readonly [path: string]: string[] } | { readonly $error: string },
  ];
  const cases = readFileSync('fixtures/hooks/environments.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
  const paths = [...new Set(cases.flatMap(([, found]) => Object.keys(found)))].filter((path) => path !== '$error');

  it.each(cases)('%j', (environments, found) => {
    const { environment, diagnostics } = read(...environments.map((one) => JSON.stringify(one)));
    if ('$error' in found) {
      expect(diagnostics[0]).toMatchObject({ heat: found.$error });
      return;
    }
    expect(diagnostics).toEqual([]);
    const result = environmentHooks(environment);
    if (!result.ok) throw new Error('refused');
    for (const path of paths) {
      const steps = path.split('/');
      const points = pointsAt(result.hooks, steps.at(-1) as string, steps.slice(0, -1).join('/'));
      expect({ path, points: points.sort() }).toEqual({ path, points: [...(found[path] ?? [])].sort() });
    }
  });

  it('some are refused, most have hooks in nested stacks', () => {
    expect(cases.filter(([, found]) => '$error' in found).length).toBeGreaterThan(20);
    expect(paths.filter((path) => path.includes('/')).length).toBeGreaterThan(100);
  });
});

describe('our form says what is to be done', () => {
  it('a workflow of the documents given, by name', () => {
    const [hook] = hooksOf(
      resources('server: {hooks: {post-create: {workflow: notify, input: {who: ops}, order: 2}}}'),
    );
    expect(hook).toMatchObject({ at: 'post-create', workflow: { name: 'given.yaml' }, start: 'notify', order: 2 });
    expect(hook?.input).toEqual(new Map([['who', 'ops']]));
  });

  it('a workflow of a file, relative to the environment', () => {
    const [hook] = hooksOf(
      resources('server: {hooks: {post-create: {workflow: {file: scripts/notify.yaml}, input: {who: ops}}}}'),
    );
    expect(hook).toMatchObject({ workflow: { name: 'scripts/notify.yaml', text: NOTIFY } });
  });

  it('an action; beside plain breakpoints, in lists at both levels', () => {
    const hooks = hooksOf(
      resources(
        'server:\n  hooks:\n  - pre-create\n  - post-create: [{action: std.noop}, {action: std.fail}]\n    pre-delete: {action: std.echo}',
      ),
    );
    expect(hooks.map(({ at, action }) => [at, action])).toEqual([
      ['pre-create', undefined],
      ['post-create', 'std.noop'],
      ['post-create', 'std.fail'],
      ['pre-delete', 'std.echo'],
    ]);
  });

  it('for every pattern that holds', () => {
    const hooks = hooksOf(
      resources("'*': {hooks: {post-create: {action: a}}}\nserver: {hooks: {post-create: {action: b}}}"),
    );
    expect(pointsAt(hooks, 'server')).toEqual(['post-create', 'post-create']);
  });

  it.each([
    ['a point that is none', '{post-creat: {action: a}}', 'HOOK_UNKNOWN', '4:15'],
    ['no map', '{post-create: notify}', 'HOOK_DEFINITION_INVALID', '4:28'],
    ['no map in a list', '[{post-create: [{action: a}, 5]}]', 'HOOK_DEFINITION_INVALID', '4:43'],
  ])('%s is refused, for Heat refuses it too', (_, value, code, place) => {
    const { diagnostics } = read(resources(`server:\n  hooks: ${value}`));
    expect(diagnostics.map((one) => [one.code, `${one.place?.line}:${one.place?.column}`, one.heat])).toEqual([
      [code, place, 'InvalidBreakPointHook'],
    ]);
  });

  it('what is wrong inside is told when the hooks are asked for', () => {
    const text = resources(
      'server:\n  hooks:\n    post-create: {workflow: notfy, inputs: {}}\n    pre-create: {select: x, action: 5}',
    );
    const result = environmentHooks(read(text).environment, { workflows: [NOTIFY] });
    expect(result.diagnostics.map(({ code, place, hint }) => [code, place?.source, place?.line, hint])).toEqual([
      ['HOOK_KEY_UNKNOWN', 'env1.yaml', 5, "Did you mean 'input'?"],
      ['HOOK_WORKFLOW_UNKNOWN', 'env1.yaml', 5, "Did you mean 'notify'?"],
      ['HOOK_KEY_UNKNOWN', 'env1.yaml', 6, undefined],
      ['HOOK_VALUE_INVALID', 'env1.yaml', 6, undefined],
    ]);
  });

  it('a file that is not there is told when the environment is read', () => {
    const { diagnostics } = read(resources('server: {hooks: {pre-create: {workflow: {file: nope.yaml}}}}'));
    expect(diagnostics.map(({ code, place }) => [code, place?.line])).toEqual([['FILE_MISSING', 3]]);
  });

  it('names nothing else as a file', () => {
    const [hook] = hooksOf(
      resources('server: {hooks: {pre-create: {action: std.http, input: {file: nope.yaml, workflow: {file: x}}}}}'),
    );
    expect(hook?.action).toBe('std.http');
  });
});

describe('several environments are one', () => {
  const first = resources('server: {hooks: pre-create}\ndb: {hooks: pre-create}');

  it('the later replaces what the earlier says of the same resource', () => {
    const hooks = hooksOf(first, resources('server:\n  hooks: [post-create]'));
    expect(pointsAt(hooks, 'server')).toEqual(['post-create']);
    expect(pointsAt(hooks, 'db')).toEqual(['pre-create']);
    expect(hooks.map(({ place }) => `${place?.source}:${place?.line}`)).toEqual(['env2.yaml:4', 'env1.yaml:4']);
  });

  it('a null takes a breakpoint away', () => {
    expect(pointsAt(hooksOf(first, resources('server: {hooks: null}')), 'server')).toEqual([]);
  });

  it('maps are merged key by key', () => {
    const hooks = hooksOf(
      resources('server: {hooks: {post-create: {action: std.echo, order: 1}}}'),
      resources('server: {hooks: {post-create: {action: std.noop}, pre-delete: {action: std.fail}}}'),
    );
    expect(hooks.map(({ at, action, order }) => [at, action, order])).toEqual([
      ['post-create', 'std.noop', 1],
      ['pre-delete', 'std.fail', undefined],
    ]);
  });
});
