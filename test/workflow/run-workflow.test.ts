import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ActionContext,
  ActionError,
  type HttpFetch,
  loadWorkflows,
  type RunWorkflowOptions,
  runWorkflow,
  standardActions,
  type WorkflowResult,
  type WorkflowRun,
  workflow,
} from '../../src/executors/workflow/index.ts';
import { fromPlain, toPlain } from '../../src/values/encode.ts';
import type { ValueMap } from '../../src/values/value.ts';

function start(body: string, options: RunWorkflowOptions = {}): WorkflowRun {
  const loaded = loadWorkflows(`version: '2.0'\n${body}`);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const first = loaded.library.workflows.get('wf');
  if (first === undefined) throw new Error('no wf');
  return runWorkflow(first, { library: loaded.library, ...options });
}

const run = (body: string, options?: RunWorkflowOptions): Promise<WorkflowResult> => start(body, options).result;
const plain = (result: WorkflowResult): unknown => [result.state, toPlain(result.output)];
const input = (values: object): ValueMap => fromPlain(values) as ValueMap;

describe('running a workflow', () => {
  it('tells every change, in order, with times', async () => {
    const seen: string[] = [];
    const { events } = await run('wf: {tasks: {a: {on-success: b}, b: {action: std.noop}}}', {
      onEvent: (event) => seen.push(event.type === 'task' ? `${event.task} ${event.state}` : event.state),
    });
    expect(seen).toEqual(['RUNNING', 'a RUNNING', 'a SUCCESS', 'b RUNNING', 'b SUCCESS', 'SUCCESS']);
    expect(events).toHaveLength(6);
    for (const { at } of events) expect(at).toBeGreaterThan(Date.UTC(2020));
  });

  it('what stands against it is told before anything runs', async () => {
    const { state, diagnostics, tasks } = await run('wf: {input: [a], tasks: {t: {action: no.such}}}');
    expect([state, diagnostics.map(({ code }) => code), tasks]).toEqual([
      'ERROR',
      ['WORKFLOW_INPUT_MISSING', 'WORKFLOW_ACTION_UNKNOWN'],
      [],
    ]);
  });

  it('actions of the host get input and context, and give plain data', async () => {
    let seen: ActionContext | undefined;
    const actions = standardActions().add('my.act', {
      parameters: ['a', 'b?'],
      run: async (given, context) => {
        seen = context;
        await context.sleep(1);
        return { got: given.get('a'), list: [1, { x: null }] };
      },
    });
    const result = await run(
      'wf: {tasks: {t: {action: my.act a=5, publish: {r: <% task().result %>}}}, output: {r: <% $.r %>}}',
      { actions },
    );
    expect(plain(result)).toEqual(['SUCCESS', { r: { got: 5, list: [1, { x: null }] } }]);
    expect(seen).toMatchObject({ task: 't', workflow: 'wf', index: 0 });
  });

  it.each([
    ['data', new ActionError(new Map([['code', 7]])), { code: 7 }],
    ['its message', new Error('broken'), 'broken'],
    ['whatever it is', 'a text', 'a text'],
  ])('what an action throws fails the task with %s', async (_, thrown, expected) => {
    const actions = standardActions().add('my.act', () => {
      throw thrown;
    });
    const result = await run(
      'wf: {tasks: {t: {action: my.act, publish-on-error: {r: <% task().result %>}, on-error: noop}}, output: {r: <% $.r %>}}',
      { actions },
    );
    expect(plain(result)).toEqual(['SUCCESS', { r: expected }]);
  });

  it('an asynchronous action ends by complete, once', async () => {
    const ids: string[] = [];
    const actions = standardActions().add('my.async', { asynchronous: true, run: (_, { id }) => ids.push(id) });
    const handle = start(
      'wf: {tasks: {t: {action: my.async, publish: {r: <% task().result %>}}}, output: {r: <% $.r %>}}',
      { actions },
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect(handle.complete('another', 1)).toBe(false);
    expect(handle.complete(ids[0] ?? '', fromPlain({ done: true }))).toBe(true);
    expect(handle.complete(ids[0] ?? '', 2)).toBe(false);
    expect(plain(await handle.result)).toEqual(['SUCCESS', { r: { done: true } }]);
  });

  it('an abort cancels it, and what is under way is told', async () => {
    const controller = new AbortController();
    let aborted = false;
    const actions = standardActions().add(
      'my.slow',
      (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
          setTimeout(() => controller.abort(), 5);
        }),
    );
    const { state, tasks } = await run('wf: {tasks: {t: {action: my.slow}}}', { actions, signal: controller.signal });
    expect([state, tasks.map((task) => task.state), aborted]).toEqual(['CANCELLED', ['RUNNING'], true]);
  });

  it('a signal that is aborted already starts nothing that lasts', async () => {
    const { state } = await run('wf: {tasks: {t: {action: std.sleep seconds=100}}}', { signal: AbortSignal.abort() });
    expect(state).toBe('CANCELLED');
  });

  it('pauses and goes on', async () => {
    const handle = start('wf: {tasks: {a: {on-success: b}, b: {action: std.noop}}}', {
      onEvent: (event) => {
        if (event.type === 'task' && event.task === 'a' && event.state === 'SUCCESS')
          setTimeout(() => handle.pause(), 0);
        if (event.type === 'workflow' && event.state === 'PAUSED') setTimeout(() => handle.resume(), 5);
      },
    });
    expect((await handle.result).state).toBe('SUCCESS');
  });
});

