import PQueue from 'p-queue';
import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import type { RunEvent } from '../../src/run/events.ts';
import type { HandlerReturn, TaskContext } from '../../src/run/handlers.ts';
import type { PlainResult } from '../../src/run/result.ts';
import { TerminalError, UpdateReplace } from '../../src/run/thrown.ts';
import { fromPlain } from '../../src/values/encode.ts';
import { graphOf, graphOfEdges } from '../run/graphs.ts';
import { FakeClock, settle } from './fake-clock.ts';

type Method = (context: TaskContext) => HandlerReturn | Promise<HandlerReturn>;

// oxlint-disable-next-line no-thenable -- thenables that throw are what some tests are about
const THEN = 'then';

const nothing: Method = () => undefined;

/** Events without their times, as short texts. */
function short(event: RunEvent): string {
  switch (event.type) {
    case 'run-started':
      return 'run started';
    case 'run-finished':
      return `run ${event.status}`;
    case 'rollback-started':
      return 'rollback started';
    case 'events-lost':
      return `${event.count} lost`;
    default:
      return `${event.task} ${event.type.slice('task-'.length)}`;
  }
}

describe('a run', () => {
  it('passes results along and gives outputs', async () => {
    const graph = graphOf({
      a: { properties: fromPlain({ size: 1 }) },
      b: { requires: ['a'], properties: fromPlain({ of: { get_resource: 'a' }, ip: { get_attr: ['a', 'ip'] } }) },
    });
    const seen: unknown[] = [];
    const Thing = {
      async create({ task, properties, requires, attempt, idempotencyKey }: TaskContext) {
        seen.push([task.id, properties, [...requires.keys()], attempt, idempotencyKey]);
        return { physicalId: `id-${task.id}`, attributes: { ip: '192.0.2.1' } };
      },
    };
    const { status, tasks } = await run(graph, { handlers: { Thing }, runId: 'r1' }).result;
    expect(status).toBe('COMPLETE');
    expect(seen).toEqual([
      ['a', { size: 1 }, [], 1, 'r1/a'],
      ['b', { of: 'id-a', ip: '192.0.2.1' }, ['a'], 1, 'r1/b'],
    ]);
    expect(tasks.get('b')).toEqual({
      status: 'COMPLETE',
      attempts: 1,
      result: { physicalId: 'id-b', attributes: { ip: '192.0.2.1' }, outputs: {} },
    });
  });

  it('gives each handler data of its own', async () => {
    const graph = graphOf({
      a: {},
      b: { requires: ['a'], properties: fromPlain({ list: { get_attr: ['a', 'list'] } }) },
      c: { requires: ['a', 'b'], properties: fromPlain({ list: { get_attr: ['a', 'list'] } }) },
    });
    const seen: unknown[] = [];
    const create: Method = ({ task, properties, requires }) => {
      if (task.id === 'a') return { attributes: { list: [1, 2] } };
      seen.push(structuredClone(properties), requires.get('a')?.attributes);
      (properties.list as number[]).length = 0;
      ((requires.get('a') as PlainResult).attributes.list as number[]).push(9);
      return undefined;
    };
    await run(graph, { handlers: { Thing: { create } } }).result;
    expect(seen[0]).toEqual({ list: [1, 2] });
    expect(seen[2]).toEqual({ list: [1, 2] });
  });

  it('starts nothing before the present job of the event loop is over', async () => {
    const start: string[] = [];
    const graph = graphOf({ a: {} });
    const running = run(graph, { handlers: { Thing: () => void start.push('now') } });
    expect(start).toEqual([]);
    await running.result;
    expect(start).toEqual(['now']);
  });

  it('runs names that objects have of themselves', async () => {
    const names = ['__proto__', 'constructor', 'toString', '', '0', 'a.b', 'ä ö'];
    const graph = graphOf(Object.fromEntries(names.map((name) => [`x${name}`, { name, type: name }])));
    const handlers = new Map(names.map((name) => [name, nothing]));
    expect((await run(graph, { handlers }).result).status).toBe('COMPLETE');
    const { diagnostics } = await run(graph, { handlers: {} }).result;
    expect(diagnostics).toHaveLength(names.length);
  });
});

