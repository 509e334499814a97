import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bestResources } from '../../src/state/best-resource.ts';
import type { ResourceState, StackState } from '../../src/state/stack-state.ts';

type Candidate = [action: string, status: 'COMPLETE' | 'FAILED', replaced: boolean, generation: number];

it('of several resources of one name goes on with the one that Heat takes (scripts/make-best-resources.py)', () => {
  const text = readFileSync('fixtures/update/best-resources.json', 'utf8');
  const cases = JSON.parse(text) as [Candidate[], target: number, best: number][];
  for (const [candidates, target, best] of cases) {
    const resources = candidates.map(([action, status, replaced, generation], id): ResourceState => {
      const definition = { type: 'OS::Heat::None', description: '' };
      const known = { attributes: new Map(), outputs: new Map(), requires: [], definition, type: 'OS::Heat::None' };
      return { ...known, id: String(id), name: 'a', action, status, generation, ...(replaced && { replacedBy: 'b' }) };
    });
    const state: Pick<StackState, 'resources' | 'generation'> = { resources, generation: 2 };
    expect(bestResources(state, target).get('a')?.id, JSON.stringify(candidates)).toBe(String(best));
  }
  expect(cases.length).toBeGreaterThan(400);
});
