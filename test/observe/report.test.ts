import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRunReport } from '../../src/observe/format-report.ts';
import { runReport } from '../../src/observe/report.ts';
import { simulate } from '../../src/testing/index.ts';
import { graphOf } from '../run/graphs.ts';
import { arbitraryGraph } from '../testing/arbitrary-graphs.ts';
import { begun, completed, eventsAt, failed, finished, retrying, skipped, started } from './recorder.ts';

const DIAMOND = graphOf({ a: {}, b: { requires: ['a'] }, c: { requires: ['a'] }, d: { requires: ['b', 'c'] } });

const RUN = eventsAt(
  [0, started(4)],
  [10, begun('a')],
  [110, completed('a')],
  [110, begun('b')],
  [130, begun('c')],
  [160, retrying('b', 1, 'no quota')],
  [200, completed('c')],
  [210, begun('b', 2)],
  [400, completed('b', 2)],
  [450, begun('d')],
  [1000, completed('d')],
  [1001, finished('COMPLETE')],
);

describe('the report of a run', () => {
  const report = runReport(DIAMOND, RUN);

  test('says how it ended, when, and how many tasks are where', () => {
    expect(report).toMatchObject({ runId: 'r', status: 'COMPLETE', startedAt: 1_700_000_000_000, duration: 1001 });
    expect(report.counts).toEqual({ INIT: 0, IN_PROGRESS: 0, COMPLETE: 4, FAILED: 0, SKIPPED: 0, CANCELLED: 0 });
  });

  test('says of each task how long it waited, ran, and paused between attempts', () => {
    expect(report.tasks[1]).toEqual({
      task: 'b',
      type: 'Thing',
      action: 'CREATE',
      status: 'COMPLETE',
      attempts: 2,
      ready: 110,
      started: 110,
      ended: 400,
      waiting: 0,
      running: 240,
      backoff: 50,
    });
    expect(report.tasks[2]).toMatchObject({ task: 'c', ready: 110, waiting: 20, running: 70, backoff: 0 });
    expect(report.tasks[3]).toMatchObject({ task: 'd', ready: 400, waiting: 50 });
  });

  test('follows the critical path as it was, by what ended last', () => {
    expect(report.criticalPath).toEqual({
      duration: 1000,
      waiting: 60,
      steps: [
        { task: 'a', waited: 10, took: 100 },
        { task: 'b', waited: 0, took: 290 },
        { task: 'd', waited: 50, took: 550 },
      ],
    });
  });

  test('names the slowest first, and every retry', () => {
    expect(report.slowest).toEqual(['d', 'b', 'a', 'c']);
    expect(report.retries).toEqual([{ task: 'b', attempt: 1, at: 160, message: 'no quota' }]);
  });

  test('counts what ran at once', () => {
    expect(report.concurrency.most).toBe(2);
    expect(report.concurrency.steps.slice(0, 5)).toEqual([
      { at: 10, running: 1 },
      { at: 110, running: 1 },
      { at: 130, running: 2 },
      { at: 160, running: 1 },
      { at: 200, running: 0 },
    ]);
    expect(report.concurrency.mean).toBeCloseTo((100 + 50 + 70 + 190 + 550) / 1001);
  });

  test('is JSON data', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('reads well', () => {
    expect(formatRunReport(report)).toBe(`Run r: COMPLETE after 1.0 s. 4 tasks: 4 complete.

Critical path: 3 tasks, 1.0 s (100 % of the run), 60 ms of it waiting.
  waited    took  task  type
   10 ms  100 ms  a     Thing
    0 ms  290 ms  b     Thing
   50 ms  550 ms  d     Thing

Slowest:
     ran  waited  attempts  task  type
  550 ms   50 ms         1  d     Thing
  240 ms    0 ms         2  b     Thing
  100 ms   10 ms         1  a     Thing
   70 ms   20 ms         1  c     Thing

1 retry of 1 task:
  160 ms  attempt 1  b  no quota

Running at once: 2 at most, 1.0 on average.
  |▂▄▄▄▄▄▄▅█▇▄▄▂▄▄▄▄▄▄▄▄▄▄▄  ▁▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄| 1.0 s
`);
  });
});

describe('a run that is not told from beginning to end', () => {
  test('that failed: what did not run says why', () => {
    const events = eventsAt(
      [0, started(4)],
      [0, begun('a')],
      [50, failed('a', 1, 'no such image')],
      [50, skipped('b', 'a')],
      [50, skipped('c', 'a')],
      [50, skipped('d', 'a')],
      [50, finished('FAILED')],
    );
    const report = runReport(DIAMOND, events);
    expect(report.tasks[0]).toMatchObject({ status: 'FAILED', running: 50, error: 'no such image' });
    expect(report.tasks[3]).toEqual({
      task: 'd',
      type: 'Thing',
      action: 'CREATE',
      status: 'SKIPPED',
      attempts: 0,
      ended: 50,
      waiting: 0,
      running: 0,
      backoff: 0,
      cause: 'a',
    });
    expect(report.criticalPath.steps).toEqual([{ task: 'a', waited: 0, took: 50 }]);
  });

  test('that goes on: up to now', () => {
    const report = runReport(DIAMOND, RUN.slice(0, 5));
    expect(report).toMatchObject({ status: 'IN_PROGRESS', duration: 130 });
    expect(report.tasks.map(({ status }) => status)).toEqual(['COMPLETE', 'IN_PROGRESS', 'IN_PROGRESS', 'INIT']);
    expect(report.criticalPath.steps.map(({ task }) => task)).toEqual(['a', 'b']);
    expect(formatRunReport(report)).toMatch(
      /^Run r: in progress since 130 ms\. 4 tasks: 1 init, 2 in progress, 1 complete\./,
    );
  });

  test('that was resumed: what was complete before took no time', () => {
    const events = eventsAt([0, { ...started(4), resumed: 3 } as never], [5, begun('d')], [9, completed('d')]);
    expect(runReport(DIAMOND, events).tasks[3]).toMatchObject({ ready: 0, waiting: 5, running: 4 });
  });

  test('that was rolled back: tasks of the other graph are not mixed up with its own', () => {
    const events = eventsAt(
      [0, started(4)],
      [0, begun('a')],
      [50, failed('a', 1, 'x')],
      [60, { type: 'rollback-started', runId: 'r', tasks: 1 }],
      [60, begun('a')],
      [90, completed('a')],
      [90, finished('FAILED')],
    );
    const report = runReport(DIAMOND, events);
    expect(report.tasks[0]).toMatchObject({ status: 'FAILED', ended: 50 });
    expect(report).toMatchObject({ rollbackStarted: 60, duration: 90 });
    expect(formatRunReport(report)).toContain('After 60 ms it failed and was rolled back');
  });

  test('by one who was too slow: the report says so', () => {
    const report = runReport(DIAMOND, [...RUN.slice(0, 3), { type: 'events-lost', at: RUN[3]?.at ?? 0, count: 7 }]);
    expect(report.eventsLost).toBe(7);
    expect(formatRunReport(report)).toContain('7 events were lost');
  });

  test('by a clock that was put back: nothing ends before it began', () => {
    const report = runReport(graphOf({ a: {} }), eventsAt([0, started(1)], [900, begun('a')], [300, completed('a')]));
    expect(report.tasks[0]).toMatchObject({ started: 900, ended: 900, running: 0 });
  });

  test('with no event at all', () => {
    expect(formatRunReport(runReport(DIAMOND, []))).toBe('Run : in progress since 0 ms. 4 tasks: 4 init.\n');
  });
});

test('names and messages cannot steer the terminal', () => {
  const id = '__proto__\u001b[31m\n';
  const graph = graphOf({ [id]: {} });
  const events = eventsAt([0, started(1)], [0, begun(id)], [9, retrying(id, 1, 'a\nb\u001b[2J')], [20, begun(id, 2)]);
  expect(formatRunReport(runReport(graph, events))).not.toMatch(/(?!\n)\p{Cc}|a\nb/u);
});

describe('of any run', () => {
  const runs = fc
    .tuple(arbitraryGraph(25), fc.nat(), fc.integer({ min: 1, max: 5 }))
    .map(([graph, seed, concurrency]) => ({
      graph,
      concurrency,
      run: simulate(graph, {
        seed,
        concurrency,
        timeout: 3_600_000,
        faults: { failures: 0.2, slow: 0.1, polled: 0.2 },
      }),
    }));

  test('the critical path adds up to when the last task ended, and follows edges', () => {
    fc.assert(
      fc.property(runs, ({ graph, run }) => {
        const { criticalPath, tasks } = runReport(graph, run.events);
        const sum = criticalPath.steps.reduce((sum, { waited, took }) => sum + waited + took, 0);
        const ends = tasks.flatMap(({ started, ended }) => (started === undefined ? [] : [ended ?? 0]));
        expect(sum).toBe(Math.max(0, ...ends));
        expect(criticalPath.duration).toBe(sum);
        for (const [i, { task, waited }] of criticalPath.steps.entries()) {
          expect(waited).toBeGreaterThanOrEqual(0);
          const before = criticalPath.steps[i - 1];
          if (before !== undefined) expect(graph.hasEdge(graph.indexOf(task), graph.indexOf(before.task))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('times of tasks and concurrency tell the same', () => {
    fc.assert(
      fc.property(runs, ({ graph, run }) => {
        const report = runReport(graph, run.events);
        const running = report.tasks.reduce((sum, { running }) => sum + running, 0);
        expect(report.concurrency.mean * report.duration).toBeCloseTo(running, 3);
        expect(report.duration).toBe(run.virtualTime);
        for (const { waiting, running, backoff, started, ended } of report.tasks) {
          expect(Math.min(waiting, running, backoff)).toBeGreaterThanOrEqual(0);
          if (started !== undefined && ended !== undefined) expect(running + backoff).toBeCloseTo(ended - started);
        }
      }),
      { numRuns: 200 },
    );
  });
});
