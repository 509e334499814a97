import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { type ReadHooks, readHooks } from '../../src/hooks/read-hooks.ts';
import { loadWorkflows } from '../../src/workflow/index.ts';
import type { SourceText } from '../../src/yaml/source.ts';

const read = (text: string, files: Record<string, string> = {}): ReadHooks =>
  readHooks({ text, name: 'shop/hooks.yaml' }, { files });

const good = (text: string, files: Record<string, string> = {}): Extract<ReadHooks, { ok: true }> => {
  const result = read(text, files);
  if (!result.ok) throw new Error(formatDiagnostics(result.diagnostics));
  return result;
};

/** Each problem as `code line:column`. */
const problems = (text: string, files: Record<string, string> = {}): string[] =>
  read(text, files).diagnostics.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

const NOTIFY = 'version: 2.0\nnotify: {tasks: {say: {action: std.echo output="hello"}}}\n';

describe('a file of hooks', () => {
  it('is a list, with every key of a hook', () => {
    const { hooks } = good(
      `
hooks:
  - name: ready
    at: [post-create, post-update]
    select: {name: 'web*', path: 'tiers/*', type: 'OS::Nova::*'}
    action: std.http
    input: {url: {get_param: url}}
    order: -1.5
    on-failure: true
    instead: false
    task-name: last
`,
    );
    expect(hooks).toMatchObject([
      {
        name: 'ready',
        at: ['post-create', 'post-update'],
        select: { name: 'web*', path: 'tiers/*', type: 'OS::Nova::*' },
        action: 'std.http',
        input: new Map([['url', new Map([['get_param', 'url']])]]),
        order: -1.5,
        onFailure: true,
        instead: false,
        taskName: 'last',
        place: { source: 'shop/hooks.yaml', line: 3 },
      },
    ]);
  });

  it('has the policies of its task, times in seconds as Mistral has them', () => {
    const policy =
      '{retry: {count: 3, delay: 1.5, backoff: 2}, timeout: 60, wait-before: 1, wait-after: 0, priority: -1, pool: p}';
    expect(good(`hooks: [{at: pre, action: std.noop, policy: ${policy}}]`).hooks[0]?.policy).toEqual({
      retries: 3,
      retryDelay: 1500,
      backoffFactor: 2,
      timeout: 60_000,
      waitBefore: 1000,
      waitAfter: 0,
      priority: -1,
      pool: 'p',
    });
    expect(
      problems(`hooks:
  - {at: pre, action: std.noop, policy: 3}
  - at: pre
    action: std.noop
    policy:
      timeout: -1
      pool: ''
      runsOn: failure
      retry: {count: 1.5, dely: 1}
`),
    ).toEqual([
      'HOOK_VALUE_INVALID 2:41',
      'HOOK_KEY_UNKNOWN 8:7',
      'HOOK_VALUE_INVALID 6:16',
      'HOOK_VALUE_INVALID 7:13',
      'HOOK_KEY_UNKNOWN 9:27',
      'HOOK_VALUE_INVALID 9:22',
    ]);
  });

  it('may be empty, and may say nothing', () => {
    expect(good('').hooks).toEqual([]);
    expect(good('hooks: []').hooks).toEqual([]);
    expect(good('hooks:\nworkflows:\n').hooks).toEqual([]);
  });

  it('has a breakpoint where nothing is to be done', () => {
    expect(good('hooks: [{at: pre-create, select: db}]').hooks).toMatchObject([{ at: 'pre-create', select: 'db' }]);
  });

  it('takes names that JS objects have already', () => {
    const { hooks } = good(`
hooks: [{at: pre, workflow: __proto__, name: constructor, input: {__proto__: 1, toString: 2}}]
workflows:
  __proto__: {input: [__proto__, toString], tasks: {constructor: {action: std.noop}}}
`);
    expect(hooks[0]?.start).toBe('__proto__');
    expect(hooks[0]?.input).toEqual(
      new Map([
        ['__proto__', 1],
        ['toString', 2],
      ]),
    );
  });
});

describe('the workflow of a hook', () => {
  it('is one of the file, by its name; what else the file defines is its library', () => {
    const { hooks, workflows } = good(`
hooks: [{at: post, workflow: notify}]
workflows:
  notify: {tasks: {tell: {action: tell}}}
  other: {tasks: {tell: {action: std.noop}}}
actions:
  tell: {base: std.echo, base-input: {output: hello}}
`);
    expect(hooks).toMatchObject([{ workflow: workflows[0], start: 'notify', library: [workflows[1]] }]);
  });

  it('is one of another file, which is found relative to the file of hooks', () => {
    const { hooks } = good('hooks: [{at: post, workflow: {file: notify.yaml, start: notify}}]', {
      'shop/notify.yaml': NOTIFY,
    });
    expect(hooks).toMatchObject([{ workflow: { name: 'shop/notify.yaml', text: NOTIFY }, start: 'notify' }]);
  });

  it('is one of the documents that the caller gives', () => {
    const text = 'hooks: [{at: post, workflow: notify}]';
    expect(readHooks(text, { workflows: [NOTIFY] })).toMatchObject({
      ok: true,
      hooks: [{ workflow: NOTIFY, start: 'notify' }],
    });
  });
});