describe('handlers', () => {
  const graph = graphOf({ a: { type: 'A' }, b: { type: 'B', action: 'DELETE' }, c: { type: 'B', action: 'DELETE' } });

  it('that are missing are all told, and nothing runs', async () => {
    let ran = 0;
    const A = { update: () => void ran++ };
    const result = await run(graph, { handlers: { A } }).result;
    expect(ran).toBe(0);
    expect(result.status).toBe('FAILED');
    expect(result.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['HANDLER_MISSING', "The handler for 'A' cannot CREATE, which is needed for 'a'."],
      ['HANDLER_MISSING', "There is no handler for 'B', which is needed for 'b', 'c'."],
    ]);
    expect([...result.tasks.values()].map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
  });

  it("are found by type, then under '*'", async () => {
    const calls: string[] = [];
    const handlers = {
      A: { update: nothing },
      '*': {
        create: ({ task }: TaskContext) => void calls.push(`create ${task.id}`),
        delete: ({ task }: TaskContext) => void calls.push(`delete ${task.id}`),
      },
    };
    expect((await run(graph, { handlers }).result).status).toBe('COMPLETE');
    expect(calls.sort()).toEqual(['create a', 'delete b', 'delete c']);
  });

  it('may be functions or instances of classes', async () => {
    class Server {
      readonly made: string[] = [];
      create({ task }: TaskContext): void {
        this.made.push(task.id);
      }
    }
    const server = new Server();
    await run(graph, { handlers: { A: server, B: () => undefined } }).result;
    expect(server.made).toEqual(['a']);
  });

  it('need not check, suspend, resume or snapshot; replace is create without a method of its own', async () => {
    const actions = ['CHECK', 'SUSPEND', 'RESUME', 'SNAPSHOT', 'REPLACE'];
    const graph = graphOf(Object.fromEntries(actions.map((action) => [action, { action }])));
    const calls: string[] = [];
    const Thing = { create: ({ task }: TaskContext) => void calls.push(task.id) };
    expect((await run(graph, { handlers: { Thing } }).result).status).toBe('COMPLETE');
    expect(calls).toEqual(['REPLACE']);
  });

  it('are not what every object has', async () => {
    const graph = graphOf({ a: { action: 'CONSTRUCTOR' } });
    const { diagnostics } = await run(graph, { handlers: { Thing: { create: nothing } } }).result;
    expect(diagnostics.map(({ code }) => code)).toEqual(['HANDLER_MISSING']);
  });

  it('know what an earlier run recorded, and add to it', async () => {
    const graph = graphOf({
      a: { action: 'UPDATE' },
      b: { requires: ['a'], properties: fromPlain({ id: { get_resource: 'a' } }) },
    });
    const seen: unknown[] = [];
    const Thing = {
      update: ({ previous }: TaskContext) => {
        seen.push(previous);
        return { attributes: { version: 2 } };
      },
      create: ({ properties }: TaskContext) => void seen.push(properties),
    };
    const previous = new Map([['a', { physicalId: 'old', attributes: { version: 1 } }]]);
    const { tasks } = await run(graph, { handlers: { Thing }, previous }).result;
    expect(seen).toEqual([{ physicalId: 'old', attributes: { version: 1 }, outputs: {} }, { id: 'old' }]);
    expect(tasks.get('a')?.result).toEqual({ physicalId: 'old', attributes: { version: 2 }, outputs: {} });
  });
});

