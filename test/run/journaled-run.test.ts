import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { JournalRecord } from '../../src/journal/journal.ts';
import { MemoryJournal } from '../../src/journal/memory-journal.ts';
import type { TaskContext } from '../../src/run/handlers.ts';
import type { RunOptions } from '../../src/run/run.ts';
import { fromPlain } from '../../src/values/encode.ts';
import { FakeClock, settle } from '../executors/fake-clock.ts';
import { graphOf } from './graphs.ts';

async function contents(journal: MemoryJournal): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of journal.read()) records.push(record);
  return records;
}

/** What another process finds that resumes after the record at which `stopAt` is true. */
async function cutAfter(journal: MemoryJournal, stopAt: (record: JournalRecord) => boolean): Promise<MemoryJournal> {
  const records = await contents(journal);
  const cut = new MemoryJournal();
  cut.append(records.slice(0, records.findIndex(stopAt) + 1));
  return cut;
}

const CHAIN = graphOf({
  a: {},
  b: { requires: ['a'], properties: fromPlain({ id: { get_resource: 'a' } }) },
  c: { requires: ['b'] },
});

describe('a run with a journal', () => {
  it('tells it everything before it is done', async () => {
    const journal = new MemoryJournal();
    const seen: string[] = [];
    const Thing = async ({ task }: TaskContext) => {
      const last = (await contents(journal)).at(-1);
      seen.push(`${task.id}: ${last?.type} ${String(last?.task)}`);
      return { physicalId: `id-${task.id}` };
    };
    await run(CHAIN, { handlers: { Thing }, journal, runId: 'r' }).result;
    expect(seen).toEqual(['a: started a', 'b: started b', 'c: started c']);
    const records = await contents(journal);
    expect(records.map(({ type, task = '' }) => `${type} ${String(task)}`.trim())).toEqual([
      'run',
      'started a',
      'ended a',
      'started b',
      'ended b',
      'started c',
      'ended c',
      'finished',
    ]);
  });

  it('tells it together what ends in the same turn of the event loop, or while it is being told', async () => {
    class Slow extends MemoryJournal {
      readonly batches: string[] = [];
      // oxlint-disable-next-line typescript/no-misused-promises -- runs wait for what a store gives them
      override append(records: readonly JournalRecord[]): PromiseLike<void> {
        this.batches.push(records.map(({ type, task = '' }) => `${type} ${String(task)}`.trim()).join(', '));
        super.append(records);
        return new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    const journal = new Slow();
    const graph = graphOf({ a: {}, b: {}, c: {}, last: { requires: ['a', 'b', 'c'] } });
    let release: () => void = () => undefined;
    const together = new Promise<void>((resolve) => {
      release = resolve;
    });
    const Thing = ({ task }: TaskContext) => {
      if (task.id === 'c') setTimeout(release, 5);
      return task.id === 'last' ? undefined : together;
    };
    await run(graph, { handlers: { Thing }, journal, runId: 'r' }).result;
    expect(journal.batches).toEqual([
      'run, started a, started b, started c',
      'ended a, ended b, ended c, started last',
      'ended last, finished',
    ]);
  });

  it('is gone on with: what is complete is not done again, what was in flight has its key', async () => {
    const journal = new MemoryJournal();
    const Thing = ({ task }: TaskContext) => ({ physicalId: `id-${task.id}` });
    await run(CHAIN, { handlers: { Thing }, journal, runId: 'r' }).result;
    const cut = await cutAfter(journal, ({ type, task }) => type === 'started' && task === 'b');
    const calls: unknown[] = [];
    const events: unknown[] = [];
    const again = ({ task, idempotencyKey, attempt, properties, requires }: TaskContext) => {
      calls.push([idempotencyKey, attempt, properties, requires.get('a')?.physicalId]);
      return { physicalId: `id-${task.id}` };
    };
    const options: RunOptions = {
      handlers: { Thing: again },
      journal: cut,
      runId: 'r',
      onEvent: (event) => event.type === 'run-started' && events.push(event.resumed),
    };
    const { status, tasks } = await run(CHAIN, options).result;
    expect(status).toBe('COMPLETE');
    expect(calls).toEqual([
      ['r/b', 1, { id: 'id-a' }, 'id-a'],
      ['r/c', 1, {}, undefined],
    ]);
    expect(tasks.get('a')?.result?.physicalId).toBe('id-a');
    expect(events).toEqual([1]);
  });

  it('that is over gives its result again, and calls nothing', async () => {
    const journal = new MemoryJournal();
    const graph = graphOf({ a: {}, b: { requires: ['a'] }, c: {} });
    const Thing = ({ task }: TaskContext) => {
      if (task.id === 'a') throw new Error('no quota');
    };
    const options = { journal, runId: 'r', onFailure: 'continue' } as const;
    const first = await run(graph, { ...options, handlers: { Thing } }).result;
    const size = journal.size;
    let calls = 0;
    const second = await run(graph, { ...options, handlers: { Thing: () => void calls++ } }).result;
    expect([calls, journal.size]).toEqual([0, size]);
    const { thrown: _, ...failure } = first.failures[0] ?? { thrown: 0 };
    expect(second.failures).toEqual([failure]);
    expect(second.status).toBe('FAILED');
    expect([...second.tasks].map(([id, { status, cause }]) => [id, status, cause])).toEqual([
      ['a', 'FAILED', undefined],
      ['b', 'SKIPPED', 'a'],
      ['c', 'COMPLETE', undefined],
    ]);
  });

  it('repeats a poll, never what began the work', async () => {
    const journal = new MemoryJournal();
    const calls: unknown[] = [];
    const Thing = {
      create: ({ poll }: TaskContext) => {
        calls.push('create');
        return poll({ id: 7n }, 10);
      },
      checkCreate: ({ polled, poll }: TaskContext) => {
        calls.push(polled);
        return polled?.count === 2 ? undefined : poll(polled?.data, 10);
      },
    };
    const options: RunOptions = { handlers: { Thing }, runId: 'r' };
    await run(graphOf({ a: {} }), { ...options, journal }).result;
    expect(calls).toEqual(['create', { data: { id: 7 }, count: 1 }, { data: { id: 7 }, count: 2 }]);
    const cut = await cutAfter(journal, ({ type }) => type === 'polling');
    calls.length = 0;
    expect((await run(graphOf({ a: {} }), { ...options, journal: cut }).result).status).toBe('COMPLETE');
    expect(calls).toEqual([
      { data: { id: 7 }, count: 1 },
      { data: { id: 7 }, count: 2 },
    ]);
  });

  it('goes on with attempts where they were, and stays aborted', async () => {
    const journal = new MemoryJournal();
    const graph = graphOf({ a: { policy: { retries: 3 } } });
    const attempts: number[] = [];
    const Thing = ({ attempt }: TaskContext) => {
      attempts.push(attempt);
      if (attempt < 3) throw new Error('not yet');
    };
    await run(graph, { handlers: { Thing }, journal, runId: 'r' }).result;
    const cut = await cutAfter(journal, ({ type, attempt }) => type === 'retrying' && attempt === 1);
    attempts.length = 0;
    await run(graph, { handlers: { Thing }, journal: cut, runId: 'r' }).result;
    expect(attempts).toEqual([2, 3]);

    const aborted = new MemoryJournal();
    const clock = new FakeClock();
    const never = () => new Promise<undefined>(() => {});
    const running = run(graph, {
      handlers: { Thing: never },
      journal: aborted,
      runId: 'r',
      executor: inProcess({ clock }),
    });
    await settle();
    running.abort();
    await settle();
    const resumed = await run(graph, { handlers: { Thing }, journal: new MemoryJournal(aborted), runId: 'r' }).result;
    expect(resumed.status).toBe('CANCELLED');
    expect(attempts).toEqual([2, 3]);
  });

  it('remembers a breakpoint that was cleared', async () => {
    const journal = new MemoryJournal();
    const graph = graphOf({ a: { policy: { breakpoint: true, waitBefore: 5 } } });
    const clock = new FakeClock();
    const options: RunOptions = { handlers: { Thing: () => undefined }, runId: 'r' };
    const running = run(graph, { ...options, journal, executor: inProcess({ clock }) });
    await settle();
    await running.clear('a');
    const resumed = await run(graph, { ...options, journal: new MemoryJournal(journal) }).result;
    expect(resumed.status).toBe('COMPLETE');
  });

  it('is refused with the journal of another run or another graph', async () => {
    const journal = new MemoryJournal();
    const handlers = { Thing: () => undefined };
    await run(CHAIN, { handlers, journal, runId: 'r' }).result;
    const codes = async (graph: TaskGraph, runId: string) =>
      (await run(graph, { handlers, journal, runId }).result).diagnostics.map(({ code }) => code);
    expect(await codes(CHAIN, 'other')).toEqual(['JOURNAL_OF_ANOTHER_RUN']);
    const policies = graphOf({
      a: { policy: { retries: 5, timeout: 9 } },
      b: {
        requires: ['a'],
        properties: fromPlain({ id: { get_resource: 'a' } }),
        place: { source: 't', line: 2, column: 1 },
      },
      c: { requires: ['b'] },
    });
    expect(await codes(policies, 'r')).toEqual([]);
    for (const change of [
      { c: { requires: ['b', 'a'] } },
      { c: { requires: ['b'], action: 'DELETE' } },
      { c: { requires: ['b'], properties: fromPlain({ x: 1 }) } },
      { d: {} },
    ]) {
      const b = { requires: ['a'], properties: fromPlain({ id: { get_resource: 'a' } }) };
      expect(await codes(graphOf({ a: {}, b, c: { requires: ['b'] }, ...change }), 'r')).toEqual([
        'JOURNAL_OF_ANOTHER_GRAPH',
      ]);
    }
    const broken = new MemoryJournal();
    broken.append([{ type: 'run', version: 99 }]);
    expect((await run(CHAIN, { handlers, journal: broken }).result).diagnostics).toMatchObject([
      { code: 'JOURNAL_UNREADABLE' },
    ]);
  });

  it('that cannot be written is given up', async () => {
    const journal = new MemoryJournal();
    let left = 2;
    journal.append = () => {
      if (left-- === 0) throw new Error('disk full');
    };
    let calls = 0;
    const { status, diagnostics } = await run(CHAIN, { handlers: { Thing: () => void calls++ }, journal }).result;
    expect([status, calls]).toEqual(['FAILED', 2]);
    expect(diagnostics).toMatchObject([{ code: 'JOURNAL_FAILED', message: expect.stringContaining('disk full') }]);
  });

  it('has no hidden values in it, and the results have them again', async () => {
    const secrets = new Map([
      ['password', 'geheim!"x'],
      ['pin', fromPlain(4711)],
    ]);
    const graph = graphOf(
      { a: {}, b: { requires: ['a'], properties: fromPlain({ x: { get_attr: ['a', 'all'] } }) } },
      secrets,
    );
    const all = { 'geheim!"x': ['at geheim!"x', 4711, 12, 'url geheim!%22x \uE0F0 4711'], $map: 1 };
    const journal = new MemoryJournal();
    const seen: unknown[] = [];
    const Thing = ({ task, properties }: TaskContext) => {
      if (task.id === 'a') return { attributes: { all } };
      seen.push(properties.x);
      return undefined;
    };
    const sealed: unknown[] = [];
    const journalCodec = {
      seal: (data: never) => {
        sealed.push(data);
        return { s: data };
      },
      open: ({ s }: { s: never }) => s,
    } as unknown as NonNullable<RunOptions['journalCodec']>;
    await run(graph, { handlers: { Thing }, journal, journalCodec, runId: 'r' }).result;
    expect(sealed).toHaveLength(2);
    const text = JSON.stringify(await contents(journal));
    expect(text).not.toMatch(/geheim|4711/);
    const cut = await cutAfter(journal, ({ type, task }) => type === 'started' && task === 'b');
    await run(graph, { handlers: { Thing }, journal: cut, journalCodec, runId: 'r' }).result;
    expect(seen).toEqual([all, all]);
  });
});
