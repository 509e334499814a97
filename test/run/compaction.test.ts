import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import { MemoryJournal } from '../../src/journal/memory-journal.ts';
import type { TaskContext } from '../../src/run/handlers.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { graphOf } from './graphs.ts';

describe('a journal that grows with time', () => {
  it('is written anew now and then, with the last that is known of each task', async () => {
    const clock = virtualClock();
    const executor = inProcess({ clock });
    const journal = new MemoryJournal();
    let compactions = 0;
    let most = 0;
    const compact = journal.compact.bind(journal);
    journal.compact = (records) => {
      compactions++;
      most = Math.max(most, journal.size);
      compact(records);
    };
    const graph = graphOf({ before: {}, slow: { requires: ['before'] }, after: { requires: ['slow'] } });
    const Thing = {
      create: ({ task, poll }: TaskContext) => (task.id === 'slow' ? poll(0, 0) : { physicalId: task.id }),
      checkCreate: ({ poll, polled }: TaskContext) =>
        polled?.count === 220_000 ? { physicalId: 'slow' } : poll(polled?.count, 0),
    };
    const options = { handlers: { Thing }, executor, journal, runId: 'r' };
    const { status } = await clock.drive(run(graph, options).result);
    expect(status).toBe('COMPLETE');
    expect(compactions).toBe(2);
    expect(most).toBeLessThan(101_000);
    const again = run(graph, { handlers: { Thing: () => undefined }, journal: new MemoryJournal(journal), runId: 'r' });
    const { tasks } = await again.result;
    expect(Array.from(tasks, ([, { result }]) => result?.physicalId)).toEqual(['before', 'slow', 'after']);
  });
});
