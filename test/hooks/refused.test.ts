import { describe, expect, it } from 'vitest';
import { attachHooks } from '../../src/hooks/attach-hooks.ts';
import type { Hook, HookPoint } from '../../src/hooks/hook.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { standardActions } from '../../src/workflow/standard-actions.ts';
import { graphOf } from '../run/graphs.ts';
import { compiled, refusals } from './hooked.ts';

const noop = workflow('noop').task('nothing');
const greet = workflow('greet')
  .input('who', { greeting: 'hello' })
  .task('say', { action: 'std.echo', input: { output: '<% $.greeting %>' } });

const graph = graphOf({
  web_server: { type: 'OS::Nova::Server' },
  database: { type: 'OS::Trove::Instance', requires: ['web_server'] },
});

const at = (hook: Partial<Hook>): Hook => ({ name: 'h', at: 'post-create', select: 'web_server', ...hook });

describe('where it is to stand', () => {
  it.each<[string, Partial<Hook>, string[]]>([
    ['nowhere', { at: [], workflow: noop }, ["HOOK_POINT_MISSING: The hook 'h' stands nowhere."]],
    [
      'at no point at all',
      { at: 'post-craete' as HookPoint, workflow: noop },
      ["HOOK_POINT_UNKNOWN: The hook 'h' stands at 'post-craete', which is no place for a hook."],
    ],
    [
      'at an action without instead',
      { at: 'create', workflow: noop },
      ["HOOK_CONTRADICTS: The hook 'h' stands at 'create'."],
    ],
    [
      'instead, and before',
      { at: 'pre-create', instead: true, workflow: noop },
      ["HOOK_CONTRADICTS: The hook 'h' does the work of a task, and stands at 'pre-create'."],
    ],
    [
      'on failure, and before',
      { at: 'pre-create', onFailure: true, workflow: noop },
      ["HOOK_CONTRADICTS: The hook 'h' runs on failure, and stands at 'pre-create'."],
    ],
    [
      'a task of the whole stack',
      { at: 'post', workflow: noop },
      ["HOOK_CONTRADICTS: The hook 'h' selects tasks, and stands at 'post' of the whole stack."],
    ],
    [
      'a workflow and an action',
      { workflow: noop, action: 'std.noop' },
      ["HOOK_CONTRADICTS: The hook 'h' has both a workflow and an action."],
    ],
    ['input for nothing', { input: { a: 1 } }, ["HOOK_CONTRADICTS: The hook 'h' has `input` and no workflow."]],
    [
      'instead, with a policy of its own',
      { at: 'create', instead: true, workflow: noop, policy: { retries: 1 } },
      ["HOOK_CONTRADICTS: The hook 'h' has a policy, and does the work of a task."],
    ],
    [
      'a breakpoint on failure',
      { onFailure: true },
      ["HOOK_CONTRADICTS: The hook 'h' runs on failure, and has no workflow."],
    ],
  ])('%s', (_, hook, expected) => {
    expect(refusals(graph, [at(hook)])).toEqual(expected);
  });
});

describe('what it is attached to', () => {
  it('nothing: names that were perhaps meant', () => {
    const { diagnostics } = attachHooks(graph, [
      { ...at({ select: 'web-server', workflow: noop }), place: { source: 'hooks.yaml', line: 2, column: 3 } },
    ]);
    expect(diagnostics).toEqual([
      {
        code: 'HOOK_SELECTS_NOTHING',
        severity: 'error',
        message: "The hook 'h' is attached to nothing: no task is named 'web-server'.",
        expected: 'a selector that fits a task of the graph',
        hint: "Did you mean 'web_server'?",
        place: { source: 'hooks.yaml', line: 2, column: 3 },
      },
    ]);
  });

  it('nothing, and it is a breakpoint: a warning, for Heat says nothing', () => {
    const attached = attachHooks(graph, [{ at: 'pre-create', select: 'nobody' }]);
    expect(attached.ok).toBe(true);
    expect(attached.diagnostics).toMatchObject([{ code: 'HOOK_SELECTS_NOTHING', severity: 'warning' }]);
  });

  it('what another one does instead already', () => {
    const instead = { at: 'create', instead: true, workflow: noop } as const;
    expect(
      refusals(graph, [
        { name: 'a', ...instead },
        { name: 'b', ...instead, select: 'database' },
      ]),
    ).toEqual(["HOOK_INSTEAD_TWICE: The hook 'b' would do the work of 'database', which 'a' does already."]);
  });
});

describe('what it is called', () => {
  it('as another hook, as a resource, as the task of every hook', () => {
    expect(
      refusals(graph, [
        at({ name: 'twice', workflow: noop }),
        at({ name: 'twice', workflow: noop }),
        at({ name: 'database', workflow: noop }),
        at({ name: '$task', workflow: noop }),
      ]),
    ).toEqual([
      "HOOK_NAME_TAKEN: There is another hook 'twice'.",
      "HOOK_NAME_TAKEN: The hook 'database' has the name of a resource or component.",
      "HOOK_NAME_TAKEN: The hook '$task' has the name of the task of every hook.",
    ]);
  });
});

