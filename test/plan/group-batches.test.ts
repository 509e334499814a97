import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batchPolicy, durationSeconds, groupBatches, membersAfter, pausesOf } from '../../src/plan/group-batches.ts';

/** What the real Heat does: scripts/make-group-batches.py. */
const HEATS = JSON.parse(readFileSync('fixtures/update/group-batches.json', 'utf8')) as {
  batches: [string, number, number, number, number, [number, number][]][];
  members: [[string, boolean][], number, number, [string, boolean][]][];
  durations: [string, number | null][];
};

describe('the batches of a group are Heat’s', () => {
  it('sizes and changes, of every kind', () => {
    const different = HEATS.batches.filter(([type, target, current, maxBatchSize, minInService, expected]) => {
      // A scaling group gives its own number as the target, where it has fewer or wants none.
      const isGroup = type === 'OS::Heat::ResourceGroup';
      if (!isGroup && (target > current || target === 0)) return false;
      const made = groupBatches({ type, target, current, maxBatchSize, minInService });
      return JSON.stringify(made.map(({ size, changes }) => [size, changes])) !== JSON.stringify(expected);
    });
    expect(different).toEqual([]);
    expect(HEATS.batches.length).toBeGreaterThan(1000);
  });

  it('a scaling group never updates more members than it has; where its size is not said, it keeps it', () => {
    const batches = (target: number) => groupBatches({ type: 'OS::Heat::AutoScalingGroup', target, current: 2 });
    expect(batches(5)).toEqual(batches(2));
    expect(batches(0)).toEqual(batches(2));
  });

  it('the members after each', () => {
    for (const [members, size, changes, expected] of HEATS.members) {
      let next = 0;
      const before = members.map(([name, upToDate]) => ({ name, upToDate }));
      const after = membersAfter(before, { size, changes }, () => `n${next++}`);
      expect(after.map(({ name, upToDate }) => [name, upToDate])).toEqual(expected);
    }
  });

  it('end at the size that is wanted, and never change more at once than allowed', () => {
    for (const [type, target, current, maxBatchSize, minInService] of HEATS.batches) {
      const batches = groupBatches({ type, target, current, maxBatchSize, minInService });
      if (type === 'OS::Heat::ResourceGroup') expect(batches.at(-1)?.size ?? current).toBe(target);
      for (const { size, changes } of batches) {
        expect(changes).toBeLessThanOrEqual(maxBatchSize);
        // Those that do not change are in service.
        expect(size - changes).toBeGreaterThanOrEqual(Math.min(minInService, target, current) - changes);
      }
    }
  });

  it('pauses stand between them', () => {
    const batches = groupBatches({ type: 'OS::Heat::ResourceGroup', target: 3, current: 3, pauseTime: 5 });
    expect(batches.map(({ pause }) => pause)).toEqual([5, 5, 0]);
    expect(pausesOf(batches)).toBe(10);
  });

  it('durations', () => {
    for (const [text, seconds] of HEATS.durations) {
      if (seconds === null) expect(() => durationSeconds(text), text).toThrow(RangeError);
      else expect(durationSeconds(text), text).toBe(seconds);
    }
  });

  it('refuses numbers that are no counts', () => {
    for (const wrong of [{ target: -1 }, { current: 0.5 }, { maxBatchSize: 0 }, { minInService: Number.NaN }]) {
      expect(() => groupBatches({ type: 'x', target: 1, current: 1, ...wrong })).toThrow(RangeError);
    }
  });
});

describe('what a group asks for', () => {
  it.each([
    ['OS::Heat::ResourceGroup', { update_policy: { rolling_update: { max_batch_size: 2 } } }, 'update', [2, 0, 0]],
    [
      'OS::Heat::ResourceGroup',
      { update_policy: { batch_create: { max_batch_size: 3, pause_time: 7 } } },
      'create',
      [3, 0, 7],
    ],
    ['OS::Heat::ResourceGroup', { update_policy: { rolling_update: {} } }, 'create', undefined],
    ['OS::Heat::ResourceGroup', {}, 'update', undefined],
    ['OS::Heat::AutoScalingGroup', { properties: { rolling_updates: { min_in_service: 1 } } }, 'update', [1, 1, 0]],
    ['OS::Heat::AutoScalingGroup', { properties: {} }, 'update', [1, 0, 0]],
    [
      'AWS::AutoScaling::AutoScalingGroup',
      { update_policy: { AutoScalingRollingUpdate: { MinInstancesInService: '2', PauseTime: 'PT1M' } } },
      'update',
      [1, 2, 60],
    ],
    ['OS::Heat::InstanceGroup', { update_policy: { RollingUpdate: { MaxBatchSize: 4 } } }, 'update', [4, 0, 0]],
    ['OS::Heat::InstanceGroup', { update_policy: { RollingUpdate: { MaxBatchSize: 4 } } }, 'create', undefined],
    ['OS::Nova::Server', { update_policy: { RollingUpdate: {} } }, 'update', undefined],
  ] as const)('%s %j %s: %j', (type, inputs, action, expected) => {
    const policy = batchPolicy(type, inputs, action);
    expect(policy && [policy.maxBatchSize, policy.minInService, policy.pauseTime]).toEqual(expected);
  });
});
