import fc from 'fast-check';
import type { TaskPolicy } from '../../src/graph/task.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { graphOfEdges } from '../run/graphs.ts';

/** Graphs of tasks with policies, without cycles; edges go both ways along the template. */
export function arbitraryGraph(
  most: number,
  policy: fc.Arbitrary<TaskPolicy> = arbitraryPolicy,
): fc.Arbitrary<TaskGraph> {
  return fc.integer({ min: 1, max: most }).chain((size) =>
    fc
      .record({
        numbers: fc.shuffledSubarray(
          Array.from({ length: size }, (_, i) => i),
          { minLength: size },
        ),
        pairs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 3 * size }),
        policies: fc.array(policy, { minLength: size, maxLength: size }),
      })
      .map(({ numbers, pairs, policies }) => {
        const edges = pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b]): [number, number] => [numbers[Math.max(a, b)] as number, numbers[Math.min(a, b)] as number]);
        return graphOfEdges(size, edges, policies);
      }),
  );
}

export const arbitraryPolicy: fc.Arbitrary<TaskPolicy> = fc
  .record(
    {
      retries: fc.nat(3),
      retryDelay: fc.nat(5000),
      backoffFactor: fc.constantFrom(1, 2),
      timeout: fc.integer({ min: 10_000, max: 200_000 }),
      waitBefore: fc.nat(3000),
      waitAfter: fc.nat(3000),
      priority: fc.integer({ min: -2, max: 2 }),
      breakpoint: fc.nat(5).map((n) => n === 0),
      runsOn: fc.constant('failure' as const),
    },
    { requiredKeys: [] },
  )
  // Most tasks run when all is well.
  .chain(({ runsOn, ...policy }) =>
    fc.nat(4).map((n) => (runsOn !== undefined && n === 0 ? { ...policy, runsOn } : policy)),
  );