describe('a handler that throws', () => {
  const hostile: Readonly<Record<string, () => unknown>> = {
    undefined: () => undefined,
    null: () => null,
    'a text': () => 'no quota',
    'a frozen object': () => Object.freeze({ message: 'frozen' }),
    'an error whose message throws': () =>
      Object.defineProperty(new Error('x'), 'message', {
        get() {
          throw new Error('gotcha');
        },
      }),
    'a proxy that throws': () =>
      new Proxy(
        {},
        {
          get() {
            throw new Error('gotcha');
          },
          getPrototypeOf() {
            throw new Error('gotcha');
          },
        },
      ),
    'an object without prototype': () => Object.create(null),
    'a symbol': () => Symbol('s'),
  };

  for (const [what, make] of Object.entries(hostile)) {
    it(`${what} is one failed task`, async () => {
      const graph = graphOf({ sync: {}, async: {}, thenable: {}, fine: {}, after: { requires: ['sync'] } });
      const Thing = ({ task }: TaskContext): HandlerReturn | Promise<HandlerReturn> => {
        if (task.id === 'sync') throw make();
        if (task.id === 'async') return Promise.reject(make());
        if (task.id !== 'thenable') return undefined;
        return Object.defineProperty({}, THEN, {
          get() {
            throw make();
          },
        });
      };
      const { tasks, failures } = await run(graph, { handlers: { Thing }, onFailure: 'continue' }).result;
      expect(failures.map(({ task }) => task)).toEqual(['sync', 'async', 'thenable']);
      expect(failures.every(({ message }) => typeof message === 'string' && message !== '')).toBe(true);
      expect(tasks.get('fine')?.status).toBe('COMPLETE');
      expect(tasks.get('after')).toEqual({ status: 'SKIPPED', attempts: 0, cause: 'sync' });
    });
  }

  it('is told with its message, its place, and what it threw', async () => {
    const place = { source: 't.yaml', line: 3, column: 3 };
    const thrown = new Error('quota exceeded');
    const { failures } = await run(graphOf({ a: { place } }), {
      handlers: { Thing: () => Promise.reject(thrown) },
    }).result;
    expect(failures).toMatchObject([
      { code: 'HANDLER_FAILED', task: 'a', attempt: 1, message: 'quota exceeded', place, thrown },
    ]);
  });
});

describe('a result that is no data', () => {
  it('fails the task, and is not tried again', async () => {
    let calls = 0;
    const Thing = () => {
      calls++;
      return { attributes: { f: () => 1 } };
    };
    const { failures } = await run(graphOf({ a: { policy: { retries: 3 } } }), { handlers: { Thing } }).result;
    expect(calls).toBe(1);
    expect(failures).toMatchObject([
      {
        code: 'RESULT_NOT_DATA',
        message: 'What the handler returned cannot be kept at attributes.f: a function is no data.',
      },
    ]);
  });
});

describe('inputs that cannot be resolved', () => {
  it('fail the task before its handler is called', async () => {
    const graph = graphOf({ a: {}, b: { requires: ['a'], properties: fromPlain({ x: { get_attr: ['a', 'ip'] } }) } });
    const called: string[] = [];
    const Thing = ({ task }: TaskContext) => void called.push(task.id);
    const { failures } = await run(graph, { handlers: { Thing } }).result;
    expect(called).toEqual(['a']);
    expect(failures).toMatchObject([{ task: 'b', code: 'INPUTS_UNRESOLVED', heat: 'InvalidTemplateAttribute' }]);
  });
});

