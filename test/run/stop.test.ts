import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { type RunGraphOptions, run } from '../../src/executors/run.ts';
import { MemoryJournal } from '../../src/journal/memory-journal.ts';
import type { TaskContext } from '../../src/run/handlers.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { graphOf } from './graphs.ts';

const GRAPH = graphOf({
  a: {},
  b: { policy: { retries: 1, retryDelay: 500 } },
  c: { requires: ['a'], policy: { waitAfter: 1000 } },
  d: { requires: ['c'] },
  e: { requires: ['a'], policy: { breakpoint: true } },
});

/** Each call takes 100 ms of virtual time; `b` fails when it is tried for the first time. */
function world(failing = 'nothing') {
  const clock = virtualClock();
  const calls: string[] = [];
  const Thing = async ({ task, attempt, action, signal }: TaskContext) => {
    calls.push(`${action} ${task.id} ${attempt} at ${clock.now()}`);
    await clock.sleep(100, signal);
    if (task.id === failing || (task.id === 'b' && attempt === 1)) throw new Error('no');
    return { physicalId: task.id };
  };
  const start = (options: Partial<RunGraphOptions> = {}) =>
    run(GRAPH, { runId: 'r', executor: inProcess({ clock }), handlers: { Thing }, ...options });
  return { clock, calls, start };
}

async function records(journal: MemoryJournal): Promise<string[]> {
  const found: string[] = [];
  for await (const { type, task, status } of journal.read()) found.push([type, task, status].filter(Boolean).join(' '));
  return found;
}

describe('a run that is stopped', () => {
  it('starts nothing more, and lets what is in progress end', async () => {
    const { clock, calls, start } = world();
    const running = start();
    await clock.drive(clock.sleep(50));
    const { status, tasks } = await clock.drive(running.stop());
    expect(status).toBe('CANCELLED');
    expect(calls).toEqual(['CREATE a 1 at 0', 'CREATE b 1 at 0']);
    expect(Array.from(tasks, ([id, { status, attempts }]) => `${id} ${status} ${attempts}`)).toEqual([
      'a COMPLETE 1',
      'b CANCELLED 1',
      'c CANCELLED 0',
      'd CANCELLED 0',
      'e CANCELLED 0',
    ]);
  });

  it('is COMPLETE when nothing was left to do', async () => {
    const clock = virtualClock();
    const Thing = () => clock.sleep(100).then(() => undefined);
    const running = run(graphOf({ a: {} }), { executor: inProcess({ clock }), handlers: { Thing } });
    await clock.drive(clock.sleep(50));
    expect((await clock.drive(running.stop())).status).toBe('COMPLETE');
    expect((await running.stop()).status).toBe('COMPLETE');
  });

  it('starts nothing at all when it had not begun', async () => {
    const { clock, calls, start } = world();
    expect((await clock.drive(start().stop())).status).toBe('CANCELLED');
    expect(calls).toEqual([]);
  });

  it('can be gone on with from its journal, from any instant', async () => {
    for (const ms of [0, 50, 150, 250, 400, 650, 1250, 1350]) {
      const journal = new MemoryJournal();
      const { clock, calls, start } = world();
      const running = start({ journal });
      await clock.drive(clock.sleep(ms));
      await clock.drive(running.stop());
      expect((await records(journal)).filter((one) => /aborted|finished|CANCELLED/.test(one))).toEqual([]);
      const again = start({ journal: new MemoryJournal(journal), executor: inProcess({ clock }) });
      await clock.drive(clock.sleep(3000));
      await again.clear('e');
      const { status, tasks } = await clock.drive(again.result);
      expect([ms, status, tasks.get('d')?.status]).toEqual([ms, 'COMPLETE', 'COMPLETE']);
      const done = calls.map((call) => call.replace(/ at .*/, ''));
      expect(done.toSorted()).toEqual([...new Set(done)].toSorted());
      expect(done).toContain('CREATE b 2');
    }
  });

  it('that is aborted after that can be gone on with as well: what was in flight is done again', async () => {
    const journal = new MemoryJournal();
    const { clock, calls, start } = world();
    const running = start({ journal });
    await clock.drive(clock.sleep(50));
    void running.stop();
    await clock.drive(clock.sleep(10));
    running.abort();
    expect((await clock.drive(running.result)).status).toBe('CANCELLED');
    expect(await records(journal)).toEqual(['run', 'started a', 'started b']);
    const again = start({ journal: new MemoryJournal(journal), executor: inProcess({ clock }) });
    await clock.drive(clock.sleep(3000));
    await again.clear('e');
    expect((await clock.drive(again.result)).status).toBe('COMPLETE');
    expect(calls.slice(0, 4)).toEqual(['CREATE a 1 at 0', 'CREATE b 1 at 0', 'CREATE a 1 at 60', 'CREATE b 1 at 60']);
  });

  it('after a failure is rolled back when it is gone on with, and not before', async () => {
    const journal = new MemoryJournal();
    const { clock, calls, start } = world('a');
    const options = { journal, onFailure: 'rollback' } as const;
    const running = start(options);
    await clock.drive(clock.sleep(150));
    const { status, rollback } = await clock.drive(running.stop());
    // `b` was to be tried once more.
    expect([status, rollback]).toEqual(['CANCELLED', undefined]);
    const again = start({ ...options, journal: new MemoryJournal(journal), executor: inProcess({ clock }) });
    const result = await clock.drive(again.result);
    expect(result.rollback?.tasks.has('b')).toBe(true);
    expect(calls.some((call) => call.startsWith('DELETE b'))).toBe(true);
  });
});