describe('std.http', () => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://x');
      if (url.pathname === '/redirect') response.writeHead(302, { location: '/echo' }).end('moved');
      else if (url.pathname === '/fail')
        response.writeHead(503, { 'content-type': 'application/json' }).end('{"why": "busy"}');
      else if (url.pathname === '/slow') setTimeout(() => response.end('late'), 3000).unref();
      else {
        const { authorization, cookie, 'content-type': type, 'x-n': n, 'mistral-task-id': task } = request.headers;
        response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
        response.end(
          JSON.stringify({
            method: request.method,
            url: request.url,
            body,
            authorization,
            cookie,
            type,
            n,
            task: task !== undefined,
          }),
        );
      }
    });
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const WF =
    'wf: {input: [args], tasks: {t: {action: std.http, input: <% $.args %>, publish: {r: <% task().result %>}, publish-on-error: {r: <% task().result %>}, on-error: noop}}, output: {r: <% $.r %>}}';
  const call = async (args: object): Promise<Record<string, unknown>> => {
    const result = await run(WF, { input: input({ args }) });
    return (toPlain(result.output) as { r: Record<string, unknown> }).r;
  };

  it('sends what it is told, and gives what came', async () => {
    const args = {
      url: `${url}/echo?a=1`,
      method: 'POST',
      params: { b: [2, 'x y'] },
      json: { k: [1.5] },
      headers: { 'x-n': 5 },
      cookies: { c: 'd' },
      auth: 'u:p',
    };
    expect(await call(args)).toMatchObject({
      status: 200,
      reason: 'OK',
      encoding: 'utf-8',
      history: [],
      content: {
        method: 'POST',
        url: '/echo?a=1&b=2&b=x%20y',
        body: '{"k": [1.5]}',
        authorization: 'Basic dTpw',
        cookie: 'c=d',
        type: 'application/json',
        n: '5',
        task: false,
      },
    });
  });

  it('a map as body is JSON without a type of its own', async () => {
    expect(await call({ url: `${url}/echo`, method: 'PUT', body: { a: 1 } })).toMatchObject({
      content: { body: '{"a": 1}' },
    });
  });

  it('redirects are followed only when told to', async () => {
    expect(await call({ url: `${url}/redirect` })).toMatchObject({ status: 302, content: 'moved' });
    expect(await call({ url: `${url}/redirect`, allow_redirects: true })).toMatchObject({ status: 200 });
  });

  it('another status fails the task with the same map', async () => {
    const result = await run(WF.replace('on-error: noop', 'tags: [x]'), {
      input: input({ args: { url: `${url}/fail` } }),
    });
    expect(result.state).toBe('ERROR');
    expect(toPlain(result.output)).toMatchObject({ r: { status: 503, content: { why: 'busy' } } });
  });

  it('an answer that takes too long fails, and a timeout that is not reached leaves nothing behind', async () => {
    expect(await call({ url: `${url}/slow`, timeout: 1 })).toBe('No answer within 1 s');
    expect(await call({ url: `${url}/echo`, timeout: 1000 })).toMatchObject({ status: 200 });
  });

  it.each([{ body: 'a', json: 1 }, { verify: false }, { proxies: { http: 'x' } }])('%j is refused', async (more) => {
    expect(await call({ url: `${url}/echo`, ...more })).toMatch(/std\.http/);
  });

  it('goes through the fetch that was handed in', async () => {
    const asked: string[] = [];
    const fetch: HttpFetch = async (address, { method }) => {
      asked.push(`${method} ${address}`);
      return { status: 200, statusText: 'OK', url: address, headers: [], text: async () => 'x' };
    };
    await run(WF, { input: input({ args: { url: 'https://nowhere.invalid/' } }), fetch });
    expect(asked).toEqual(['GET https://nowhere.invalid/']);
  });

  it('std.mistral_http says who asks, and ends by complete', async () => {
    const sent: Record<string, string>[] = [];
    const fetch: HttpFetch = async (address, { headers }) => {
      sent.push(headers);
      setTimeout(() => handle.complete(headers['Mistral-Action-Execution-Id'] ?? '', 'done'), 5);
      return { status: 202, statusText: 'Accepted', url: address, headers: [], text: async () => '' };
    };
    const handle = start(
      'wf: {tasks: {t: {action: std.mistral_http url="http://x", publish: {r: <% task().result %>}}}, output: {r: <% $.r %>}}',
      { fetch },
    );
    expect(plain(await handle.result)).toEqual(['SUCCESS', { r: 'done' }]);
    expect(sent[0]).toMatchObject({
      'Mistral-Workflow-Name': 'wf',
      'Mistral-Callback-URL': expect.stringMatching(/^\/v2\/action_executions\//) as string,
    });
  });
});

