import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import type { TaskPolicy } from '../../src/graph/task.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { MemoryJournal } from '../../src/journal/memory-journal.ts';
import type { HandlerReturn, Handlers, TaskContext } from '../../src/run/handlers.ts';
import type { Run, RunOptions } from '../../src/run/run.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { SeededRandom } from '../../src/testing/seeded-random.ts';
import { FakeClock } from '../executors/fake-clock.ts';
import { graphOfEdges } from '../run/graphs.ts';
import { type Crash, CrashingStore, NO_CRASH } from './crashing-store.ts';

export const TASKS = 200;

/** What becomes of a task, always the same for the same seed, in whatever process it runs. */
interface Fate {
  readonly ms: number;
  /** So many attempts fail. */
  readonly failures: number;
  /** So many looks are needed before it is done. */
  readonly polls: number;
  /** Never ends: its timeout has to end it. */
  readonly hangs: boolean;
}

/** One seed's graph, fates and options. */
export interface Scenario {
  readonly graph: TaskGraph;
  readonly fates: readonly Fate[];
  readonly onFailure: 'stop' | 'continue' | 'rollback';
  readonly concurrency: number;
  /** It is aborted when so many tasks have started in a process. */
  readonly abortAfter: number | undefined;
  readonly random: SeededRandom;
}

/** @param faulty whether tasks fail for good and hang, too. */
export function scenario(seed: number, faulty: boolean): Scenario {
  const random = new SeededRandom(`faults ${seed}`);
  const chance = (part: number) => random.fraction() < part;
  const edges: [number, number][] = [];
  for (let task = 1; task < TASKS; task++) {
    for (let i = random.below(4); i > 0; i--) edges.push([task, random.below(task)]);
  }
  const fates: Fate[] = [];
  const policies: TaskPolicy[] = [];
  for (let task = 0; task < TASKS; task++) {
    const retries = random.below(3);
    const hangs = faulty && chance(0.004);
    fates.push({
      ms: random.below(50),
      failures: faulty && chance(0.004) ? 9 : chance(0.2) ? random.below(retries + 1) : 0,
      polls: chance(0.2) ? 1 + random.below(3) : 0,
      hangs,
    });
    policies.push({
      retries,
      retryDelay: random.below(30),
      ...(chance(0.1) && { waitBefore: 10 }),
      ...(chance(0.1) && { waitAfter: 10 }),
      ...(hangs && { timeout: 200 }),
    });
  }
  const graph = graphOfEdges(TASKS, edges, policies);
  const onFailure = (['stop', 'continue', 'rollback'] as const)[random.below(3)] ?? 'stop';
  const abortAfter = faulty && chance(0.15) ? random.below(TASKS) : undefined;
  return { graph, fates, onFailure, concurrency: 1 + random.below(20), abortAfter, random };
}

/** The cloud, which outlives processes: what is there, and what was asked of it. */
export class Cloud {
  readonly there: Map<string, string> = new Map();
  readonly violations: string[] = [];
}

