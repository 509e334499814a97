import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import { criticalPath } from '../../src/graph/critical-path.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { RunEvent } from '../../src/run/events.ts';
import type { TaskContext } from '../../src/run/handlers.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { FakeClock } from '../executors/fake-clock.ts';
import { graphOfEdges } from '../run/graphs.ts';

interface Plan {
  readonly size: number;
  readonly edges: readonly (readonly [number, number])[];
  /** Per task: how long it takes, whether it fails, further attempts, whether it takes notice of its signal. */
  readonly tasks: readonly {
    delay: number;
    fails: boolean;
    retries: number;
    deaf: boolean;
    waitBefore: number;
    waitAfter: number;
  }[];
  readonly concurrency: number;
  readonly onFailure: 'stop' | 'continue';
  readonly abortAt: number | undefined;
}

const plan: fc.Arbitrary<Plan> = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    // Only to earlier tasks of a shuffled numbering: no cycle, and edges go both ways along the template.
    edges: fc
      .tuple(
        fc.shuffledSubarray(
          Array.from({ length: size }, (_, i) => i),
          { minLength: size },
        ),
        fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 3 * size }),
      )
      .map(([numbers, pairs]) =>
        pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b]): [number, number] => [numbers[Math.max(a, b)] as number, numbers[Math.min(a, b)] as number]),
      ),
    tasks: fc.array(
      fc.record({
        delay: fc.nat(20),
        fails: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
        retries: fc.nat(2),
        deaf: fc.boolean(),
        waitBefore: fc.nat(3),
        waitAfter: fc.nat(3),
      }),
      { minLength: size, maxLength: size },
    ),
    concurrency: fc.integer({ min: 1, max: 6 }),
    onFailure: fc.constantFrom('stop' as const, 'continue' as const),
    abortAt: fc.option(fc.nat(60), { nil: undefined }),
  }),
);

interface Observed {
  readonly graph: TaskGraph;
  readonly result: RunResult;
  readonly events: RunEvent[];
  readonly mostActive: number;
  /** Tasks whose handler was called before all that they require was complete. */
  readonly early: string[];
}

async function carryOut(plan: Plan): Promise<Observed> {
  const clock = new FakeClock();
  const graph = graphOfEdges(
    plan.size,
    plan.edges,
    plan.tasks.map(({ retries, waitBefore, waitAfter }) => ({ retries, waitBefore, waitAfter })),
  );
  const events: RunEvent[] = [];
  const complete = new Set<string>();
  const early: string[] = [];
  let active = 0;
  let mostActive = 0;
  const Thing = async ({ task, signal }: TaskContext) => {
    const index = graph.indexOf(task.id);
    if (Array.from(graph.requires(index)).some((required) => !complete.has(`t${required}`))) early.push(task.id);
    mostActive = Math.max(mostActive, ++active);
    const { delay = 0, fails = false, deaf = false } = plan.tasks[index] ?? {};
    try {
      if (delay > 0) await clock.sleep(delay, deaf ? undefined : signal);
    } finally {
      active--;
    }
    if (fails) throw new Error(task.id);
    return { physicalId: task.id };
  };
  const running = run(graph, {
    handlers: { Thing },
    executor: inProcess({ clock }),
    concurrency: plan.concurrency,
    onFailure: plan.onFailure,
    runId: 'p',
    grace: 5,
    onEvent: (event) => {
      events.push(event);
      if (event.type === 'task-completed') complete.add(event.task);
    },
  });
  if (plan.abortAt !== undefined) clock.after(plan.abortAt, () => running.abort());
  await clock.runAll();
  return { graph, result: await running.result, events, mostActive, early };
}

const PARAMETERS = { numRuns: 150 };

describe('any run over any graph', () => {
  it('starts no task before all that it requires is complete, and never more than it may', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        const { early, mostActive } = await carryOut(plan);
        expect(early).toEqual([]);
        // After the grace time of an abort nothing starts, so handlers that are still at it do not count twice.
        expect(mostActive).toBeLessThanOrEqual(plan.concurrency);
      }),
      PARAMETERS,
    );
  });

  it('gives each task one final status, told once, that agrees with those of what it requires', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        const { graph, result, events } = await carryOut(plan);
        const ends = new Map<string, string[]>();
        for (const event of events) {
          if (!/^task-(completed|failed|skipped|cancelled)$/.test(event.type) || !('task' in event)) continue;
          ends.set(event.task, [...(ends.get(event.task) ?? []), event.type]);
        }
        const told = { COMPLETE: 'completed', FAILED: 'failed', SKIPPED: 'skipped', CANCELLED: 'cancelled' };
        for (const [id, { status, cause }] of result.tasks) {
          expect(ends.get(id)).toEqual([`task-${told[status as keyof typeof told]}`]);
          const required = Array.from(graph.requires(graph.indexOf(id)), (i) => result.tasks.get(`t${i}`)?.status);
          if (status === 'COMPLETE' || status === 'FAILED') expect(required.every((s) => s === 'COMPLETE')).toBe(true);
          if (status === 'SKIPPED') {
            expect(result.tasks.get(cause ?? '')?.status).toBe('FAILED');
            expect(reaches(graph, id, cause ?? '')).toBe(true);
          }
          if (plan.onFailure === 'continue' && plan.abortAt === undefined) {
            expect(status).not.toBe('CANCELLED');
            expect(status === 'SKIPPED').toBe(required.some((s) => s !== 'COMPLETE'));
          }
        }
        const failed = result.failures.length > 0;
        if (plan.abortAt === undefined) expect(result.status).toBe(failed ? 'FAILED' : 'COMPLETE');
      }),
      PARAMETERS,
    );
  });

  it('is the same again', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        const first = await carryOut(plan);
        const again = await carryOut(plan);
        expect(again.events).toEqual(first.events);
      }),
      { numRuns: 40 },
    );
  });

  it('with a concurrency of 1 takes the ready task with the longest way to the end, then the first of the template', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (random) => {
        const tasks = random.tasks.map((task) => ({ ...task, fails: false, retries: 0, waitBefore: 0, waitAfter: 0 }));
        const { graph, events } = await carryOut({ ...random, tasks, concurrency: 1, abortAt: undefined });
        const { lengths } = criticalPath(graph);
        const done = new Set<number>();
        for (const event of events) {
          if (event.type !== 'task-started') continue;
          const ready = graph.tasks
            .map((_, index) => index)
            .filter((index) => !done.has(index) && Array.from(graph.requires(index)).every((i) => done.has(i)))
            .sort((a, b) => (lengths[b] as number) - (lengths[a] as number) || a - b);
          expect(event.task).toBe(`t${ready[0]}`);
          done.add(graph.indexOf(event.task));
        }
        expect(done.size).toBe(graph.size);
      }),
      { numRuns: 60 },
    );
  });
});

function reaches(graph: TaskGraph, from: string, to: string): boolean {
  const seen = new Set<number>();
  const pending = [graph.indexOf(from)];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (graph.tasks[index]?.id === to) return true;
    for (const required of graph.requires(index)) {
      if (seen.has(required)) continue;
      seen.add(required);
      pending.push(required);
    }
  }
  return false;
}