describe('a workflow in code', () => {
  it('is the workflow that a text would be', () => {
    const built = workflow('wf')
      .description('d')
      .tags('x')
      .input('a', { b: 1, c: null })
      .vars({ v: '<% $.a %>' })
      .defaults({ retry: { count: 1, delay: 0, breakOn: '<% $.v %>' } })
      .task('one', {
        action: 'std.echo',
        input: { output: '<% $.a %>' },
        waitBefore: 1,
        onSuccess: ['two', { fail: '<% $.b > 5 %>' }],
        publishOnError: { e: 1 },
      })
      .task('two', { join: 'all', onComplete: { publish: { global: { g: 1 } }, next: 'noop' } })
      .output({ o: '<% $.g %>' })
      .outputOnError({ o: 0 })
      .load();
    const read = loadWorkflows(`version: '2.0'
wf:
  description: d
  tags: [x]
  input: [a, {b: 1}, {c: null}]
  vars: {v: <% $.a %>}
  task-defaults: {retry: {count: 1, delay: 0, break-on: <% $.v %>}}
  output: {o: <% $.g %>}
  output-on-error: {o: 0}
  tasks:
    one: {action: std.echo, input: {output: <% $.a %>}, wait-before: 1, on-success: [two, {fail: <% $.b > 5 %>}], publish-on-error: {e: 1}}
    two: {join: all, on-complete: {publish: {global: {g: 1}}, next: noop}}
`);
    const bare = (loaded: typeof built): unknown =>
      loaded.ok &&
      JSON.parse(
        JSON.stringify(loaded.library.workflows.get('wf'), (key, value: unknown) =>
          key === 'place' || key === 'spec'
            ? undefined
            : value instanceof Map
              ? [...value].map(([k, v]) => [k, v ?? null])
              : value,
        ),
      );
    expect(built.ok).toBe(true);
    expect(bare(built)).toEqual(bare(read));
  });

  it('is reverse when a task requires another', async () => {
    const loaded = workflow('wf')
      .task('a', { publish: { x: 1 } })
      .task('b', { requires: 'a', publish: { y: '<% $.x + 1 %>' } })
      .load();
    const one = loaded.ok ? loaded.library.workflows.get('wf') : undefined;
    if (one === undefined) throw new Error('refused');
    expect(plain(await runWorkflow(one, { taskName: 'b' }).result)).toEqual(['SUCCESS', { x: 1, y: 2 }]);
  });

  it('what is wrong is told as for a text', () => {
    const { ok, diagnostics } = workflow('wf').task('a', { onSuccess: 'zz' }).load();
    expect([ok, diagnostics.map(({ code }) => code)]).toEqual([false, ['WORKFLOW_TASK_UNKNOWN']]);
  });

  it('each step gives a new one', () => {
    const base = workflow('wf').task('a');
    base.task('b');
    const loaded = base.load();
    expect(loaded.ok && [...(loaded.library.workflows.get('wf')?.tasks.keys() ?? [])]).toEqual(['a']);
  });
});

