import { describe, expect, it } from 'vitest';
import { plan } from '../../src/plan/plan.ts';
import type { UpdatePlan } from '../../src/plan/update-plan.ts';
import { bindPair, type Preview, problemsOf, readPairs, type UpdatePair } from '../compile/update-pairs.ts';

const LISTS = ['added', 'deleted', 'replaced', 'updated', 'unchanged'] as const;

/** How the plan differs from Heat's preview; undefined when it does not. */
function difference(pair: UpdatePair, made: UpdatePlan): string | undefined {
  const { preview } = pair;
  if ('error' in preview) {
    // Some classes read properties while they are made: that is told when the stacks are bound.
    const heats = [...problemsOf(pair), ...made.diagnostics].map(({ heat }) => heat);
    return heats.includes(preview.error) ? undefined : `${pair.id}: expected ${preview.error}, got ${heats.join(' ')}`;
  }
  const wrong = LISTS.filter((list) => sorted(made[list]) !== sorted((preview as Preview)[list]));
  if (wrong.length === 0) return undefined;
  const lists = wrong.map((list) => `${list} ${sorted(made[list])} instead of ${sorted((preview as Preview)[list])}`);
  return `${pair.id}: ${lists.join('; ')}`;
}

function sorted(names: readonly string[]): string {
  return JSON.stringify([...names].sort());
}

describe('a plan is Heat’s preview of the update', () => {
  it.each([
    ['handmade', 30],
    ['types', 350],
    ['corpus', 500],
  ] as const)('list for list: %s', (name, atLeast) => {
    const pairs = readPairs(name);
    const different = pairs
      .map((pair) => difference(pair, plan(bindPair(pair, 'old'), bindPair(pair, 'new'))))
      .filter((one) => one !== undefined);
    expect(different).toEqual([]);
    expect(pairs.length).toBeGreaterThanOrEqual(atLeast);
  });
});