describe('workflows of the file stand where they were written', () => {
  const placesOf = (text: string): unknown[] => {
    const { workflows } = good(text);
    return workflows.flatMap((source) => {
      const loaded = loadWorkflows(source);
      if (!loaded.ok) throw new Error(formatDiagnostics(loaded.diagnostics));
      expect((source as SourceText).name).toBe('shop/hooks.yaml');
      const all = [...loaded.library.workflows.values(), ...loaded.library.actions.values()];
      return all.map(({ name, place }) => `${name} ${place?.line}:${place?.column}`);
    });
  };

  it.each([
    [
      'in blocks',
      'hooks: []\nworkflows:\n    a:\n      tasks: {t: {action: std.noop}}\nactions:\n b: {base: std.noop}\n',
      ['a 3:5', 'b 6:2'],
    ],
    ['before the hooks', 'workflows:\n  a: {tasks: {t: {action: std.noop}}}\nhooks: []\n', ['a 2:3']],
    [
      'with Windows line ends',
      'hooks: []\r\nworkflows:\r\n  # one\r\n  a: {tasks: {t: {action: std.noop}}}\r\n',
      ['a 4:3'],
    ],
    [
      'within braces',
      'hooks: []\nworkflows: {a: {tasks: {t: {action: std.noop}}},\n  c: {tasks: {t: {action: std.noop}}}}\n',
      ['a 2:13', 'c 3:3'],
    ],
    ['in JSON', '{"workflows": {"a": {"tasks": {"t": {"action": "std.noop"}}}}, "hooks": []}', ['a 1:16']],
    [
      'in JSON over several lines',
      '{\n  "hooks": [],\n  "workflows": {\n    "a": {"tasks": {"t": {"action": "std.noop"}}}\n  }\n}\n',
      ['a 4:5'],
    ],
    ['with a version of their own', 'workflows:\n  version: "2.0"\n  a: {tasks: {t: {action: std.noop}}}\n', ['a 3:3']],
  ])('%s', (_, text, expected) => {
    expect(placesOf(text)).toEqual(expected);
  });

  it('and what is wrong with them is told there', () => {
    expect(
      problems('hooks:\n- at: post\n  workflow: a\nworkflows:\n  a:\n    tasks:\n      t: {acton: std.noop}\n'),
    ).toEqual(['WORKFLOW_KEY_UNKNOWN 7:11']);
  });

  it('an alias is followed, although Mistral knows none', () => {
    const { hooks } = good(`
hooks:
  - {at: pre, action: std.echo, input: {output: &tasks {t: {action: std.noop}}}}
  - {at: post, workflow: a}
workflows:
  a: {tasks: *tasks}
`);
    expect(loadWorkflows(hooks[1]?.workflow as SourceText).ok).toBe(true);
  });
});

describe('what is wrong is told at once', () => {
  it('each with its place', () => {
    const text = `
hooks:
  - name: notify
    at: [post-create, post-creat]
    select: {name: 5, pth: x}
    workflow: notif
    inputs: {a: 1}
  - 5
  - at: pre-create
    order: x
    instead: 'yes'
    workflow: {file: nope.yaml}
  - {workflow: [a]}
  - {at: pre, workflow: {file: other.yaml, start: nope}, name: '', input: {1: a}}
workflow: {}
`;
    expect(problems(text, { 'shop/other.yaml': NOTIFY })).toEqual([
      'HOOK_KEY_UNKNOWN 15:1',
      'HOOK_KEY_UNKNOWN 7:5',
      'HOOK_WORKFLOW_UNKNOWN 6:15',
      'HOOK_POINT_UNKNOWN 4:23',
      'HOOK_KEY_UNKNOWN 5:23',
      'HOOK_VALUE_INVALID 5:20',
      'HOOK_VALUE_INVALID 8:5',
      'HOOK_FILE_MISSING 12:22',
      'HOOK_VALUE_INVALID 11:14',
      'HOOK_VALUE_INVALID 10:12',
      'HOOK_VALUE_INVALID 13:16',
      'HOOK_POINT_MISSING 13:5',
      'HOOK_START 14:51',
      'HOOK_VALUE_INVALID 14:64',
      'WORKFLOW_KEY_NOT_TEXT 14:76',
    ]);
  });

  it.each([
    ['the file is a list', '[]', 'HOOKS_NOT_A_MAP'],
    ['the hooks are a map', 'hooks: {a: 1}', 'HOOK_VALUE_INVALID'],
    ['the workflows are a list', 'workflows: []', 'HOOK_VALUE_INVALID'],
    ['a key that __proto__ would hide', 'hooks: [{at: pre, __proto__: {name: x}}]', 'HOOK_KEY_UNKNOWN'],
    ['at is a number', 'hooks: [{at: 5}]', 'HOOK_POINT_UNKNOWN'],
    ['at is empty', 'hooks: [{at: []}]', 'HOOK_POINT_MISSING'],
    ['select is a list', 'hooks: [{at: pre, select: [a]}]', 'HOOK_VALUE_INVALID'],
    ['input is a list', 'hooks: [{at: pre, action: std.noop, input: [a]}]', 'HOOK_VALUE_INVALID'],
    ['the order is no number', 'hooks: [{at: pre, order: .inf}]', 'HOOK_VALUE_INVALID'],
  ])('%s', (_, text, code) => {
    expect(read(text).diagnostics.map((one) => one.code)).toEqual([code]);
    expect(read(text).diagnostics[0]?.place).toBeDefined();
  });

  it('text that is no YAML is refused as YAML is', () => {
    expect(read('hooks: [').ok).toBe(false);
  });

  it('a near miss is suggested', () => {
    const [unknown] = read(
      'hooks: [{at: pre, workflow: notfy}]\nworkflows:\n  notify: {tasks: {t: {action: std.noop}}}',
    ).diagnostics;
    expect(unknown?.hint).toBe("Did you mean 'notify'?");
  });
});