describe('running a failed task again', () => {
  const TEXT = `wf:
  output: {r: <% $.r %>}
  tasks:
    loop:
      with-items: i in [1, 2, 3, 4]
      action: try i=<% $.i %>
      publish: {r: <% task().result %>}
`;

  /** An action that fails for these items, as long as they are in the list. */
  function trying(failing: number[], calls: number[] = []) {
    return standardActions().add('try', {
      parameters: ['i'],
      run: (given) => {
        const i = Number(given.get('i'));
        calls.push(i);
        if (failing.includes(i)) throw new ActionError(`no ${i}`);
        return i * 10;
      },
    });
  }

  it('runs the items again that failed, and keeps what the others gave', async () => {
    // On Mistral those behind the last one that failed are run again, too, and the workflow never ends.
    const [failing, calls] = [[1, 3], [] as number[]];
    const handle = start(TEXT, { actions: trying(failing, calls) });
    expect((await handle.result).state).toBe('ERROR');
    failing.length = 0;
    expect(handle.rerun('loop', { reset: false })).toBe(true);
    expect(plain(await handle.result)).toEqual(['SUCCESS', { r: [10, 20, 30, 40] }]);
    expect(calls).toEqual([1, 2, 3, 4, 1, 3]);
  });

  it('runs all of them again by default, by the id of the task', async () => {
    const [failing, calls] = [[4], [] as number[]];
    const handle = start(TEXT, { actions: trying(failing, calls) });
    const { tasks } = await handle.result;
    expect(handle.rerun(tasks[0]?.id ?? '')).toBe(true);
    expect((await handle.result).state).toBe('ERROR');
    failing.length = 0;
    expect(handle.rerun('loop')).toBe(true);
    expect((await handle.result).state).toBe('SUCCESS');
    expect(calls).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]);
  });

  it('refuses what Mistral refuses, and changes nothing', async () => {
    const ok = start('wf: {tasks: {a: {action: std.fail, on-error: noop}, b: {action: std.noop}}}');
    const before = await ok.result;
    for (const task of ['a', 'b', 'c', '']) expect(ok.rerun(task)).toBe(false);
    expect(await ok.result).toBe(before);

    const failed = start('wf: {tasks: {a: {action: std.fail}}}');
    await failed.result;
    expect(failed.rerun('a', { reset: false })).toBe(false);

    const paused = start('wf: {tasks: {a: {action: std.fail, on-error: [pause, b]}, b: {action: std.noop}}}');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(paused.rerun('a')).toBe(false);
    paused.resume();
    expect((await paused.result).state).toBe('SUCCESS');

    const controller = new AbortController();
    const aborted = start('wf: {tasks: {a: {action: std.fail}}}', { signal: controller.signal });
    await aborted.result;
    controller.abort();
    expect(aborted.rerun('a')).toBe(false);

    const refused = start('wf: {tasks: {a: {action: no.such}}}');
    await refused.result;
    expect(refused.rerun('a')).toBe(false);
  });

  it('begins again what was under way when the workflow ended, with the same id', async () => {
    const begun: string[] = [];
    let fails = true;
    const actions = standardActions()
      .add('wait', { asynchronous: true, run: (_, { id }) => void begun.push(id) })
      .add('once', () => {
        if (fails) throw new ActionError('not yet');
      });
    const handle = start(
      `wf:
  output: {got: <% $.got %>}
  tasks:
    long: {action: wait, publish: {got: <% task().result %>}, on-success: both}
    late: {action: std.noop, wait-before: 0.01, on-success: both}
    a: {action: once, on-success: both, on-error: fail}
    both: {join: all, action: std.noop}
`.replace('0.01', '1'),
      { actions },
    );
    const { state, tasks } = await handle.result;
    expect([state, ...tasks.map((task) => `${task.name} ${task.state}`).sort()]).toEqual([
      'ERROR',
      'a ERROR',
      'late DELAYED',
      'long RUNNING',
    ]);
    expect(handle.complete(begun[0] ?? '', 'too soon')).toBe(false);
    fails = false;
    expect(handle.rerun('a')).toBe(true);
    await Promise.resolve();
    expect(begun).toEqual([begun[0], begun[0]]);
    expect(handle.complete(begun[0] ?? '', 'now')).toBe(true);
    expect(plain(await handle.result)).toEqual(['SUCCESS', { got: 'now' }]);
  });

  it('goes on after a cancellation', async () => {
    let fails = true;
    const actions = standardActions()
      .add('once', () => {
        if (fails) throw new ActionError('not yet');
      })
      .add('wait', { asynchronous: true, run: () => undefined });
    const handle = start('wf: {tasks: {a: {action: once, on-error: b}, b: {action: wait}}}', { actions });
    await new Promise((resolve) => setTimeout(resolve, 5));
    handle.cancel('enough');
    expect((await handle.result).state).toBe('CANCELLED');
    fails = false;
    expect(handle.rerun('a')).toBe(true);
    handle.cancel();
    expect((await handle.result).state).toBe('CANCELLED');
  });
});
