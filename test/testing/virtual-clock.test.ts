import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { runViolations, simulatedHandlers, virtualClock } from '../../src/testing/index.ts';
import { graphOf } from '../run/graphs.ts';
import { arbitraryGraph } from './arbitrary-graphs.ts';

describe('a virtual clock', () => {
  test('calls timers in order of time, those of one instant in the order in which they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean()), { maxLength: 200 }), (timers) => {
        const clock = virtualClock(1000);
        const called: [at: number, number: number][] = [];
        const cancels = timers.map(([ms], number) => clock.after(ms, () => called.push([clock.now(), number])));
        for (const [number, [, cancelled]] of timers.entries()) if (cancelled) cancels[number]?.();
        expect(clock.waiting).toBe(timers.filter(([, cancelled]) => !cancelled).length);
        while (clock.step());
        const expected = timers.flatMap(([ms, cancelled], number) => (cancelled ? [] : [[1000 + ms, number] as const]));
        expect(called).toEqual(expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
        expect(clock.waiting).toBe(0);
      }),
    );
  });

  test('a timer that was called or cancelled cannot be cancelled', () => {
    const clock = virtualClock();
    const cancel = clock.after(1, () => {});
    clock.step();
    cancel();
    expect(clock.waiting).toBe(0);
    const other = clock.after(1, () => {});
    other();
    other();
    expect(clock.waiting).toBe(0);
    expect(clock.step()).toBe(false);
  });

  test('sleep ends by time or by signal, and leaves no timer', async () => {
    const clock = virtualClock();
    await clock.drive(clock.sleep(3_600_000));
    expect(clock.now()).toBe(3_600_000);
    await expect(clock.sleep(5, AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    const controller = new AbortController();
    const sleeping = clock.sleep(5, controller.signal);
    controller.abort(new Error('stop'));
    await expect(sleeping).rejects.toThrow('stop');
    expect(clock.waiting).toBe(0);
  });

  test('drive gives what the promise gives, also its rejection', async () => {
    const clock = virtualClock();
    await expect(clock.drive(clock.sleep(5).then(() => 'done'))).resolves.toBe('done');
    await expect(clock.drive(clock.sleep(5).then(() => Promise.reject(new Error('broken'))))).rejects.toThrow('broken');
  });
});

describe('the executor of this process on virtual time', () => {
  test('runs hours in no time, the same every time', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryGraph(15), fc.nat(), async (graph, seed) => {
        const carryOut = async () => {
          const clock = virtualClock();
          const events: RunEvent[] = [];
          const running = run(graph, {
            handlers: simulatedHandlers({
              seed,
              delay: [60_000, 3_600_000],
              failures: { rate: 0.1, attempts: 1 },
              sleep: clock.sleep,
            }),
            executor: inProcess({ clock }),
            runId: 'same',
            onEvent(event) {
              events.push(event);
              // Somebody clears it an hour later.
              if (event.type === 'task-paused') clock.after(3_600_000, () => void running.clear(event.task));
            },
          });
          const { status } = await clock.drive(running.result);
          return { status, events, time: clock.now() };
        };
        const first = await carryOut();
        expect(runViolations(graph, first.events, 10)).toEqual([]);
        expect(await carryOut()).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });

  test('time passes only while all wait for it', async () => {
    const clock = virtualClock();
    const graph = graphOf({ a: {}, b: { requires: ['a'] } });
    const result = await clock.drive(
      run(graph, {
        handlers: simulatedHandlers({ delay: [1000, 1000], sleep: clock.sleep }),
        executor: inProcess({ clock }),
      }).result,
    );
    expect(result.status).toBe('COMPLETE');
    expect(clock.now()).toBe(2000);
  });
});
