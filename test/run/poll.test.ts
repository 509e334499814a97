import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import type { TaskContext } from '../../src/run/handlers.ts';
import { UpdateReplace } from '../../src/run/thrown.ts';
import { fromPlain } from '../../src/values/encode.ts';
import { FakeClock, settle } from '../executors/fake-clock.ts';
import { graphOf } from './graphs.ts';

describe('ctx.poll', () => {
  it('goes on in the check, with its data, until that is done', async () => {
    const clock = new FakeClock();
    const calls: unknown[] = [];
    const Thing = {
      create({ poll, polled }: TaskContext) {
        calls.push(['create', polled]);
        return poll({ id: 'srv', tags: ['ä'] }, 500);
      },
      checkCreate({ poll, polled, attempt, idempotencyKey }: TaskContext) {
        calls.push([clock.now(), polled, attempt, idempotencyKey]);
        return polled?.count === 2 ? { physicalId: 'srv' } : poll({ again: true });
      },
    };
    const running = run(graphOf({ a: {} }), { handlers: { Thing }, executor: inProcess({ clock }), runId: 'r' });
    await clock.runAll();
    const { tasks } = await running.result;
    expect(tasks.get('a')).toEqual({
      status: 'COMPLETE',
      attempts: 1,
      result: { physicalId: 'srv', attributes: {}, outputs: {} },
    });
    expect(calls).toEqual([
      ['create', undefined],
      [500, { data: { id: 'srv', tags: ['ä'] }, count: 1 }, 1, 'r/a'],
      [1500, { data: { again: true }, count: 2 }, 1, 'r/a'],
    ]);
  });

  it('calls a handler that is one function again', async () => {
    const Thing = ({ poll, polled }: TaskContext) =>
      polled === undefined ? poll(7, 0) : { physicalId: `${polled.data}` };
    const { tasks } = await run(graphOf({ a: {} }), { handlers: { Thing } }).result;
    expect(tasks.get('a')?.result?.physicalId).toBe('7');
  });

  it('needs a check: what has begun is not begun again', async () => {
    let calls = 0;
    const Thing = {
      create({ poll }: TaskContext) {
        calls++;
        return poll();
      },
    };
    const { failures } = await run(graphOf({ a: { policy: { retries: 2 } } }), { handlers: { Thing } }).result;
    expect(failures).toMatchObject([{ code: 'CHECK_MISSING' }]);
    expect(calls).toBe(1);
  });

  it('keeps the place of the task, and is within its timeout', async () => {
    const clock = new FakeClock();
    const started: string[] = [];
    const Thing = ({ task, poll, polled }: TaskContext) => {
      if (polled === undefined) started.push(`${task.id} at ${clock.now()}`);
      return task.id === 'a' ? poll(null, 100) : undefined;
    };
    const graph = graphOf({ a: { policy: { timeout: 1050 } }, b: {} });
    const running = run(graph, {
      handlers: { Thing },
      executor: inProcess({ clock }),
      concurrency: 1,
      onFailure: 'continue',
    });
    await clock.runAll();
    const { failures } = await running.result;
    expect(started).toEqual(['a at 0', 'b at 1050']);
    expect(failures).toMatchObject([{ task: 'a', code: 'TASK_TIMED_OUT' }]);
    expect(clock.waiting).toBe(0);
  });

  it('goes on within the grace time of an abort', async () => {
    const clock = new FakeClock();
    const Thing = ({ poll, polled, signal }: TaskContext) =>
      polled?.count === 3 ? { physicalId: String(signal.aborted) } : poll(null, 100);
    const running = run(graphOf({ a: {}, b: { requires: ['a'] } }), {
      handlers: { Thing },
      executor: inProcess({ clock }),
    });
    await settle();
    running.abort();
    await clock.runAll();
    const { status, tasks } = await running.result;
    expect(status).toBe('CANCELLED');
    expect(tasks.get('a')).toMatchObject({ status: 'COMPLETE', result: { physicalId: 'true' } });
  });
});