describe('outputs', () => {
  it('have no value and a reason where a task did not complete', async () => {
    const { TaskGraphBuilder } = await import('../../src/graph/builder.ts');
    const builder = new TaskGraphBuilder();
    builder.scope({
      path: '',
      version: ['heat_template_version', '2018-08-31'],
      parameters: new Map(),
      hidden: [],
      mappings: new Map(),
      files: new Map(),
    });
    const base = { action: 'CREATE', type: 'Thing', scope: '', inputs: {} } as const;
    const good = builder.task({ ...base, id: 'good', name: 'good' });
    const bad = builder.task({ ...base, id: 'bad', name: 'bad' });
    const output = (name: string, value: unknown, requires: number[]) =>
      builder.output({ name, scope: '', value: fromPlain(value), requires });
    output('fine', { get_attr: ['good', 'ip'] }, [good]);
    output('missing', { get_attr: ['good', 'mac'] }, [good]);
    output('failed', { get_attr: ['bad', 'ip'] }, [bad]);
    output('literal', { a: [1, 2.5, null] }, []);
    const Thing = ({ task }: TaskContext) => {
      if (task.id === 'bad') throw new Error('broken');
      return { attributes: { ip: '192.0.2.1' } };
    };
    const { outputs, outputErrors } = await run(builder.build(), { handlers: { Thing } }).result;
    expect([...outputs]).toEqual([
      ['fine', '192.0.2.1'],
      ['missing', undefined],
      ['failed', undefined],
      ['literal', { a: [1, 2.5, null] }],
    ]);
    expect([...outputErrors.keys()]).toEqual(['missing', 'failed']);
    expect(outputErrors.get('failed')?.message).toBe("The output 'failed' has no value: 'bad' did not complete");
  });
});

describe('events', () => {
  const graph = graphOf({ a: {}, b: { requires: ['a'] }, c: { requires: ['b'] } });
  const handlers = {
    Thing: ({ task, log }: TaskContext) => {
      if (task.id === 'b') throw new Error('no');
      log('working');
    },
  };
  const ALL = ['run started', 'a started', 'a log', 'a completed', 'b started', 'b failed', 'c skipped', 'run FAILED'];

  it('come in order, to the callback and to iterators', async () => {
    const told: string[] = [];
    const running = run(graph, { handlers, onEvent: (event) => told.push(short(event)) });
    const read: string[] = [];
    for await (const event of running) read.push(short(event));
    expect(told).toEqual(ALL);
    expect(read).toEqual(ALL);
  });

  it('that are over are told by the last one', async () => {
    const running = run(graph, { handlers });
    await running.result;
    const read: string[] = [];
    for await (const event of running) read.push(short(event));
    expect(read).toEqual(['run FAILED']);
  });

  it('are left out and counted where nobody reads them', async () => {
    const running = run(graph, { handlers, eventBuffer: 2 });
    const iterator = running[Symbol.asyncIterator]();
    await running.result;
    const read: string[] = [];
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      read.push(short(next.value));
    expect(read).toEqual(['run started', 'a started', '5 lost', 'run FAILED']);
  });

  it('may be left before the end', async () => {
    const running = run(graph, { handlers });
    for await (const _ of running) break;
    expect((await running.result).status).toBe('FAILED');
  });

  it('do not disturb the run when the observer throws', async () => {
    let calls = 0;
    const onEvent = (): never => {
      calls++;
      throw new Error('observer');
    };
    const { diagnostics, failures } = await run(graph, { handlers, onEvent }).result;
    expect(calls).toBe(1);
    expect(failures).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(['OBSERVER_FAILED']);
  });

  it('show no hidden values', async () => {
    const secret = 'p"ss w/rd';
    const hidden = new Map([
      ['password', secret],
      ['nested', fromPlain({ deep: ['hunter2'], port: 4711 })],
    ]);
    const graph = graphOf({ a: {}, b: { policy: { retries: 1 } }, c: {} }, hidden);
    const Thing = ({ task, log }: TaskContext) => {
      log(`login with ${secret}`, {
        [secret]: JSON.stringify(secret),
        url: encodeURIComponent(secret),
        port: 4711,
        ok: 1,
      });
      if (task.id === 'b') throw new Error(`bad password: ${secret}`);
      if (task.id === 'c') throw new Error('hunter2 at 4711');
      return { physicalId: `${secret}-1` };
    };
    const events: RunEvent[] = [];
    const { failures } = await run(graph, {
      handlers: { Thing },
      onEvent: (e) => events.push(e),
      onFailure: 'continue',
    }).result;
    const text = JSON.stringify([events, failures.map((failure) => ({ ...failure, thrown: undefined }))]);
    for (const form of [secret, 'p\\"ss', 'p%22ss', 'hunter2', '4711']) expect(text).not.toContain(form);
    expect(text).toContain('login with ******');
    expect(text).toContain('"ok":1');
  });

  it('take logs of anything', async () => {
    const events: RunEvent[] = [];
    const Thing = ({ log }: TaskContext) => {
      log('function', () => 1);
      log(undefined as never);
    };
    await run(graphOf({ a: {} }), { handlers: { Thing }, onEvent: (e) => events.push(e) }).result;
    expect(events.filter(({ type }) => type === 'task-log')).toMatchObject([
      { message: 'function', data: '(a function is no data)' },
      { message: 'threw undefined' },
    ]);
  });
});