describe('what it runs', () => {
  it.each<[string, Partial<Hook>, string[]]>([
    [
      'a text that is no workflow',
      {
        workflow: { name: 'w.yaml', text: "version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop, on-success: b}\n" },
      },
      ["WORKFLOW_TASK_UNKNOWN: The hook 'h': There is no task 'b'."],
    ],
    [
      'several workflows, and none is chosen',
      { workflow: "version: '2.0'\na: {tasks: {x: {action: std.noop}}}\nb: {tasks: {x: {action: std.noop}}}\n" },
      ["HOOK_START: The document of the hook 'h' has 2 workflows, and none was chosen."],
    ],
    [
      'a workflow that is not there',
      { workflow: noop, start: 'nop' },
      ["HOOK_START: The document of the hook 'h' has no workflow 'nop'."],
    ],
    [
      'actions and no workflow',
      { workflow: "version: '2.0'\nshout: {base: std.echo, base-input: {output: 'x'}}\n" },
      ["HOOK_START: The document of the hook 'h' has actions and no workflow."],
    ],
    [
      'an input that nobody gives',
      { workflow: greet },
      ["WORKFLOW_INPUT_MISSING: The hook 'h': The workflow 'greet' needs 'who'."],
    ],
    [
      'an input that it does not know',
      { workflow: greet, input: { who: { get_param: 'OS::stack_name' }, greting: 'hi' } },
      ["WORKFLOW_INPUT_UNKNOWN: The hook 'h': The workflow 'greet' has no input 'greting'."],
    ],
    [
      'a reverse workflow without the task that is wanted',
      { workflow: workflow('back').task('a', {}).task('b', { requires: 'a' }) },
      ["WORKFLOW_TARGET_TASK: The hook 'h': The reverse workflow 'back' was not told which task is wanted."],
    ],
    [
      'an action that there is not, in a workflow',
      { workflow: workflow('w').task('a', { action: 'std.ehco' }) },
      ["WORKFLOW_ACTION_UNKNOWN: The hook 'h': There is no action 'std.ehco'."],
    ],
    [
      'an action that there is not, by itself',
      { action: 'nova.reboot' },
      ["WORKFLOW_ACTION_UNKNOWN: The hook 'h': There is no action 'nova.reboot'."],
    ],
    [
      'an action without what it needs, and with what it does not take',
      { action: 'std.echo', input: { outptu: 1 } },
      [
        "WORKFLOW_INPUT_MISSING: The hook 'h' does not give the action 'std.echo' what it needs: 'output'.",
        "WORKFLOW_INPUT_UNKNOWN: The hook 'h' gives the action 'std.echo' what it does not take: 'outptu'.",
      ],
    ],
    [
      'a sub-workflow that there is not',
      { workflow: workflow('w').task('a', { workflow: 'other' }) },
      ["WORKFLOW_UNKNOWN: The hook 'h': There is no workflow 'other'."],
    ],
  ])('%s', (_, hook, expected) => {
    expect(refusals(graph, [at(hook)])).toEqual(expected);
  });

  it('knows the actions of the host, and what the library defines', () => {
    const actions = standardActions().add('nova.reboot', { parameters: ['server'], run: () => null });
    const sub = workflow('other').task('a', { action: 'nova.reboot', input: { server: 'x' } });
    const hooks = [at({ workflow: workflow('w').task('a', { workflow: 'other' }), library: [sub] })];
    expect(refusals(graph, hooks, { actions })).toEqual([]);
    expect(
      refusals(graph, [at({ action: 'nova.reboot', input: { server: { get_resource: '$task' } } })], { actions }),
    ).toEqual([]);
  });
});

