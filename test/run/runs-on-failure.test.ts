import { describe, expect, it } from 'vitest';
import { Traversal } from '../../src/run/traversal.ts';
import type { Recorded, TraversalCommand } from '../../src/run/traversal-protocol.ts';
import { graphOf, graphOfEdges } from './graphs.ts';

const ON_FAILURE = { policy: { runsOn: 'failure' as const } };

/** Commands as short texts, by ids. */
function drive(
  graph: ReturnType<typeof graphOf>,
  onFailure: 'stop' | 'continue' = 'stop',
  recorded?: Recorded,
): {
  start(): string[];
  ok(id: string): string[];
  fails(id: string): string[];
  abort(): string[];
} {
  const traversal = new Traversal(graph, { concurrency: 10, onFailure }, recorded);
  const id = (task: number): string => graph.tasks[task]?.id ?? '?';
  const told = (commands: readonly TraversalCommand[]): string[] =>
    commands.map((c) => {
      if (c.type === 'finished') return `finished ${c.status}`;
      if (c.type !== 'ended') return `${c.type} ${id(c.task)}`;
      return `${id(c.task)} ${c.status}${c.cause === undefined ? '' : ` because of ${id(c.cause)}`}`;
    });
  const begun = (task: number): { task: number; attempt: number } => ({ task, attempt: traversal.attempts(task) });
  const ends = (type: 'succeeded' | 'failed', name: string): string[] => {
    const event = begun(graph.indexOf(name));
    return told([...traversal.apply({ type: 'started', ...event }), ...traversal.apply({ type, ...event })]);
  };
  return {
    start: () => told(traversal.start()),
    ok: (name) => ends('succeeded', name),
    fails: (name) => ends('failed', name),
    abort: () => told(traversal.apply({ type: 'abort' })),
  };
}