/** Handlers of one process: they do nothing once it is dead, and check what they may rely on. */
export function handlersOf(
  { graph, fates }: Scenario,
  cloud: Cloud,
  clock: FakeClock,
  isDead: () => boolean,
): Handlers {
  const dead = () => new Promise<undefined>(() => {});
  const fateOf = (id: string) => fates[graph.indexOf(id)] as Fate;
  const create = async (context: TaskContext): Promise<HandlerReturn> => {
    if (isDead()) return dead();
    const { task, attempt, requires, idempotencyKey, signal } = context;
    if (idempotencyKey !== `r/${task.id}`) cloud.violations.push(`key of ${task.id}: ${idempotencyKey}`);
    if (context.polled !== undefined) cloud.violations.push(`create of ${task.id} while it is polled`);
    for (const index of graph.requires(graph.indexOf(task.id))) {
      const name = graph.tasks[index]?.name ?? '';
      if (cloud.there.get(name) !== 'complete') cloud.violations.push(`${task.id} before ${name}`);
      if (requires.get(name)?.physicalId !== `id-${name}`)
        cloud.violations.push(`${task.id} lost the result of ${name}`);
    }
    if (cloud.there.get(task.name) === 'complete') cloud.violations.push(`${task.id} once more`);
    const fate = fateOf(task.id);
    cloud.there.set(task.name, 'begun');
    await clock.sleep(fate.ms, signal);
    if (isDead() || fate.hangs) return dead();
    if (attempt <= fate.failures) throw new Error(`attempt ${attempt} of ${task.id}`);
    return fate.polls > 0 ? context.poll({ of: task.id }, 20) : { physicalId: `id-${task.id}` };
  };
  const checkCreate = async (context: TaskContext): Promise<HandlerReturn> => {
    if (isDead()) return dead();
    const { task, polled } = context;
    if ((polled?.data as { of?: string } | undefined)?.of !== task.id) cloud.violations.push(`data of ${task.id}`);
    if ((polled?.count ?? 0) < fateOf(task.id).polls) return context.poll({ of: task.id }, 20);
    return { physicalId: `id-${task.id}` };
  };
  const remove = async ({ task, idempotencyKey }: TaskContext): Promise<HandlerReturn> => {
    if (isDead()) return dead();
    if (idempotencyKey !== `r/rollback/${task.id}`) cloud.violations.push(`key of the deletion: ${idempotencyKey}`);
    for (const requirer of graph.requiredBy(graph.indexOf(task.id))) {
      const name = graph.tasks[requirer]?.name ?? '';
      if (cloud.there.has(name)) cloud.violations.push(`${task.id} deleted before ${name}`);
    }
    await clock.sleep(fateOf(task.id).ms);
    if (isDead()) return dead();
    cloud.there.delete(task.name);
    return undefined;
  };
  return { Thing: { create, checkCreate, delete: remove } };
}

/**
 * Runs it, through as many crashes as `crashes` says, each between two journal writes or in the middle of one; the last
 * process is not disturbed.
 */
export async function runThrough(scene: Scenario, cloud: Cloud, crashes: readonly Crash[]): Promise<Outcome> {
  let journal: MemoryJournal = new MemoryJournal();
  let died = 0;
  for (const crash of [...crashes, NO_CRASH]) {
    const clock = new FakeClock();
    let isDead = false;
    let over: () => void = () => {};
    const crashed = new Promise<undefined>((resolve) => {
      over = () => resolve(undefined);
    });
    const store: MemoryJournal = new CrashingStore(
      journal,
      crash,
      () => {
        isDead = true;
        over();
      },
      ({ type, task, status, of = 0 }) => {
        if (type === 'ended' && status === 'COMPLETE' && of === 0) cloud.there.set(String(task), 'complete');
      },
    );
    const options: RunOptions = {
      handlers: handlersOf(scene, cloud, clock, () => isDead),
      journal: store,
      runId: 'r',
      onFailure: scene.onFailure,
      concurrency: scene.concurrency,
      onEvent(event) {
        if (event.type === 'task-started' && ++started === scene.abortAfter) running.abort('enough');
      },
    };
    let started = 0;
    const running: Run = run(scene.graph, { ...options, executor: inProcess({ clock }) });
    const result = await Promise.race([drive(clock, running.result, () => isDead), crashed]);
    if (result !== undefined) return { result, journal: store, died };
    died++;
    journal = store;
  }
  throw new Error('the last process did not end');
}

export interface Outcome {
  readonly result: RunResult;
  readonly journal: MemoryJournal;
  readonly died: number;
}

async function drive(clock: FakeClock, result: Promise<RunResult>, isDead: () => boolean): Promise<RunResult> {
  let over = false;
  void result.finally(() => {
    over = true;
  });
  while (!over && !isDead()) await clock.runAll();
  return result;
}
