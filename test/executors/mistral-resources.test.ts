import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { compile, validate } from '../../src/compile/compile.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { checkDefinition, workflowDefinition } from '../../src/executors/mistral-resources/definition.ts';
import {
  type MistralHandlersOptions,
  mistralHandlers,
} from '../../src/executors/mistral-resources/mistral-handlers.ts';
import { propertiesOf } from '../../src/executors/mistral-resources/resource-properties.ts';
import { run } from '../../src/executors/run.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { HandlerObject, HandlerResult, TaskContext } from '../../src/run/handlers.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { dumpJson } from '../../src/values/dump-json.ts';
import { toPlain } from '../../src/values/encode.ts';
import { standardActions, workflow } from '../../src/workflow/index.ts';
import { loadYaml } from '../../src/yaml/document.ts';

type Answer = readonly [given: TaskContext['properties'], made: string | { readonly $error: string }];
const answers = readFileSync(new URL('../../fixtures/mistral-resources/definitions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);
const made = answers.filter(([, answer]) => typeof answer === 'string');
const refused = answers.filter(([, answer]) => typeof answer !== 'string');

function compiled(template: string, action: 'CREATE' | 'SUSPEND' | 'DELETE' = 'CREATE'): TaskGraph {
  const result = compile(template, { action });
  if (!result.ok) throw new Error(formatDiagnostics(result.diagnostics));
  return result.graph;
}

const stack = (resources: string, outputs = ''): string =>
  `heat_template_version: 2018-08-31\nresources:\n${resources.replace(/^/gm, '  ')}\n${outputs}`;

interface Told {
  readonly result: RunResult;
  /** Inputs of the action `tell`, as they came. */
  readonly told: readonly unknown[];
}

/** Runs a graph; `tell` is an action that keeps what it is told and answers with it. */
async function running(
  graph: TaskGraph,
  options: MistralHandlersOptions & { readonly previous?: ReadonlyMap<string, HandlerResult> } = {},
): Promise<Told> {
  const told: unknown[] = [];
  const { previous, ...rest } = options;
  const actions = standardActions().add('tell', (input) => {
    told.push(toPlain(input));
    return input;
  });
  const handlers = mistralHandlers({ actions, ...rest });
  const { result } = run(graph, { handlers, runId: 'run', ...(previous && { previous }) });
  return { result: await result, told };
}

/** The data of a document, with the order of its keys. */
function ordered(text: string): string {
  const loaded = loadYaml(text);
  if (!loaded.ok) throw new Error(formatDiagnostics(loaded.diagnostics));
  return dumpJson(loaded.document.value);
}

const message = (result: RunResult): string => result.failures.map((one) => one.message).join('\n');

const PROVISION = `
version: '2.0'
provision:
  input: [host, port: 80]
  output: {resource_id: <% $.id %>, address: "<% $.host %>:<% $.port %>"}
  tasks:
    make: {action: tell, input: {host: <% $.host %>, before: <% env().get(heat_extresource_data) %>}, publish: {id: "id of <% $.host %>"}}
move:
  input: [host, port: 80]
  output: {moved: <% $.host %>}
  tasks:
    move: {action: tell, input: {move: <% $.host %>, before: <% env().heat_extresource_data %>, key: <% env().key %>}}
remove:
  input: [host, port: 80]
  tasks:
    remove: {action: tell, input: {remove: <% env().heat_extresource_data.address %>}}
`;

const HOST = `
host:
  type: OS::Mistral::ExternalResource
  properties:
    input: {host: db1}
    actions:
      CREATE: {workflow: provision}
      UPDATE: {workflow: move, params: {env: {key: secret}}}
      DELETE: {workflow: remove}
`;

describe("an OS::Mistral::Workflow's definition is the one that Heat makes", () => {
  it.each(made)('%o', (given, text) => {
    const property = propertiesOf('OS::Mistral::Workflow', given);
    checkDefinition(property);
    // Where long lines are broken is left to the writer.
    expect(ordered(workflowDefinition(given.name as string, property))).toBe(ordered(text as string));
  });

  it.each(refused)('%o is refused', async (given) => {
    const template = `{"heat_template_version": "2018-08-31", "resources": {"w": {"type": "OS::Mistral::Workflow", "properties": ${JSON.stringify(given)}}}}`;
    if (validate(template).some(({ severity }) => severity === 'error')) return;
    expect((await running(compiled(template))).result.status).toBe('FAILED');
  });

  it('there is some of each', () => {
    expect([made.length, refused.length]).toEqual([8, 10]);
  });
});

describe('OS::Mistral::Workflow', () => {
  const GREET = `
greet:
  type: OS::Mistral::Workflow
  properties:
    type: direct
    input: {who: Ada}
    tasks:
      - {name: say, action: tell, input: {hello: <% $.who %>}}
`;

  it('is known by its name, which is its id and what refers to it', async () => {
    const template = stack(
      GREET,
      'outputs:\n  ref: {value: {get_resource: greet}}\n  data: {value: {get_attr: [greet, data]}}',
    );
    const { result } = await running(compiled(template), { stackName: 'shop' });
    expect(message(result)).toBe('');
    const name = result.tasks.get('greet')?.result?.physicalId as string;
    expect(name).toMatch(/^shop-greet-[0-9a-f]{12}$/);
    expect(Object.fromEntries(result.outputs)).toEqual({
      ref: name,
      data: { name, input: { who: 'Ada' } },
    });
  });

  it('keeps its name when it is updated, and is forgotten when it is deleted', async () => {
    const handler = mistralHandlers()['OS::Mistral::Workflow'];
    const context = { properties: { name: 'w', type: 'direct', tasks: [{ name: 't', action: 'std.noop' }] } };
    const call = (method: 'create' | 'update' | 'delete', previous?: HandlerResult): unknown =>
      handler[method]?.({ ...context, requires: new Map(), previous, idempotencyKey: 'k' } as unknown as TaskContext);
    expect(call('create')).toMatchObject({ physicalId: 'w' });
    // A repeated attempt.
    expect(call('create')).toMatchObject({ physicalId: 'w' });
    context.properties.tasks[0] = { name: 't2', action: 'std.noop' };
    expect(() => call('create')).toThrow("There is a workflow 'w' already");
    expect(call('update', { physicalId: 'w' })).toMatchObject({ physicalId: 'w' });
    call('delete', { physicalId: 'w' });
    context.properties.tasks[0] = { name: 't3', action: 'std.noop' };
    expect(call('create')).toMatchObject({ physicalId: 'w' });
  });

  it('that Mistral would refuse is refused, with the reason', async () => {
    const { result } = await running(
      compiled(stack(GREET.replace('action: tell', 'action: tell, on_success: [nowhere]'))),
    );
    expect(message(result)).toContain("There is no task 'nowhere'");
  });

  it('cannot take the name of a workflow of the host', async () => {
    const template = stack(GREET.replace('type: direct', 'type: direct\n    name: hello'));
    const { result } = await running(compiled(template), { workflows: [workflow('hello').task('t')] });
    expect(message(result)).toBe("There is a workflow 'hello' already");
  });
});

describe('OS::Mistral::ExternalResource', () => {
  it('runs a workflow of the host when it is created; its output says what it is', async () => {
    const template = stack(
      HOST,
      'outputs:\n  id: {value: {get_resource: host}}\n  at: {value: {get_attr: [host, output, address]}}',
    );
    const { result, told } = await running(compiled(template), { workflows: [PROVISION] });
    expect(message(result)).toBe('');
    expect(Object.fromEntries(result.outputs)).toEqual({ id: 'id of db1', at: 'db1:80' });
    expect(told).toEqual([{ host: 'db1', before: null }]);
  });

  it('without resource_id its id is that of the execution, the same in every run of that name', async () => {
    const graph = compiled(stack(HOST.replace('workflow: provision', 'workflow: plain')));
    const workflows = [workflow('plain').input('host').task('t')];
    const ids = await Promise.all(
      [1, 2].map(async () => (await running(graph, { workflows })).result.tasks.get('host')?.result?.physicalId),
    );
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('runs a workflow of the same stack, and the sub-workflows of that, also in another process', async () => {
    const template = stack(`
inner:
  type: OS::Mistral::Workflow
  properties: {name: inner, type: direct, input: {x: 0}, output: {y: <% $.x + 1 %>}, tasks: [{name: t, action: std.noop}]}
outer:
  type: OS::Mistral::Workflow
  properties:
    type: direct
    input: {x: 0}
    output: {z: <% $.z %>}
    tasks: [{name: t, workflow: {get_resource: inner}, input: {x: <% $.x %>}, publish: {z: <% task().result.y %>}}]
job:
  type: OS::Mistral::ExternalResource
  properties:
    input: {x: 41}
    actions: {CREATE: {workflow: {get_resource: outer}}, SUSPEND: {workflow: {get_resource: outer}}}
`);
    const { result } = await running(compiled(template));
    expect(message(result)).toBe('');
    expect(result.tasks.get('job')?.result?.attributes).toEqual({
      output: { z: 42 },
    });
    const previous = new Map(Array.from(result.tasks, ([name, task]) => [name, task.result as HandlerResult]));
    const later = await running(compiled(template, 'SUSPEND'), { previous });
    expect(message(later.result)).toBe('');
    expect(later.result.tasks.get('job')?.result?.physicalId).not.toBe(result.tasks.get('job')?.result?.physicalId);
  });

  it('tells later workflows what the earlier ones gave, and adds what they give', async () => {
    const { 'OS::Mistral::ExternalResource': handler } = mistralHandlers({
      workflows: [PROVISION],
      actions: standardActions().add('tell', (input) => void told.push(toPlain(input))),
    });
    const told: unknown[] = [];
    const properties = {
      input: { host: 'db1' },
      actions: {
        CREATE: { workflow: 'provision' },
        UPDATE: { workflow: 'move', params: { env: { key: 'secret' } } },
        DELETE: { workflow: 'remove' },
      },
    };
    const call = (method: keyof HandlerObject, given: object, previous?: unknown): unknown =>
      handler[method]?.({
        properties: given,
        previous,
        requires: new Map(),
        idempotencyKey: 'k',
        action: method,
        attempt: 1,
        signal: new AbortController().signal,
        onComplete() {},
      } as unknown as TaskContext);
    const created = await call('create', properties);
    const output = { resource_id: 'id of db1', address: 'db1:80' };
    expect(created).toMatchObject({ physicalId: 'id of db1', attributes: { output } });
    const updated = (await call('update', { ...properties, input: { host: 'db2' } }, created)) as HandlerResult;
    expect(updated).toMatchObject({ attributes: { output: { ...output, moved: 'db2' } } });
    // As in Heat: the id is that of the last execution when its output names none.
    expect(updated.physicalId).not.toBe('id of db1');
    // What deletes has no properties any more.
    await call('delete', {}, updated);
    expect(told).toEqual([
      { host: 'db1', before: null },
      { move: 'db2', before: output, key: 'secret' },
      { remove: 'db1:80' },
    ]);
    expect(await call('suspend', properties, updated)).toBeUndefined();
  });

  it('an action that is not given does nothing', async () => {
    const { result, told } = await running(compiled(stack(HOST.replace(/CREATE: .*\n {6}/, ''))), {
      workflows: [PROVISION],
    });
    expect(result.status).toBe('COMPLETE');
    expect(told).toEqual([]);
    expect(result.tasks.get('host')?.result?.physicalId).toBeUndefined();
  });

  it.each([
    [
      'a workflow that fails',
      'broken: {input: [host], tasks: {t: {action: std.fail}}}',
      /^The workflow 'broken' ended in ERROR: /,
    ],
    [
      'a workflow that is not there',
      'brokem: {input: [host], tasks: {t: {action: std.noop}}}',
      "There is no workflow 'broken'. Did you mean 'brokem'?",
    ],
    [
      'an input that nobody gives',
      'broken: {input: [host, more], tasks: {t: {action: std.noop}}}',
      "The workflow 'broken' needs 'more'.",
    ],
    [
      'an action that is not there',
      'broken: {input: [host], tasks: {t: {action: nope}}}',
      "There is no action 'nope'.",
    ],
    [
      'a reverse workflow without a task',
      'broken: {input: [host], type: reverse, tasks: {t: {action: std.noop}}}',
      /was not told which task is wanted/,
    ],
  ])('fails with %s', async (_, text, expected) => {
    const graph = compiled(stack(HOST.replace('workflow: provision', 'workflow: broken')));
    const { result } = await running(graph, { workflows: [`version: 2.0\n${text}\n`] });
    expect(result.status).toBe('FAILED');
    expect(message(result)).toMatch(expected);
  });

  it('a reverse workflow is told its task in params', async () => {
    const graph = compiled(stack(HOST.replace('{workflow: provision}', '{workflow: back, params: {task_name: b}}')));
    const back = workflow('back')
      .input('host')
      .task('a', { action: 'tell', input: { at: 'a' } })
      .task('b', { action: 'tell', input: { at: 'b' }, requires: 'a' });
    const { result, told } = await running(graph, { workflows: [back] });
    expect(message(result)).toBe('');
    expect(told).toEqual([{ at: 'a' }, { at: 'b' }]);
  });

  it('waits for asynchronous actions, and where a workflow is paused', async () => {
    const asynchronous = standardActions().add('ask', { asynchronous: true, run: (_, { id }) => void asked.push(id) });
    const asked: string[] = [];
    const graph = compiled(stack(HOST.replace('workflow: provision', 'workflow: slow')));
    const slow = workflow('slow')
      .input('host')
      .task('ask', { action: 'ask', publish: { answer: '<% task().result %>' }, onSuccess: ['go'] })
      .task('go', { pauseBefore: true })
      .output({ resource_id: '<% $.answer %>' });
    const running = run(graph, {
      handlers: mistralHandlers({ workflows: [slow], actions: asynchronous }),
      onEvent: (event) => {
        if (event.type === 'task-paused') queueMicrotask(() => void running.clear(event.task));
      },
    });
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(await running.complete(asked[0] as string, 'id-1')).toBe(true);
    expect((await running.result).tasks.get('host')?.result?.physicalId).toBe('id-1');
  });

  it('a document of the host that is wrong is told when the handlers are made', () => {
    expect(() => mistralHandlers({ workflows: ['version: 2.0\nw: {tasks: {t: {acton: x}}}'] })).toThrow(
      "Did you mean 'action'?",
    );
    expect(() => mistralHandlers({ workflows: [workflow('a').task('t'), workflow('a').task('t')] })).toThrow(
      'defined twice',
    );
  });
});
