import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { type Faults, runViolations, type SimulateOptions, simulate } from '../../src/testing/index.ts';
import { graphOf, graphOfEdges } from '../run/graphs.ts';
import { arbitraryGraph } from './arbitrary-graphs.ts';

const part = (most: number): fc.Arbitrary<number> => fc.nat(100).map((n) => (n / 100) * most);

const faults: fc.Arbitrary<Faults> = fc.record(
  {
    failures: part(0.3),
    terminal: part(0.1),
    slow: part(0.3),
    hangs: part(0.05),
    workerLoss: part(0.2),
    polled: part(0.6),
    repeated: part(0.3),
    crashes: part(0.2),
    abortAt: fc.nat(300_000),
    stopAt: fc.nat(300_000),
  },
  { requiredKeys: [] },
);

const settings: fc.Arbitrary<SimulateOptions & { readonly concurrency: number }> = fc.record(
  {
    seed: fc.nat(),
    concurrency: fc.integer({ min: 1, max: 8 }),
    onFailure: fc.constantFrom('stop' as const, 'continue' as const),
    grace: fc.nat(30_000),
    faults,
  },
  { requiredKeys: ['seed', 'concurrency', 'faults'] },
);

// A task that hangs and has no timeout would wait for ever.
const withTimeouts = (graph: TaskGraph): TaskGraph =>
  graphOfEdges(
    graph.size,
    [...graph.edges()].map(({ requirer, required }) => [requirer, required] as const),
    graph.tasks.map(({ policy }) => ({ timeout: 500_000, ...policy })),
  );