describe('a breakpoint', () => {
  it('is waited at until it is cleared', async () => {
    const clock = new FakeClock();
    const events: string[] = [];
    const graph = graphOf({ a: {}, b: { requires: ['a'], policy: { breakpoint: true } } });
    const running = run(graph, {
      handlers: { Thing: () => undefined },
      executor: inProcess({ clock }),
      onEvent: ({ type }) => events.push(type),
    });
    await clock.runAll();
    expect(events.at(-1)).toBe('task-paused');
    expect(await running.clear('a')).toBe(false);
    expect(await running.clear('nothing')).toBe(false);
    expect(await running.clear('b')).toBe(true);
    expect(await running.clear('b')).toBe(false);
    expect((await running.result).status).toBe('COMPLETE');
  });

  it('does not keep a run that is aborted', async () => {
    const running = run(graphOf({ a: { policy: { breakpoint: true } } }), { handlers: { Thing: () => undefined } });
    await settle();
    running.abort();
    const { tasks } = await running.result;
    expect(tasks.get('a')).toEqual({ status: 'CANCELLED', attempts: 0 });
  });
});

describe('what is called of a handler', () => {
  const calls: string[] = [];
  const log =
    (method: string) =>
    ({ task }: TaskContext) =>
      void calls.push(`${method} ${task.id}`);
  const all = Object.fromEntries(
    ['create', 'update', 'delete', 'check', 'snapshotDelete'].map((method) => [method, log(method)]),
  );
  const ran = async (graph: Parameters<typeof run>[0], options: Partial<Parameters<typeof run>[1]> = {}) => {
    calls.length = 0;
    const result = await run(graph, { handlers: { Thing: all }, concurrency: 1, ...options }).result;
    return { ...result, calls: [...calls] };
  };

  it('follows the deletion policy', async () => {
    const graph = graphOf({
      plain: { action: 'DELETE' },
      kept: { action: 'DELETE', inputs: { deletion_policy: 'Retain' } },
      copied: { action: 'DELETE', inputs: { deletion_policy: 'Snapshot' } },
    });
    const { status, calls } = await ran(graph);
    expect([status, calls.sort()]).toEqual(['COMPLETE', ['delete plain', 'snapshotDelete copied']]);
    const missing = await ran(graph, { handlers: { Thing: { delete() {} } } });
    expect(missing.diagnostics.map(({ message }) => message)).toEqual([
      "The handler for 'Thing' cannot SNAPSHOT DELETE, which is needed for 'copied'.",
    ]);
    const nothing = graphOf({ kept: { action: 'DELETE', inputs: { deletion_policy: 'Retain' } } });
    expect((await ran(nothing, { handlers: {} })).status).toBe('COMPLETE');
  });

  it('leaves alone what has an external id', async () => {
    const { calls, tasks } = await ran(
      graphOf({
        made: { inputs: { external_id: 'theirs' } },
        user: { requires: ['made'], properties: fromPlain({ id: { get_resource: 'made' } }) },
        updated: { action: 'UPDATE', inputs: { external_id: 'theirs' } },
      }),
    );
    expect(calls.sort()).toEqual(['check made', 'create user']);
    expect(tasks.get('made')?.result?.physicalId).toBe('theirs');
    expect(tasks.get('updated')?.decision).toBe('unchanged');
    expect(tasks.inputs('user')).toEqual(new Map([['properties', new Map([['id', 'theirs']])]]));
  });

  it('is replace where update cannot do it, and only then there is something to clean up', async () => {
    const graph = graphOf({
      a: { action: 'UPDATE' },
      b: { action: 'UPDATE' },
      'a//cleanup': { name: 'a', action: 'CLEANUP', requires: ['a'] },
      'b//cleanup': { name: 'b', action: 'CLEANUP', requires: ['b'] },
    });
    const update = ({ task }: TaskContext) => {
      if (task.id === 'b') throw new UpdateReplace();
    };
    const thrown = await ran(graph, { handlers: { Thing: { ...all, update } } });
    expect(thrown.calls).toEqual(['create b', 'delete b//cleanup']);
    expect(thrown.tasks.get('b')).toMatchObject({ decision: 'replaced', attempts: 1 });
    const decided = await ran(graph, { decide: ({ id }) => (id === 'a' ? 'unchanged' : 'replaced') });
    expect(decided.calls).toEqual(['create b', 'delete b//cleanup']);
    expect(decided.tasks.get('a')?.decision).toBe('unchanged');
    const inPlace = await ran(graph);
    expect(inPlace.calls).toEqual(['update a', 'update b']);
  });
});