describe('retries and timeouts', () => {
  it('give a task another attempt, with the same key and inputs', async () => {
    const clock = new FakeClock();
    const seen: unknown[] = [];
    const Thing = ({ attempt, idempotencyKey, properties }: TaskContext) => {
      seen.push([clock.now(), attempt, idempotencyKey, properties]);
      if (attempt < 3) throw new Error(`attempt ${attempt}`);
    };
    const policy = { retries: 5, retryDelay: 100, backoffFactor: 2 };
    const graph = graphOf({ a: { policy, properties: fromPlain({ x: { list_join: ['', ['y']] } }) } });
    const events: RunEvent[] = [];
    const running = run(graph, {
      handlers: { Thing },
      runId: 'r',
      executor: inProcess({ clock }),
      onEvent: (e) => events.push(e),
    });
    await clock.runAll();
    const { tasks, failures } = await running.result;
    expect(seen).toEqual([
      [0, 1, 'r/a', { x: 'y' }],
      [100, 2, 'r/a', { x: 'y' }],
      [300, 3, 'r/a', { x: 'y' }],
    ]);
    expect(tasks.get('a')).toMatchObject({ status: 'COMPLETE', attempts: 3 });
    expect(tasks.get('a')).not.toHaveProperty('error');
    expect(failures).toEqual([]);
    expect(events.filter(({ type }) => type === 'task-retrying')).toMatchObject([
      { attempt: 1, delay: 100, message: 'attempt 1' },
      { attempt: 2, delay: 200, message: 'attempt 2' },
    ]);
  });

  it('are not for a terminal error', async () => {
    let calls = 0;
    const Thing = () => {
      calls++;
      throw new TerminalError('no use');
    };
    const { status } = await run(graphOf({ a: { policy: { retries: 3 } } }), { handlers: { Thing } }).result;
    expect([status, calls]).toEqual(['FAILED', 1]);
  });

  it('end a task that takes too long, though it takes no notice', async () => {
    const clock = new FakeClock();
    let reason: unknown;
    const Thing = ({ task, signal }: TaskContext) => {
      if (task.id === 'after') return undefined;
      signal.addEventListener('abort', () => {
        reason = signal.reason;
      });
      return new Promise<undefined>(() => {});
    };
    const graph = graphOf({ slow: { policy: { timeout: 500 } }, after: {} });
    const running = run(graph, {
      handlers: { Thing },
      executor: inProcess({ clock }),
      concurrency: 1,
      onFailure: 'continue',
    });
    await clock.runAll();
    const { failures, tasks } = await running.result;
    expect(failures).toMatchObject([{ task: 'slow', code: 'TASK_TIMED_OUT' }]);
    expect(tasks.get('after')?.status).toBe('COMPLETE');
    expect((reason as DOMException).name).toBe('TimeoutError');
    expect(clock.now()).toBe(500);
  });

  it('leave no timer behind', async () => {
    const clock = new FakeClock();
    const graph = graphOf({ a: { policy: { timeout: 1_000_000, retries: 1 } } });
    await run(graph, { handlers: { Thing: nothing }, executor: inProcess({ clock }) }).result;
    expect(clock.waiting).toBe(0);
  });
});

