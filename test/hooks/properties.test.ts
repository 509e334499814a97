import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/executors/run.ts';
import { fromJSON } from '../../src/graph/from-json.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { toJSON } from '../../src/graph/to-json.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { runViolations, simulate, simulatedHandlers } from '../../src/testing/index.ts';
import type { Value } from '../../src/values/value.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { graphOf } from '../run/graphs.ts';
import { allRequired, hooked } from './hooked.ts';

const noop = workflow('noop').input({ given: null }).task('nothing').output({ done: 'yes' });

/** Graphs whose later tasks refer to earlier ones, with outputs of a kind: each has the id of what it requires. */
const arbitraryStack: fc.Arbitrary<TaskGraph> = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 2 * size }).map((pairs) => {
    const requires = new Map<number, Set<number>>();
    for (const [a, b] of pairs) {
      if (a === b) continue;
      const requirer = Math.max(a, b);
      requires.set(requirer, (requires.get(requirer) ?? new Set()).add(Math.min(a, b)));
    }
    return graphOf(
      Object.fromEntries(
        Array.from({ length: size }, (_, i) => {
          const names = [...(requires.get(i) ?? [])].map((other) => `t${other}`);
          const ids: Value = names.map((name) => new Map([['get_resource', name]]));
          return [
            `t${i}`,
            { requires: names, properties: new Map([['ids', ids]]), type: i % 2 === 0 ? 'Even' : 'Odd' },
          ];
        }),
      ),
    );
  }),
);

const arbitraryHook: fc.Arbitrary<Partial<Hook>> = fc
  .record({
    at: fc.constantFrom<Hook['at']>('pre-create', 'post-create', 'pre', 'post', ['pre-create', 'post-create']),
    select: fc.constantFrom<NonNullable<Hook['select']>>('*', 't0', 't?', { type: 'Even' }, { type: 'Odd' }),
    onFailure: fc.boolean(),
    order: fc.integer({ min: -2, max: 2 }),
    own: fc.boolean(),
  })
  .map(({ at, select, onFailure, order, own }): Partial<Hook> => {
    const stack = at === 'pre' || at === 'post';
    const after = at === 'post' || at === 'post-create';
    const input = own && at === 'post-create' ? { given: { get_resource: '$task' } } : {};
    return {
      at,
      order,
      workflow: noop,
      input,
      ...(!stack && { select }),
      ...(after && onFailure && { onFailure: true }),
    };
  });

const arbitraryHooks = fc
  .array(arbitraryHook, { maxLength: 6 })
  .map((hooks) => hooks.map((hook, i): Hook => ({ name: `h${i}`, at: 'post', ...hook })));

/** Selectors that fit nothing are refused: those are left out. */
function fitting(graph: TaskGraph, hooks: readonly Hook[]): Hook[] {
  return hooks.filter(({ select }) => !(typeof select === 'object' && select.type === 'Odd') || graph.size > 1);
}

describe('any hooks on any graph', () => {
  it('keep the order between the original tasks, and add none', () => {
    fc.assert(
      fc.property(arbitraryStack, arbitraryHooks, (graph, hooks) => {
        const before = allRequired(graph);
        const after = allRequired(hooked(graph, fitting(graph, hooks)));
        for (const [id, required] of before) {
          const still = [...(after.get(id) ?? [])].filter((other) => before.has(other));
          expect(new Set(still)).toEqual(required);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stand where they say: before, after, and around everything', () => {
    fc.assert(
      fc.property(arbitraryStack, arbitraryHooks, (graph, hooks) => {
        const attached = hooked(graph, fitting(graph, hooks));
        const required = allRequired(attached);
        const originals = new Set(graph.tasks.map(({ id }) => id));
        const plain = allRequired(graph);
        for (const { id, inputs, policy } of attached.tasks) {
          if (originals.has(id) || policy?.runsOn === 'failure') continue;
          const { of, point } = inputs;
          for (const one of originals) {
            const isBefore = required.get(one)?.has(id) === true;
            const isAfter = required.get(id)?.has(one) === true;
            if (of === undefined) {
              expect([isBefore, isAfter]).toEqual(point === 'pre' ? [true, false] : [false, true]);
              continue;
            }
            const isLater = plain.get(one)?.has(String(of)) === true;
            const isEarlier = plain.get(String(of))?.has(one) === true;
            const own = one === of;
            expect(isBefore).toBe(isLater || (own && String(point).startsWith('pre')));
            expect(isAfter).toBe(isEarlier || (own && String(point).startsWith('post')));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('with workflows that do nothing change no result', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryStack,
        arbitraryHooks,
        fc.array(fc.nat(11), { maxLength: 2 }),
        async (graph, hooks, bad) => {
          const failures = { names: bad.map((n) => `t${n}`) };
          const attached = hooked(graph, fitting(graph, hooks));
          const events: Parameters<typeof runViolations>[1] = [];
          const options = { handlers: simulatedHandlers({ failures }), onFailure: 'continue' } as const;
          const without = await run(graph, options).result;
          const withThem = await run(attached, {
            ...options,
            onEvent: (event) => void (events as unknown[]).push(event),
          }).result;
          expect(runViolations(attached, events)).toEqual([]);
          expect(withThem.status).toBe(without.status);
          for (const [id, { status, result }] of without.tasks) {
            expect(withThem.tasks.get(id)).toMatchObject({ status, ...(result !== undefined && { result }) });
          }
          expect(withThem.outputs).toEqual(without.outputs);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('come back from JSON as they were', () => {
    fc.assert(
      fc.property(arbitraryStack, arbitraryHooks, (graph, hooks) => {
        const text = JSON.stringify(toJSON(hooked(graph, fitting(graph, hooks))));
        const read = fromJSON(JSON.parse(text));
        expect(read.ok && JSON.stringify(toJSON(read.graph))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('keep the promises of a run under faults and crashes', () => {
    fc.assert(
      fc.property(
        arbitraryStack,
        arbitraryHooks,
        fc.nat(),
        fc.constantFrom('stop' as const, 'continue' as const),
        (graph, hooks, seed, onFailure) => {
          const attached = hooked(graph, fitting(graph, hooks));
          const { events, result } = simulate(attached, {
            seed,
            onFailure,
            concurrency: 3,
            faults: { failures: 0.2, crashes: 0.05 },
          });
          expect(runViolations(attached, events, 3)).toEqual([]);
          expect(result.status).not.toBe('IN_PROGRESS');
        },
      ),
      { numRuns: 100 },
    );
  });
});

it('hooks on ten thousand tasks: each is there, with one text', () => {
  const size = 10_000;
  const graph = graphOf(
    Object.fromEntries(Array.from({ length: size }, (_, i) => [`s${i}`, i === 0 ? {} : { requires: ['s0'] }])),
  );
  const attached = hooked(graph, [
    { name: 'each', at: 'post-create', workflow: noop, input: { given: { get_resource: '$task' } } },
    { name: 'end', at: 'post', action: 'std.echo', input: { output: { get_attr: ['each', 's7', 'done'] } } },
    { name: 'tell', at: 'post', action: 'std.noop', onFailure: true },
  ]);
  expect(attached.size).toBe(2 * size + 2);
  expect(attached.scopes.get('')?.files.size).toBe(1);
  // Of the root its own; each server with its hook the network, its hook and the server; the ends; the failure.
  expect(attached.edgeCount).toBeLessThan(8 * size);
});
