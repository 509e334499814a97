import { describe, expect, it } from 'vitest';
import type { StackState } from '../../src/state/stack-state.ts';
import { SeededRandom } from '../../src/testing/seeded-random.ts';
import { prepareTraversal } from '../../src/traversal/prepare-traversal.ts';
import type { ReadyTraversal } from '../../src/traversal/prepared-traversal.ts';
import { bindPair, problemsOf, readPairs } from '../compile/update-pairs.ts';
import { Cloud, essence } from './cloud.ts';

/** Undefined where it cannot be made: some pairs are wrong on purpose. */
async function created(cloud: Cloud, pair: ReturnType<typeof readPairs>[number]): Promise<StackState | undefined> {
  const prepared = prepareTraversal('CREATE', { template: bindPair(pair, 'old') });
  if (!prepared.ok) return undefined;
  const result = await cloud.finish(cloud.start(prepared));
  return result.status === 'COMPLETE' ? prepared.stateAfter(result) : undefined;
}

/** Lets one or two tasks of the update itself fail, by the seed. */
function failSome(cloud: Cloud, { graph }: ReadyTraversal, seed: string): void {
  const random = new SeededRandom(seed);
  const failing = new Set<string>();
  for (let count = 1 + random.below(2); count > 0; count--) {
    const task = graph.tasks[random.below(graph.size)];
    if (task !== undefined) failing.add(task.id);
  }
  cloud.fails = (task) => failing.delete(task);
}

/** The first place where two texts differ. */
function difference(got: string, wanted: string): string {
  let at = 0;
  while (got[at] === wanted[at]) at++;
  return `${got.slice(at - 150, at + 100)}\ninstead of\n${wanted.slice(at - 150, at + 100)}`;
}

describe('a replacement that fails', () => {
  it('leaves what it was to replace as it was, and half of itself for the rollback to take away', async () => {
    const template = (length: number) =>
      `heat_template_version: 2018-08-31\nresources: {a: {type: OS::Heat::RandomString, properties: {length: ${length}}}}`;
    const cloud = new Cloud();
    const create = prepareTraversal('CREATE', { template: template(4) });
    if (!create.ok) throw new Error('must be possible');
    const state = create.stateAfter(await cloud.finish(cloud.start(create)));
    cloud.fails = (_, action) => action === 'REPLACE';
    cloud.leavesHalf = () => true;
    const update = prepareTraversal('UPDATE', { template: template(5), state });
    if (!update.ok) throw new Error('must be possible');
    const failed = await cloud.finish(cloud.start(update));
    expect(failed.tasks.get('a')).toMatchObject({
      status: 'FAILED',
      decision: 'replaced',
      error: { physicalId: 'a~2' },
    });
    expect(update.stateAfter(failed).resources).toMatchObject([
      { id: 'a', physicalId: 'a~1', action: 'CREATE', status: 'COMPLETE', replacedBy: 'a//2' },
      { id: 'a//2', physicalId: 'a~2', action: 'CREATE', status: 'FAILED', replaces: 'a' },
    ]);
    const back = await cloud.finish(cloud.start(update, { onFailure: 'rollback' }));
    expect(update.stateAfter(back).resources).toMatchObject([{ id: 'a', physicalId: 'a~1', status: 'COMPLETE' }]);
    expect(cloud.calls).toEqual(['CREATE a', 'DELETE a//cleanup/2']);
  });
});

describe('an update that fails is rolled back', () => {
  it.each(['handmade', 'corpus'] as const)('to what there was, whatever failed: %s', async (name) => {
    const wrong: string[] = [];
    let rolledBack = 0;
    for (const pair of readPairs(name).slice(0, 300)) {
      // What is wrong in itself is not run by Heat.
      if (problemsOf(pair).some(({ severity }) => severity === 'error')) continue;
      const cloud = new Cloud();
      const before = await created(cloud, pair);
      if (before === undefined) continue;
      const prepared = prepareTraversal('UPDATE', { template: bindPair(pair, 'new'), state: before });
      if (!prepared.ok) continue;
      failSome(cloud, prepared, pair.id);
      const result = await cloud.finish(
        cloud.start(prepared, {
          onFailure: 'rollback',
          concurrency: 3,
          onEvent: ({ type }) => {
            if (type === 'rollback-started') cloud.fails = () => false;
          },
        }),
      );
      if (result.status === 'COMPLETE') continue;
      const after = prepared.stateAfter(result);
      const first = result.rollback?.failures[0];
      // A value of the wrong type, which Heat's validation would have refused.
      if (first?.code === 'CHANGE_UNREADABLE') continue;
      rolledBack++;
      if (after.status !== 'COMPLETE')
        wrong.push(
          `${pair.id}: ${after.action} ${after.status} ${first?.task} ${first?.message} ${result.rollback?.diagnostics.map((d) => d.message)} ${result.diagnostics.map((d) => d.message)}`,
        );
      else if (essence(after) !== essence(before))
        wrong.push(`${pair.id}: ${difference(essence(after), essence(before))}`);
      else if (cloud.astray(after).length > 0) wrong.push(`${pair.id}: ${cloud.astray(after).join(', ')}`);
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(rolledBack).toBeGreaterThan(name === 'corpus' ? 120 : 10);
  });
});