describe('what its input refers to', () => {
  it('something that is not there', () => {
    const { diagnostics } = attachHooks(graph, [
      at({ workflow: greet, input: { who: { get_attr: ['web-server', 'name'] } } }),
    ]);
    expect(diagnostics).toMatchObject([
      {
        code: 'HOOK_REFERENCE_UNKNOWN',
        message: "The input of the hook 'h' refers to 'web-server', which is neither a task nor a hook.",
        hint: "Did you mean 'web_server'?",
      },
    ]);
  });

  it('what comes later: the cycle', () => {
    const { diagnostics } = attachHooks(graph, [
      {
        ...at({ workflow: greet, input: { who: { get_resource: 'database' } } }),
        place: { source: 'h', line: 1, column: 1 },
      },
    ]);
    expect(diagnostics).toMatchObject([
      {
        code: 'HOOK_CYCLE',
        message: "With the hook 'h' 2 tasks wait for each other: 'database' -> 'web_server//h' -> 'database'.",
        place: { source: 'h', line: 1 },
        related: [
          { message: "'database' requires 'web_server//h' (hook)" },
          { message: "'web_server//h' requires 'database' (get_resource)" },
        ],
      },
    ]);
  });

  it('before a task is made, what the task gives', () => {
    const input = { who: { get_attr: ['$task', 'name'] } };
    expect(refusals(graph, [at({ at: 'pre-create', workflow: greet, input })])).toEqual([
      "HOOK_CYCLE: With the hook 'h' 2 tasks wait for each other: 'web_server' -> 'web_server//h' -> 'web_server'.",
    ]);
    expect(refusals(graph, [at({ at: 'create', instead: true, workflow: greet, input })])).toEqual([
      "HOOK_CYCLE: With the hook 'h' 'web_server' requires itself.",
    ]);
  });

  it('the task of a hook that has none', () => {
    const hook: Hook = { name: 'h', at: 'post', workflow: greet, input: { who: { get_resource: '$task' } } };
    expect(refusals(graph, [hook])).toEqual([
      "HOOK_REFERENCE_UNKNOWN: The input of the hook 'h' refers to $task, and a hook of the whole stack has no task.",
    ]);
  });

  it('with a function that cannot be', () => {
    const { diagnostics } = attachHooks(graph, [at({ workflow: greet, input: { who: { list_join: ',' } } })]);
    expect(diagnostics).toMatchObject([{ code: 'HOOK_INPUT', heat: 'StackValidationFailed' }]);
  });
});

describe('who refers to it', () => {
  const template = (value: string): string => `heat_template_version: 2018-08-31
resources:
  web: {type: OS::Heat::Value, properties: {value: x}}
  later: {type: OS::Heat::Value, properties: {value: ${value}}}
`;
  const names = ['notify', 'rescue', 'gone'];
  const notify: Hook = { name: 'notify', at: 'post-create', select: 'web', workflow: noop };

  it('a resource, and it is not attached', () => {
    const of = compiled(template('{get_attr: [gone, key]}'), { hooks: names });
    const { diagnostics } = attachHooks(of, [notify]);
    expect(diagnostics).toMatchObject([
      {
        code: 'HOOK_REFERENCE_UNKNOWN',
        message: "'later' refers to 'gone', and there is no such resource and no such hook.",
        place: { source: 'template.yaml', line: 4 },
      },
    ]);
  });

  it('a resource, and it has no place in this graph: a warning', () => {
    const of = compiled(template('{get_attr: [gone, key]}'), { hooks: names });
    const attached = attachHooks(of, [{ name: 'gone', at: 'post-delete', select: 'web', workflow: noop }]);
    expect(attached.ok).toBe(true);
    expect(attached.diagnostics).toMatchObject([
      { code: 'HOOK_NOT_ATTACHED', severity: 'warning', place: { line: 4 } },
    ]);
  });

  it('a resource, and it has several places of which none is named', () => {
    const of = compiled(template('{get_attr: [notify, told]}'), { hooks: names });
    const { diagnostics } = attachHooks(of, [{ ...notify, select: '*', at: 'pre-create' }]);
    expect(diagnostics).toMatchObject([
      {
        code: 'HOOK_TASK_UNNAMED',
        message: "'later' refers to 'told' of the hook 'notify', which is attached to 2 tasks.",
        expected: "get_attr: [notify, <task>, <output>], where the task is 'web', 'later'",
      },
    ]);
  });

  it('a resource, and it runs only on failure', () => {
    const of = compiled(template('{get_attr: [rescue, told]}'), { hooks: names });
    expect(refusals(of, [{ name: 'rescue', at: 'post', onFailure: true, workflow: noop }])).toEqual([
      "HOOK_ON_FAILURE_REFERRED: 'later' refers to the hook 'rescue', which runs only after a failure.",
    ]);
  });

  it('what it is attached before', () => {
    const of = compiled(template('{get_attr: [notify, told]}'), { hooks: names });
    expect(refusals(of, [{ ...notify, select: 'later' }])).toEqual([
      "HOOK_CYCLE: With the hook 'notify' 2 tasks wait for each other: 'later' -> 'later//notify' -> 'later'.",
    ]);
  });
});

it('everything that is wrong is told at once', () => {
  const codes = refusals(graph, [
    at({ name: 'a', at: 'create', workflow: greet }),
    at({ name: 'b', select: 'nobody', action: 'std.nop' }),
    at({ name: 'database', workflow: noop }),
  ]).map((line) => line.split(':')[0]);
  expect(codes).toEqual([
    'HOOK_CONTRADICTS',
    'WORKFLOW_INPUT_MISSING',
    'WORKFLOW_ACTION_UNKNOWN',
    'HOOK_SELECTS_NOTHING',
    'HOOK_NAME_TAKEN',
  ]);
});
