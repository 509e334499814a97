import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import { MemoryJournal } from '../../src/journal/memory-journal.ts';
import type { HandlerReturn, TaskContext } from '../../src/run/handlers.ts';
import type { RunOptions } from '../../src/run/run.ts';
import { FakeClock } from '../executors/fake-clock.ts';
import { graphOf } from './graphs.ts';

const GRAPH = graphOf({
  net: {},
  port: { requires: ['net'] },
  volume: { inputs: { deletion_policy: 'Retain' }, requires: ['net'] },
  server: { requires: ['port', 'volume'] },
  dns: { requires: ['server'] },
});

function recorder(failing: string) {
  const calls: string[] = [];
  const note = ({ task, action, previous, inputs, idempotencyKey }: TaskContext) =>
    calls.push(
      `${action} ${task.id} ${previous?.physicalId ?? '-'} ${String(inputs.physical_id ?? '-')} ${idempotencyKey}`,
    );
  const Thing = {
    create(context: TaskContext) {
      if (context.task.id === failing) throw new Error('no quota');
      return { physicalId: `id-${context.task.id}` };
    },
    delete: (context: TaskContext) => void note(context),
  };
  return { calls, handlers: { Thing } };
}

describe('the rollback of a failed create', () => {
  it('deletes what was begun, in the opposite order, and keeps what is to be kept', async () => {
    const { calls, handlers } = recorder('server');
    const events: string[] = [];
    const { status, tasks, rollback } = await run(GRAPH, {
      handlers,
      onFailure: 'rollback',
      runId: 'r',
      concurrency: 1,
      onEvent: (event) =>
        events.push(
          'task' in event ? `${event.type} ${event.task}` : `${event.type} ${'runId' in event ? event.runId : ''}`,
        ),
    }).result;
    expect(status).toBe('FAILED');
    expect(tasks.get('net')?.status).toBe('COMPLETE');
    expect(rollback?.status).toBe('COMPLETE');
    expect(rollback?.runId).toBe('r/rollback');
    expect([...(rollback?.tasks.keys() ?? [])]).toEqual(['net', 'port', 'volume', 'server']);
    expect(calls).toEqual([
      'DELETE server - - r/rollback/server',
      'DELETE port id-port id-port r/rollback/port',
      'DELETE net id-net id-net r/rollback/net',
    ]);
    expect(events.filter((event) => !event.startsWith('task'))).toEqual([
      'run-started r',
      'rollback-started r/rollback',
      'run-finished r',
    ]);
    expect(events.indexOf('task-skipped dns')).toBeLessThan(events.indexOf('rollback-started r/rollback'));
  });

  it('is not for a run that succeeded, was aborted, or could not begin', async () => {
    const { calls, handlers } = recorder('nothing');
    const options: RunOptions = { handlers, onFailure: 'rollback' };
    expect((await run(GRAPH, options).result).rollback).toBeUndefined();
    expect((await run(GRAPH, { ...options, signal: AbortSignal.abort() }).result).rollback).toBeUndefined();
    const cycle = graphOf({ a: { requires: ['a2'] }, a2: { requires: ['a'] } });
    expect((await run(cycle, options).result).rollback).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it('needs handlers that delete, which is told before anything is created', async () => {
    let made = 0;
    const handlers = { Thing: { create: () => void made++ } };
    const { diagnostics } = await run(GRAPH, { handlers, onFailure: 'rollback' }).result;
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "The handler for 'Thing' cannot DELETE, which is needed for 'net', 'port', 'server' and 1 more.",
    ]);
    expect(made).toBe(0);
  });

  it('comes after the time of the run is over, too', async () => {
    const clock = new FakeClock();
    const { calls, handlers } = recorder('nothing');
    const create = ({ task, signal }: TaskContext) =>
      clock.sleep(600, signal).then(() => ({ physicalId: `id-${task.id}` }));
    const running = run(GRAPH, {
      handlers: { Thing: { ...handlers.Thing, create } },
      executor: inProcess({ clock }),
      onFailure: 'rollback',
      timeout: 1000,
      runId: 'r',
    });
    await clock.runAll();
    const { status, diagnostics, rollback, tasks } = await running.result;
    expect(status).toBe('FAILED');
    expect(diagnostics).toMatchObject([{ code: 'RUN_TIMED_OUT', message: 'The run was not done within 1000 ms.' }]);
    expect(tasks.get('port')?.status).toBe('CANCELLED');
    expect(rollback?.status).toBe('COMPLETE');
    expect(calls.map((call) => call.split(' ')[1])).toEqual(['port', 'net']);
  });

  it('is gone on with from the journal, until all is gone', async () => {
    const whole = new MemoryJournal();
    const options = { onFailure: 'rollback', runId: 'r', concurrency: 1 } as const;
    await run(GRAPH, { ...options, ...recorder('server'), journal: whole }).result;
    const records = [];
    for await (const record of whole.read()) records.push(record);
    const cut = new MemoryJournal();
    cut.append(
      records.slice(
        0,
        records.findIndex(({ of, type, task }) => of === 1 && type === 'ended' && task === 'server') + 1,
      ),
    );
    const { calls, handlers } = recorder('never called');
    const { rollback, failures } = await run(GRAPH, { ...options, handlers, journal: cut }).result;
    expect(rollback?.status).toBe('COMPLETE');
    expect(calls.map((call) => call.split(' ')[1])).toEqual(['port', 'net']);
    expect(failures).toMatchObject([{ task: 'server', message: 'no quota' }]);
  });
});

