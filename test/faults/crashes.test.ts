import { describe, expect, it } from 'vitest';
import type { MemoryJournal } from '../../src/journal/memory-journal.ts';
import type { TaskStatus } from '../../src/run/status.ts';
import type { SeededRandom } from '../../src/testing/seeded-random.ts';
import type { Crash } from './crashing-store.ts';
import { Cloud, type Outcome, runThrough, type Scenario, scenario, TASKS } from './faulty-run.ts';

const SEEDS = 1000;

/** How often each task ended, by run: `0 t5` for the run itself, `1 t5` for its rollback. */
async function ends(journal: MemoryJournal): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { type, task, of = 0 } of journal.read()) {
    if (type !== 'ended') continue;
    const key = `${String(of)} ${String(task)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function statuses({ result }: Outcome): Map<string, TaskStatus> {
  return new Map(Array.from(result.tasks, ([id, { status }]) => [id, status]));
}

/** What is wrong with how a run ended, whatever happened to it. */
async function wrongs(scene: Scenario, cloud: Cloud, outcome: Outcome): Promise<string[]> {
  const found = [...cloud.violations];
  const { result, journal } = outcome;
  for (const [key, count] of await ends(journal)) if (count !== 1) found.push(`${key} ended ${count} times`);
  const rolledBack = result.rollback !== undefined;
  if (rolledBack !== (scene.onFailure === 'rollback' && result.status === 'FAILED')) found.push('rollback?');
  // A rollback may be aborted like any run.
  const aborted = result.rollback?.status === 'CANCELLED' && scene.abortAfter !== undefined;
  if (rolledBack && !aborted && result.rollback?.status !== 'COMPLETE') found.push('the rollback failed');
  if (rolledBack && !aborted && cloud.there.size > 0) found.push(`left: ${[...cloud.there.keys()].join()}`);
  for (const [id, { status, attempts, result: given }] of result.tasks) {
    if (status === 'INIT' || status === 'IN_PROGRESS') found.push(`${id} is ${status}`);
    if (rolledBack) continue;
    if (status === 'COMPLETE' && (cloud.there.get(id) !== 'complete' || given?.physicalId !== `id-${id}`)) {
      found.push(`${id} is lost`);
    }
    if (status !== 'COMPLETE' && cloud.there.get(id) === 'complete') found.push(`${id} is there and ${status}`);
    if ((status === 'SKIPPED' || attempts === 0) && cloud.there.has(id)) found.push(`${id} should not be there`);
  }
  return found;
}

function crashesOf(random: SeededRandom): Crash[] {
  return Array.from({ length: 1 + random.below(3) }, () => ({ appends: random.below(150), part: random.fraction() }));
}

describe(`${SEEDS} runs of ${TASKS} tasks`, () => {
  it('go through failures, timeouts, aborts and crashes: nothing twice, nothing too soon, nothing lost', async () => {
    let died = 0;
    const seen = new Map<string, number>();
    for (let seed = 0; seed < SEEDS; seed++) {
      const scene = scenario(seed, seed % 2 === 1);
      const cloud = new Cloud();
      const outcome = await runThrough(scene, cloud, crashesOf(scene.random));
      died += outcome.died;
      const kind = `${outcome.result.status} ${outcome.result.rollback?.status ?? ''}`.trim();
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      expect([seed, await wrongs(scene, cloud, outcome)]).toEqual([seed, []]);
      if (seed % 2 === 0) expect([seed, outcome.result.status]).toEqual([seed, 'COMPLETE']);
      // With independent branches going on, what becomes of a task depends on nothing but what it requires.
      if (scene.onFailure !== 'continue' || scene.abortAfter !== undefined) continue;
      const undisturbed = await runThrough(scene, new Cloud(), []);
      expect(statuses(outcome)).toEqual(statuses(undisturbed));
    }
    // They did happen.
    expect(died).toBeGreaterThan(SEEDS);
    expect([...seen.keys()].sort()).toEqual(['CANCELLED', 'COMPLETE', 'FAILED', 'FAILED CANCELLED', 'FAILED COMPLETE']);
  });

  it('go on after a crash at any write, with any part of it kept', async () => {
    const seed = Array.from({ length: 100 }, (_, i) => 2 * i + 1).find(
      (candidate) =>
        scenario(candidate, true).onFailure === 'rollback' && scenario(candidate, true).abortAfter === undefined,
    );
    const scene = scenario(seed ?? 1, true);
    for (let appends = 0, died = 1; died > 0; appends += 1 + Math.floor(appends / 20)) {
      for (const part of [0, 0.5, 1]) {
        const cloud = new Cloud();
        const outcome = await runThrough(scene, cloud, [{ appends, part }]);
        died = outcome.died;
        expect([appends, part, await wrongs(scene, cloud, outcome)]).toEqual([appends, part, []]);
      }
    }
  });
});