describe('a task that runs on failure', () => {
  const graph = graphOf({
    a: {},
    b: { requires: ['a'] },
    other: {},
    rescue: { requires: ['a'], ...ON_FAILURE },
    report: { requires: ['a', 'b', 'other', 'rescue'], ...ON_FAILURE },
  });

  it('runs when what it requires failed, whatever else the run does', () => {
    const run = drive(graph, 'continue');
    expect(run.start()).toEqual(['run a', 'run other']);
    expect(run.fails('a')).toEqual(['a FAILED', 'b SKIPPED because of a', 'run rescue']);
    expect(run.ok('rescue')).toEqual(['rescue COMPLETE']);
    expect(run.ok('other')).toEqual(['other COMPLETE', 'run report']);
    expect(run.ok('report')).toEqual(['report COMPLETE', 'finished FAILED']);
  });

  it('runs where a failure stops everything else', () => {
    const run = drive(graph, 'stop');
    run.start();
    expect(run.fails('a')).toEqual([
      'a FAILED',
      'b SKIPPED because of a',
      'cancel other',
      'other CANCELLED because of a',
      'run rescue',
    ]);
    expect(run.ok('rescue')).toEqual(['rescue COMPLETE', 'run report']);
    expect(run.ok('report')).toEqual(['report COMPLETE', 'finished FAILED']);
  });

  it('is skipped without a cause where nothing failed, and the run is complete', () => {
    const run = drive(graph);
    run.start();
    expect(run.ok('a')).toEqual(['a COMPLETE', 'rescue SKIPPED', 'run b']);
    run.ok('other');
    expect(run.ok('b')).toEqual(['b COMPLETE', 'report SKIPPED', 'finished COMPLETE']);
  });

  it('is skipped where what it requires was skipped itself', () => {
    const one = graphOf({ a: {}, b: { requires: ['a'] }, rescue: { requires: ['b'], ...ON_FAILURE } });
    const run = drive(one);
    run.start();
    expect(run.fails('a')).toEqual(['a FAILED', 'b SKIPPED because of a', 'rescue SKIPPED', 'finished FAILED']);
  });

  it('that fails is a failure of the run, for those after it too', () => {
    const run = drive(graph, 'continue');
    run.start();
    run.fails('a');
    expect(run.fails('rescue')).toEqual(['rescue FAILED']);
    expect(run.ok('other')).toEqual(['other COMPLETE', 'run report']);
    expect(run.fails('report')).toEqual(['report FAILED', 'finished FAILED']);
  });

  it('does not run after an abort, not even one that was waiting for the end', () => {
    const run = drive(graph, 'continue');
    run.start();
    run.fails('a');
    expect(run.abort()).toEqual([
      'cancel other',
      'other CANCELLED',
      'cancel rescue',
      'rescue CANCELLED',
      'report CANCELLED',
      'finished CANCELLED',
    ]);
  });

  it('does not run after an abort that comes after the run was stopped', () => {
    const two = graphOf({ a: {}, slow: {}, report: { requires: ['a', 'slow'], ...ON_FAILURE } });
    const run = drive(two, 'stop', { tasks: new Map([[1, { at: 'started', attempt: 1 }]]) });
    run.start();
    run.fails('a');
    expect(run.abort()).toContain('report CANCELLED');
  });

  it('waits for another process where the run is only stopped', () => {
    const traversal = new Traversal(graph, { concurrency: 10, onFailure: 'continue' });
    traversal.start();
    traversal.apply({ type: 'started', task: graph.indexOf('a'), attempt: 1 });
    const commands = traversal.apply({ type: 'stop' });
    const ended = commands.flatMap((command) => (command.type === 'ended' ? [graph.tasks[command.task]?.id] : []));
    expect(ended).toEqual(expect.arrayContaining(['rescue', 'report']));
    const after = traversal.apply({ type: 'failed', task: graph.indexOf('a'), attempt: 1 });
    expect(after.filter(({ type }) => type === 'run')).toEqual([]);
  });

  it('requires nothing: it is skipped at once', () => {
    const run = drive(graphOf({ rescue: ON_FAILURE, after: { requires: ['rescue'] } }));
    expect(run.start()).toEqual(['rescue SKIPPED', 'after SKIPPED', 'finished COMPLETE']);
  });

  it('is not told again what a journal tells already', () => {
    const recorded: Recorded = {
      tasks: new Map([
        [graph.indexOf('a'), { at: 'ended', attempt: 1, status: 'FAILED' }],
        [graph.indexOf('rescue'), { at: 'ended', attempt: 1, status: 'COMPLETE' }],
        [graph.indexOf('other'), { at: 'ended', attempt: 1, status: 'COMPLETE' }],
      ]),
    };
    const run = drive(graph, 'stop', recorded);
    expect(run.start()).toEqual(['b SKIPPED because of a', 'run report']);
    expect(run.ok('report')).toEqual(['report COMPLETE', 'finished FAILED']);
  });

  it('that had begun goes on', () => {
    const recorded: Recorded = {
      tasks: new Map([
        [graph.indexOf('a'), { at: 'ended', attempt: 1, status: 'FAILED' }],
        [graph.indexOf('rescue'), { at: 'started', attempt: 1 }],
      ]),
    };
    const run = drive(graph, 'stop', recorded);
    expect(run.start()).toContain('run rescue');
    expect(run.ok('rescue')).toEqual(['rescue COMPLETE', 'run report']);
  });
});

it('a long chain of tasks that run on failure ends without recursion', () => {
  const size = 100_000;
  const policies = Array.from({ length: size }, (_, i) => (i === 0 ? {} : ON_FAILURE.policy));
  const chain = graphOfEdges(
    size,
    Array.from({ length: size - 1 }, (_, i) => [i + 1, i] as const),
    policies,
  );
  const traversal = new Traversal(chain, { concurrency: 1, onFailure: 'stop' });
  traversal.start();
  const commands = traversal.apply({ type: 'succeeded', task: 0, attempt: 1 });
  expect(commands.at(-1)).toEqual({ type: 'finished', status: 'COMPLETE' });
  expect(traversal.finished).toBe(true);
});