describe('abort', () => {
  const graph = graphOf({ a: {}, b: { requires: ['a'] }, c: {} });

  it('tells handlers, starts nothing more, and settles when they have ended', async () => {
    const reasons: unknown[] = [];
    const Thing = ({ signal }: TaskContext) =>
      new Promise<undefined>((_, reject) => {
        signal.addEventListener('abort', () => {
          reasons.push(signal.reason);
          reject(signal.reason);
        });
      });
    const controller = new AbortController();
    const running = run(graph, { handlers: { Thing }, signal: controller.signal });
    await settle();
    controller.abort('enough');
    const { status, tasks, failures } = await running.result;
    expect(status).toBe('CANCELLED');
    expect(reasons).toEqual(['enough', 'enough']);
    expect([...tasks.values()].map((task) => task.status)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    expect(failures).toEqual([]);
  });

  it('lets what is done in time be complete', async () => {
    const clock = new FakeClock();
    const Thing = () => clock.sleep(100).then(() => ({ physicalId: 'made' }));
    const running = run(graph, { handlers: { Thing }, executor: inProcess({ clock }) });
    await settle();
    running.abort();
    await clock.runAll();
    const { status, tasks } = await running.result;
    expect(status).toBe('CANCELLED');
    expect([...tasks.values()].map((task) => task.status)).toEqual(['COMPLETE', 'CANCELLED', 'COMPLETE']);
    expect(clock.waiting).toBe(0);
  });

  it('settles after the grace time though handlers take no notice', async () => {
    const clock = new FakeClock();
    const Thing = () => new Promise<undefined>(() => {});
    const running = run(graph, { handlers: { Thing }, executor: inProcess({ clock }), grace: 2000 });
    await settle();
    running.abort();
    await clock.runAll();
    const { tasks } = await running.result;
    expect(clock.now()).toBe(2000);
    expect(tasks.get('a')).toMatchObject({ status: 'CANCELLED', error: { code: 'TASK_CANCELLED' } });
  });

  it('before the start runs nothing', async () => {
    let ran = 0;
    const handlers = { Thing: () => void ran++ };
    const aborted = await run(graph, { handlers, signal: AbortSignal.abort() }).result;
    const running = run(graph, { handlers });
    running.abort();
    expect([aborted.status, (await running.result).status, ran]).toEqual(['CANCELLED', 'CANCELLED', 0]);
  });

  it('after the end changes nothing', async () => {
    const running = run(graph, { handlers: { Thing: nothing } });
    await running.result;
    running.abort();
    expect((await running.result).status).toBe('COMPLETE');
  });

  it('gets its turn among tasks that never wait', async () => {
    const controller = new AbortController();
    const many = graphOfEdges(
      50_000,
      Array.from({ length: 49_999 }, (_, i) => [i + 1, i] as const),
    );
    const running = run(many, { handlers: { Thing: nothing }, signal: controller.signal });
    // It begins in the next turn of the event loop.
    setImmediate(() => setImmediate(() => controller.abort()));
    const { status, tasks } = await running.result;
    expect(status).toBe('CANCELLED');
    expect(tasks.get('t0')?.status).toBe('COMPLETE');
    expect(tasks.get('t49999')?.status).toBe('CANCELLED');
  });
});

describe('the queue', () => {
  it('may be the host’s own, with limits of its own', async () => {
    const queue = new PQueue({ concurrency: 2 });
    let active = 0;
    let most = 0;
    const Thing = async () => {
      most = Math.max(most, ++active);
      await settle();
      active--;
    };
    const graph = graphOfEdges(20, []);
    const runs = [1, 2].map(
      () => run(graph, { handlers: { Thing }, executor: inProcess({ queue }), concurrency: 20 }).result,
    );
    expect((await Promise.all(runs)).map(({ status }) => status)).toEqual(['COMPLETE', 'COMPLETE']);
    expect(most).toBe(2);
  });

  it.each([
    ['own', () => inProcess()],
    ['host’s', () => inProcess({ queue: new PQueue({ concurrency: 1 }) })],
  ])('gets every place back: the %s', async (_, executor) => {
    const later = <T>(value: T) => settle().then(() => value);
    const calls: string[] = [];
    const Thing = {
      async update({ task }: TaskContext) {
        calls.push(`update ${task.id}`);
        await settle();
        throw new UpdateReplace();
      },
      async create({ task, attempt, poll, signal }: TaskContext) {
        calls.push(`create ${task.id}`);
        if (task.id === 'polls') return later(poll());
        if (task.id === 'hangs') return new Promise<undefined>((_, reject) => signal.addEventListener('never', reject));
        if (task.id === 'fails' && attempt === 1) throw new Error('once');
        return later(undefined);
      },
      checkCreate: () => undefined,
    };
    const graph = graphOf({
      replaced: { action: 'UPDATE' },
      'replaced too': { action: 'UPDATE' },
      polls: {},
      fails: { policy: { retries: 1 } },
      hangs: { policy: { timeout: 5 } },
      last: {},
    });
    const { tasks } = await run(graph, {
      handlers: { Thing },
      executor: executor(),
      concurrency: 1,
      onFailure: 'continue',
    }).result;
    expect(Array.from(tasks, ([id, { status }]) => `${id} ${status}`)).toEqual([
      'replaced COMPLETE',
      'replaced too COMPLETE',
      'polls COMPLETE',
      'fails COMPLETE',
      'hangs FAILED',
      'last COMPLETE',
    ]);
    expect(calls.filter((call) => call.includes('replaced'))).toEqual([
      'update replaced',
      'create replaced',
      'update replaced too',
      'create replaced too',
    ]);
  });

  it('that refuses work fails the task', async () => {
    const queue = { add: () => Promise.reject(new Error('closed')) };
    const { failures } = await run(graphOf({ a: {} }), { handlers: { Thing: nothing }, executor: inProcess({ queue }) })
      .result;
    expect(failures).toMatchObject([{ code: 'QUEUE_REFUSED', message: 'The queue did not run the task: closed' }]);
  });
});

describe('graphs that cannot run', () => {
  it('have a cycle, which is told', async () => {
    const graph = graphOf({ a: { requires: ['b'] }, b: { requires: ['a'] }, c: {} });
    const { status, diagnostics } = await run(graph, { handlers: { '*': nothing } }).result;
    expect(status).toBe('FAILED');
    expect(diagnostics.map(({ code }) => code)).toEqual(['CIRCULAR_DEPENDENCY']);
  });

  it('are refused with options that make no sense', () => {
    const graph = graphOf({ a: {} });
    for (const concurrency of [0, Number.NaN, -3]) {
      expect(() => run(graph, { handlers: { '*': nothing }, concurrency })).toThrow(RangeError);
    }
  });
});

describe('size', () => {
  it('runs a chain of 100,000 tasks, with handlers that wait and with those that do not', async () => {
    const graph = graphOfEdges(
      100_000,
      Array.from({ length: 99_999 }, (_, i) => [i + 1, i] as const),
    );
    for (const Thing of [nothing, async () => undefined]) {
      expect((await run(graph, { handlers: { Thing } }).result).status).toBe('COMPLETE');
    }
  });

  it('skips a chain of 100,000 tasks', async () => {
    const graph = graphOfEdges(
      100_000,
      Array.from({ length: 99_999 }, (_, i) => [i + 1, i] as const),
    );
    const Thing = () => Promise.reject(new Error('first'));
    const { tasks } = await run(graph, { handlers: { Thing } }).result;
    expect(tasks.get('t99999')).toEqual({ status: 'SKIPPED', attempts: 0, cause: 't0' });
  });
});