describe('a simulated run, whatever is done to it', () => {
  test('keeps the promises of a run, and comes to an end', () => {
    fc.assert(
      fc.property(arbitraryGraph(30).map(withTimeouts), settings, (graph, options) => {
        const { result, events } = simulate(graph, options);
        expect(runViolations(graph, events, options.concurrency)).toEqual([]);
        expect(result.status).not.toBe('IN_PROGRESS');
      }),
      { numRuns: 1000 },
    );
  });

  test('is the same again, to the last event', () => {
    fc.assert(
      fc.property(arbitraryGraph(20), settings, (graph, options) => {
        const bounded = { timeout: 10_000_000, ...options };
        const first = simulate(graph, bounded);
        const again = simulate(graph, bounded);
        expect(again.events).toEqual(first.events);
        expect(again.faults).toEqual(first.faults);
        expect([...again.result.tasks]).toEqual([...first.result.tasks]);
      }),
      { numRuns: 200 },
    );
  });

  test('ends as one that did not crash and was not stopped, where no time runs out', () => {
    const policy = fc.record({ retries: fc.nat(2), retryDelay: fc.nat(1000), waitAfter: fc.nat(1000) });
    fc.assert(
      fc.property(
        arbitraryGraph(30, policy),
        fc.record({ failures: part(0.3), workerLoss: part(0.2), polled: part(0.5), repeated: part(0.3) }),
        fc.nat(),
        // With thirty tasks at once, more crashes than that would leave no life long enough to get anywhere.
        fc.oneof(part(0.1), fc.array(fc.nat(100), { maxLength: 10 })),
        fc.nat(200_000),
        (graph, faults, seed, crashes, stopAt) => {
          const options = { seed, onFailure: 'continue' as const };
          const undisturbed = simulate(graph, { ...options, faults });
          const { result } = simulate(graph, { ...options, faults: { ...faults, crashes, stopAt } });
          // Which of two failures came first may change with time.
          const ends = ({ tasks }: typeof result) =>
            Array.from(tasks, ([id, { status, attempts }]) => [id, status, attempts]);
          expect(ends(result)).toEqual(ends(undisturbed.result));
          expect(result.status).toBe(undisturbed.result.status);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a crash at each record of a run in turn, before and after it is written', () => {
  const graph = graphOf({
    a: {},
    b: { requires: ['a'], policy: { retries: 2, retryDelay: 1000, waitAfter: 500 } },
    c: { requires: ['a'], policy: { breakpoint: true, waitBefore: 100 } },
    d: { requires: ['b', 'c'] },
    e: { requires: ['d'] },
  });
  const faults = { failures: 0.4, polled: 0.5 };

  test.each([1, 2, 3, 4, 5, 6])('seed %j', (seed) => {
    const options = { seed, onFailure: 'continue' as const };
    const undisturbed = simulate(graph, { ...options, faults });
    expect(undisturbed.records).toBeGreaterThan(5);
    for (let record = 0; record < undisturbed.records; record++) {
      const run = simulate(graph, { ...options, faults: { ...faults, crashes: [record] } });
      expect(run.faults.filter(({ kind }) => kind === 'crash')).toMatchObject([{ record }]);
      expect(runViolations(graph, run.events)).toEqual([]);
      expect([...run.result.tasks]).toEqual([...undisturbed.result.tasks]);
    }
  });
});

describe('faults', () => {
  const chain = graphOfEdges(
    50,
    Array.from({ length: 49 }, (_, i) => [i + 1, i] as const),
  );

  test('none: every task completes after as long as its durations say', () => {
    const { result, virtualTime, faults } = simulate(chain, { durations: () => 3_600_000 });
    expect({ status: result.status, virtualTime, faults }).toEqual({
      status: 'COMPLETE',
      virtualTime: 50 * 3_600_000,
      faults: [],
    });
  });

  test('failures end in retries, or in a failed task', () => {
    const { result, faults } = simulate(graphOf({ a: { policy: { retries: 1 } } }), { faults: { failures: 1 } });
    expect(result.tasks.get('a')).toMatchObject({ status: 'FAILED', attempts: 2 });
    expect(result.failures).toMatchObject([{ task: 'a', message: "simulated failure of 'a', attempt 2" }]);
    expect(faults.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['failure', 1],
      ['failure', 2],
    ]);
  });

  test('a terminal failure is not tried again', () => {
    const { result } = simulate(graphOf({ a: { policy: { retries: 5 } } }), { faults: { terminal: 1 } });
    expect(result.tasks.get('a')?.attempts).toBe(1);
  });

  test('slowness takes ten times as long', () => {
    expect(simulate(graphOf({ a: {} }), { durations: [100, 100], faults: { slow: 1 } }).virtualTime).toBe(1000);
  });

  test('what hangs ends by its timeout, or with the run, or never', () => {
    const timed = simulate(graphOf({ a: { policy: { timeout: 7000 } } }), { faults: { hangs: 1 } });
    expect(timed.result.failures).toMatchObject([{ code: 'TASK_TIMED_OUT' }]);
    expect(timed.virtualTime).toBe(7000);
    const ofRun = simulate(graphOf({ a: {} }), { timeout: 5000, grace: 1000, faults: { hangs: 1 } });
    expect(ofRun.result.status).toBe('FAILED');
    expect(ofRun.virtualTime).toBeLessThanOrEqual(6000);
    expect(simulate(graphOf({ a: {} }), { faults: { hangs: 1 } }).result.status).toBe('IN_PROGRESS');
  });

  test('a worker that is gone is noticed later, and its attempt made again', () => {
    const { result, events, virtualTime } = simulate(graphOf({ a: { policy: { retries: 1000 } } }), {
      durations: [100, 100],
      faults: { workerLoss: 0.9, noticedAfter: 5000 },
    });
    expect(result.status).toBe('COMPLETE');
    const lost = events.filter(({ type }) => type === 'task-retrying');
    expect(lost[0]).toMatchObject({ message: "the worker of 'a' is gone, attempt 1" });
    expect(virtualTime).toBeGreaterThan(5000 * lost.length);
  });

  test('work that is polled is never begun again, crash or not', () => {
    const { result, events } = simulate(graphOf({ a: {} }), {
      durations: [600_000, 600_000],
      faults: { polled: 1, crashes: 0.3 },
    });
    expect(result.status).toBe('COMPLETE');
    const types = events.map(({ type }) => type);
    expect(types.lastIndexOf('task-started')).toBeLessThan(types.indexOf('task-polling'));
    expect(types.filter((type) => type === 'run-started').length).toBeGreaterThan(1);
  });

  test('a run that crashes at every record is given up, and says that it is not over', () => {
    const { result, faults } = simulate(graphOf({ a: {} }), { faults: { crashes: 1 } });
    expect(result.status).toBe('IN_PROGRESS');
    expect(faults.filter(({ kind }) => kind === 'crash')).toHaveLength(10_000);
  });

  test('an abort leaves what does not listen its grace time', () => {
    const graph = graphOfEdges(40, []);
    const { result, virtualTime } = simulate(graph, {
      concurrency: 40,
      durations: [100_000, 100_000],
      grace: 9000,
      faults: { abortAt: 1000 },
    });
    expect(result.status).toBe('CANCELLED');
    expect(virtualTime).toBe(10_000);
    expect([...result.tasks.values()].every(({ status }) => status === 'CANCELLED')).toBe(true);
  });

  test('one fault more changes nothing about what befalls other attempts', () => {
    const graph = graphOfEdges(60, []);
    const failed = (faults: Faults) =>
      simulate(graph, { onFailure: 'continue', faults }).result.failures.map(({ task }) => task);
    const few = failed({ failures: 0.2 });
    expect(few.length).toBeGreaterThan(3);
    expect(failed({ failures: 0.2, slow: 0.5, repeated: 1, polled: 0.5 })).toEqual(few);
    expect(failed({ failures: 0.4 })).toEqual(expect.arrayContaining(few));
  });
});

test('a graph with a cycle, and a limit that is none, are refused', () => {
  const cycle = graphOfEdges(2, [
    [0, 1],
    [1, 0],
  ]);
  expect(() => simulate(cycle)).toThrow(RangeError);
  expect(() => simulate(graphOf({ a: {} }), { concurrency: 0 })).toThrow(RangeError);
});