describe('what a handler made before it failed', () => {
  const deleted = async (create: (context: TaskContext) => HandlerReturn, journal?: MemoryJournal) => {
    const ids: unknown[] = [];
    const { tasks } = await run(graphOf({ a: {} }), {
      runId: 'r',
      handlers: {
        Thing: {
          create,
          checkCreate() {
            throw new Error('never active');
          },
          delete: ({ task, previous }: TaskContext) => void ids.push(task.inputs.physical_id, previous?.physicalId),
        },
      },
      onFailure: 'rollback',
      ...(journal && { journal }),
    }).result;
    return [tasks.get('a')?.error?.physicalId, ...ids];
  };

  it('is known by the id that it threw, and deleted by that', async () => {
    const create = () => {
      throw Object.assign(new Error('no quota'), { physicalId: 'half' });
    };
    expect(await deleted(create)).toEqual(['half', 'half', 'half']);
  });

  it('is known by the data that it polled', async () => {
    expect(await deleted(({ poll }) => poll({ physicalId: 7 }, 1))).toEqual(['7', '7', '7']);
  });

  it('is in the journal', async () => {
    const journal = new MemoryJournal();
    await deleted(({ poll }) => poll({ physicalId: 'half' }, 1), journal);
    const create = () => {
      throw new Error('it is not called');
    };
    expect((await deleted(create, new MemoryJournal(journal)))[0]).toBe('half');
  });

  it('is nothing where it does not say so', async () => {
    const create = () => {
      throw new Error('no');
    };
    expect(await deleted(create)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the rollback of anything else', () => {
  const graph = graphOf({ a: { action: 'UPDATE' } });
  const handlers = {
    Thing: {
      update({ idempotencyKey, previous }: TaskContext) {
        if (idempotencyKey === 'r/a') throw new Error('no');
        return { physicalId: `${previous?.physicalId} as it was` };
      },
    },
  };

  it('is what the caller says', async () => {
    const { status, rollback } = await run(graph, {
      handlers,
      onFailure: 'rollback',
      runId: 'r',
      previous: new Map([['a', { physicalId: 'new' }]]),
      rollback: ({ failures }) => ({
        graph: graphOf({ [failures[0]?.task ?? '']: { action: 'UPDATE' } }),
        previous: new Map([['a', { physicalId: 'old' }]]),
      }),
    }).result;
    expect([status, rollback?.status]).toEqual(['FAILED', 'COMPLETE']);
    expect(rollback?.tasks.get('a')?.result?.physicalId).toBe('old as it was');
  });

  it('has to be said before anything is done', async () => {
    const { diagnostics } = await run(graph, { handlers, onFailure: 'rollback' }).result;
    expect(diagnostics).toMatchObject([
      { code: 'ROLLBACK_MISSING', message: "There is no way back from 'a' (UPDATE)." },
    ]);
  });
});

describe('an executor', () => {
  it('knows a run by its id: submitted twice, it runs once', async () => {
    let calls = 0;
    const executor = inProcess();
    executor.startWorker({ Thing: () => void calls++ });
    const graph = graphOf({ a: {} });
    const [one, two] = await Promise.all([
      executor.submit({ runId: 'r', graph }),
      executor.submit({ runId: 'r', graph }),
    ]);
    expect(one).toBe(two);
    expect(await executor.attach('r')).toBe(one);
    expect(await executor.attach('other')).toBeUndefined();
    expect((await one.status()).status).toBe('IN_PROGRESS');
    const events: string[] = [];
    for await (const { type } of one.events()) events.push(type);
    expect(events).toEqual(['run-started', 'task-started', 'task-completed', 'run-finished']);
    expect((await one.result()).status).toBe('COMPLETE');
    expect(await two.status()).toMatchObject({ status: 'COMPLETE', tasks: { COMPLETE: 1, INIT: 0 } });
    expect(calls).toBe(1);
    await expect(executor.submit({ runId: 'r', graph: graphOf({ b: {} }) })).rejects.toMatchObject({
      diagnostics: [{ code: 'RUN_ID_TAKEN' }],
    });
    await executor.close();
    await expect(executor.submit({ runId: 's', graph })).rejects.toMatchObject({
      diagnostics: [{ code: 'EXECUTOR_CLOSED' }],
    });
  });

  it('keeps only some of the runs that are over', async () => {
    const executor = inProcess({ keep: 2 });
    const graph = graphOf({ a: {} });
    for (const runId of ['r1', 'r2', 'r3', 'r4']) {
      const handle = await executor.submit({ runId, graph, handlers: { Thing: () => undefined } });
      await handle.result();
    }
    await new Promise((resolve) => setImmediate(resolve));
    const found = await Promise.all(['r1', 'r2', 'r3', 'r4'].map((runId) => executor.attach(runId)));
    expect(found.map((handle) => handle?.runId)).toEqual([undefined, undefined, 'r3', 'r4']);
  });

  it('without handlers refuses', async () => {
    await expect(inProcess().submit({ runId: 'r', graph: graphOf({ a: {} }) })).rejects.toMatchObject({
      diagnostics: [{ code: 'HANDLERS_MISSING' }],
    });
  });

  it('that is closed aborts what it runs', async () => {
    const executor = inProcess();
    const Thing = ({ signal }: TaskContext) =>
      new Promise<undefined>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const running = run(graphOf({ a: {} }), { handlers: { Thing }, executor });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await executor.close();
    expect((await running.result).status).toBe('CANCELLED');
  });
});
