import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/run/run-result.ts';
import { readState } from '../../src/state/read-state.ts';
import type { StackState } from '../../src/state/stack-state.ts';
import { writeState } from '../../src/state/write-state.ts';
import { SeededRandom } from '../../src/testing/seeded-random.ts';
import { prepareTraversal } from '../../src/traversal/prepare-traversal.ts';
import type { ReadyTraversal } from '../../src/traversal/prepared-traversal.ts';
import { Cloud, essence } from './cloud.ts';

/** A template of some resources that need each other, by the seed: others have other properties, types and references. */
function template(random: SeededRandom): string {
  const lines = ['heat_template_version: 2018-08-31', 'resources:'];
  const names: string[] = [];
  for (let index = 0; index < 8; index++) {
    if (random.fraction() < 0.25) continue;
    const before = names[random.below(Math.max(1, names.length))];
    const value = before === undefined ? String(random.below(3)) : `{get_resource: ${before}}`;
    lines.push(
      random.fraction() < 0.5
        ? `  r${index}: {type: OS::Heat::RandomString, properties: {length: ${4 + random.below(2)}, salt: ${value}}}`
        : `  r${index}: {type: OS::Heat::Value, properties: {value: ${value}}}`,
    );
    names.push(`r${index}`);
  }
  if (names.length === 0) lines.push('  r0: {type: OS::Heat::None}');
  return lines.join('\n');
}

function update(text: string, state: StackState | undefined): ReadyTraversal {
  const prepared = prepareTraversal(state === undefined ? 'CREATE' : 'UPDATE', {
    template: text,
    ...(state && { state }),
  });
  if (!prepared.ok) throw new Error(prepared.diagnostics[0]?.message);
  return prepared;
}

/** As it is kept between two processes. */
function kept(state: StackState): StackState {
  const read = readState(JSON.parse(JSON.stringify(writeState(state))));
  if (!read.ok) throw new Error(read.diagnostics[0]?.message);
  expect(read.state).toEqual(state);
  return read.state;
}

const seeds = Array.from({ length: 150 }, (_, seed) => seed);

/** Several updates, each disturbed in its own way. */
async function disturbed(cloud: Cloud, random: SeededRandom, disturb: Disturb): Promise<StackState | undefined> {
  let state: StackState | undefined;
  for (let round = 0; round < 4; round++) {
    const prepared = update(template(random), state);
    state = kept(prepared.stateAfter(await disturb(cloud, prepared, random)));
    cloud.fails = () => false;
    expect(cloud.astray(state)).toEqual([]);
  }
  return state;
}

type Disturb = (cloud: Cloud, prepared: ReadyTraversal, random: SeededRandom) => Promise<RunResult>;

const failing: Disturb = (cloud, prepared, random) => {
  cloud.fails = () => random.fraction() < 0.15;
  cloud.leavesHalf = () => random.fraction() < 0.5;
  const onFailure = random.fraction() < 0.5 ? 'rollback' : 'continue';
  return cloud.finish(cloud.start(prepared, { onFailure }));
};

/** The next traversal takes over in the midst of this one. */
const superseded: Disturb = async (cloud, prepared, random) => {
  cloud.duration = () => 100 + random.below(100);
  cloud.fails = () => random.fraction() < 0.05;
  const running = cloud.start(prepared, { concurrency: 3 });
  const after = cloud.clock.sleep(random.below(600));
  await cloud.clock.drive(after);
  return cloud.clock.drive(running.stop());
};

describe('after whatever happened, an update gives the stack of its template, and nothing else is left', () => {
  it.each([
    ['tasks failed, some updates were rolled back', failing],
    ['updates took over from one another', superseded],
  ] as const)('%s', async (_, disturb) => {
    for (const seed of seeds) {
      const random = new SeededRandom(`sequence ${seed}`);
      const cloud = new Cloud();
      const state = await disturbed(cloud, random, disturb);
      const text = template(random);
      const last = update(text, state);
      const result = await cloud.finish(cloud.start(last));
      const reached = last.stateAfter(result);
      expect([result.status, ...result.failures.map(({ message }) => message)], `seed ${seed}`).toEqual(['COMPLETE']);
      const other = new Cloud();
      const fresh = update(text, undefined);
      const created = fresh.stateAfter(await other.finish(other.start(fresh)));
      expect(essence(reached), `seed ${seed}`).toBe(essence(created));
      expect(cloud.astray(reached), `seed ${seed}`).toEqual([]);
      expect(cloud.things.size).toBe(other.things.size);
      const [gone, way] = [
        prepareTraversal('DELETE', { state: reached }),
        prepareTraversal('UPDATE', { state: reached, template: text }),
      ];
      if (!gone.ok || !way.ok) throw new Error('must be possible');
      // What is as it should be is left alone.
      const before = cloud.calls.length;
      expect(essence(way.stateAfter(await cloud.finish(cloud.start(way))))).toBe(essence(created));
      expect(cloud.calls.length).toBe(before);
      expect(gone.stateAfter(await cloud.finish(cloud.start(gone))).resources).toEqual([]);
      expect([...cloud.things]).toEqual([]);
    }
  });
});
