import { describe, expect, it } from 'vitest';
import { criticalPath } from '../../src/graph/critical-path.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { Traversal } from '../../src/run/traversal.ts';
import type { TraversalCommand, TraversalOptions } from '../../src/run/traversal-protocol.ts';
import { graphOf, graphOfEdges } from './graphs.ts';

function traverse(graph: TaskGraph, options: Partial<TraversalOptions> = {}): Traversal {
  const { lengths } = criticalPath(graph);
  return new Traversal(graph, { concurrency: 10, onFailure: 'stop', lengths, ...options });
}

/** Commands as short texts: `run a`, `ended a COMPLETE`. */
function told(graph: TaskGraph, commands: readonly TraversalCommand[]): string[] {
  const id = (task: number) => graph.tasks[task]?.id ?? '?';
  return commands.map((c): string => {
    switch (c.type) {
      case 'run':
        return c.attempt === 1 ? `run ${id(c.task)}` : `run ${id(c.task)} #${c.attempt}`;
      case 'timer':
        return `${c.timer} ${id(c.task)} ${c.ms}`;
      case 'poll':
      case 'paused':
      case 'cleared':
        return `${c.type} ${id(c.task)}`;
      case 'cancel':
        return `cancel ${id(c.task)} (${c.reason})`;
      case 'ended':
        return `${id(c.task)} ${c.status}${c.cause === undefined ? '' : ` because of ${id(c.cause)}`}`;
      default:
        return `finished ${c.status}`;
    }
  });
}

/** Drives a traversal by ids. */
function drive(graph: TaskGraph, options: Partial<TraversalOptions> = {}) {
  const traversal = traverse(graph, options);
  const at = (id: string) => ({ task: graph.indexOf(id), attempt: traversal.attempts(graph.indexOf(id)) });
  const apply = (event: Parameters<Traversal['apply']>[0]) => told(graph, traversal.apply(event));
  return {
    traversal,
    start: () => told(graph, traversal.start()),
    started: (id: string) => apply({ type: 'started', ...at(id) }),
    ok: (id: string) => [...apply({ type: 'started', ...at(id) }), ...apply({ type: 'succeeded', ...at(id) })],
    fails: (id: string, terminal = false) => [
      ...apply({ type: 'started', ...at(id) }),
      ...apply({ type: 'failed', ...at(id), terminal }),
    ],
    timer: (id: string, timer: 'wait-before' | 'retry' | 'timeout' | 'wait-after') =>
      apply({ type: 'timer', task: graph.indexOf(id), timer }),
    abort: () => apply({ type: 'abort' }),
    graceOver: () => apply({ type: 'grace-over' }),
    apply,
    status: (id: string) => traversal.status(graph.indexOf(id)),
  };
}

describe('what may start', () => {
  it('starts a task when everything that it requires is complete', () => {
    const run = drive(graphOf({ a: {}, b: {}, c: { requires: ['a', 'b'] } }));
    expect(run.start()).toEqual(['run a', 'run b']);
    expect(run.ok('a')).toEqual(['a COMPLETE']);
    expect(run.ok('b')).toEqual(['b COMPLETE', 'run c']);
    expect(run.ok('c')).toEqual(['c COMPLETE', 'finished COMPLETE']);
  });

  it('starts the longest way to the end first, and template order decides among equals', () => {
    const run = drive(
      graphOf({ short: {}, early: {}, long: {}, l2: { requires: ['long'] }, l3: { requires: ['l2'] } }),
      {
        concurrency: 1,
      },
    );
    expect(run.start()).toEqual(['run long']);
    expect(run.ok('long')).toEqual(['long COMPLETE', 'run l2']);
    expect(run.ok('l2')).toEqual(['l2 COMPLETE', 'run short']);
    expect(run.ok('short')).toEqual(['short COMPLETE', 'run early']);
  });

  it('starts a higher priority before a longer way', () => {
    const run = drive(graphOf({ a: {}, b: { requires: ['a'] }, urgent: { policy: { priority: 5 } } }), {
      concurrency: 1,
    });
    expect(run.start()).toEqual(['run urgent']);
  });

  it('keeps the limits of the run and of pools', () => {
    const pool = { pool: 'api' };
    const graph = graphOf({ a: { policy: pool }, b: { policy: pool }, c: { policy: pool }, d: {}, e: {} });
    const run = drive(graph, { concurrency: 3, pools: new Map([['api', 1]]) });
    expect(run.start()).toEqual(['run a', 'run d', 'run e']);
    expect(run.ok('a')).toEqual(['a COMPLETE', 'run b']);
    expect(run.ok('d')).toEqual(['d COMPLETE']);
    expect(run.ok('b')).toEqual(['b COMPLETE', 'run c']);
  });

  it('refuses limits below 1', () => {
    const graph = graphOf({ a: {} });
    for (const concurrency of [0, -1, Number.NaN]) expect(() => traverse(graph, { concurrency })).toThrow(RangeError);
    expect(() => traverse(graph, { pools: new Map([['p', 0]]) })).toThrow(RangeError);
  });

  it('finishes an empty graph at once', () => {
    expect(drive(graphOf({})).start()).toEqual(['finished COMPLETE']);
  });
});

describe('failures', () => {
  const graph = graphOf({
    a: {},
    b: { requires: ['a'] },
    c: { requires: ['b'] },
    other: {},
    more: { requires: ['other'] },
  });

  it('skips all that depends on the failed task, and names it', () => {
    const run = drive(graph, { onFailure: 'continue' });
    run.start();
    expect(run.fails('a')).toEqual(['a FAILED', 'b SKIPPED because of a', 'c SKIPPED because of a']);
    expect(run.ok('other')).toEqual(['other COMPLETE', 'run more']);
    expect(run.ok('more')).toEqual(['more COMPLETE', 'finished FAILED']);
    expect(run.traversal.cause(graph.indexOf('c'))).toBe(graph.indexOf('a'));
  });

  it('starts nothing more with stop, and lets what is in progress finish', () => {
    const run = drive(graph, { onFailure: 'stop' });
    run.start();
    run.started('other');
    expect(run.fails('a')).toEqual([
      'a FAILED',
      'b SKIPPED because of a',
      'c SKIPPED because of a',
      'more CANCELLED because of a',
    ]);
    expect(run.status('other')).toBe('IN_PROGRESS');
    expect(run.ok('other')).toEqual(['other COMPLETE', 'finished FAILED']);
  });

  it('with stop cancels what was commanded and has not begun', () => {
    const run = drive(graph, { onFailure: 'stop' });
    run.start();
    expect(run.fails('a').slice(-4)).toEqual([
      'cancel other (stop)',
      'other CANCELLED because of a',
      'more CANCELLED because of a',
      'finished FAILED',
    ]);
  });

  it('takes no notice of what is told late or twice', () => {
    const run = drive(graph, { onFailure: 'continue' });
    run.start();
    run.ok('a');
    expect(run.apply({ type: 'failed', task: 0, attempt: 1 })).toEqual([]);
    expect(run.apply({ type: 'succeeded', task: 0, attempt: 1 })).toEqual([]);
    expect(run.apply({ type: 'succeeded', task: graph.indexOf('c'), attempt: 1 })).toEqual([]);
    expect(run.status('a')).toBe('COMPLETE');
  });
});

describe('policies', () => {
  it('tries again after a delay that grows', () => {
    const policy = { retries: 2, retryDelay: 100, backoffFactor: 3 };
    const run = drive(graphOf({ a: { policy }, b: { requires: ['a'] } }));
    expect(run.start()).toEqual(['run a']);
    expect(run.fails('a')).toEqual(['retry a 100']);
    expect(run.status('a')).toBe('IN_PROGRESS');
    expect(run.timer('a', 'retry')).toEqual(['run a #2']);
    expect(run.fails('a')).toEqual(['retry a 300']);
    expect(run.timer('a', 'retry')).toEqual(['run a #3']);
    expect(run.fails('a')).toEqual(['a FAILED', 'b SKIPPED because of a', 'finished FAILED']);
  });

  it('does not try again after a terminal failure', () => {
    const run = drive(graphOf({ a: { policy: { retries: 5 } } }));
    run.start();
    expect(run.fails('a', true)).toEqual(['a FAILED', 'finished FAILED']);
  });

  it('gives the place away while it waits', () => {
    const graph = graphOf({ a: { policy: { retries: 1, retryDelay: 10, priority: 1 } }, b: {} });
    const run = drive(graph, { concurrency: 1 });
    expect(run.start()).toEqual(['run a']);
    expect(run.fails('a')).toEqual(['retry a 10', 'run b']);
    expect(run.timer('a', 'retry')).toEqual([]);
    expect(run.ok('b')).toEqual(['b COMPLETE', 'run a #2']);
  });

  it('counts the timeout over all attempts, from the first start', () => {
    const run = drive(graphOf({ a: { policy: { timeout: 1000, retries: 9 } }, b: { requires: ['a'] } }));
    run.start();
    expect(run.started('a')).toEqual(['timeout a 1000']);
    expect(run.fails('a')).toEqual(['retry a 0']);
    run.timer('a', 'retry');
    expect(run.started('a')).toEqual([]);
    expect(run.timer('a', 'timeout')).toEqual([
      'cancel a (timeout)',
      'a FAILED',
      'b SKIPPED because of a',
      'finished FAILED',
    ]);
  });

  it('waits before and after', () => {
    const run = drive(graphOf({ a: { policy: { waitBefore: 5, waitAfter: 7 } }, b: { requires: ['a'] } }));
    expect(run.start()).toEqual(['wait-before a 5']);
    expect(run.status('a')).toBe('INIT');
    expect(run.timer('a', 'wait-before')).toEqual(['run a']);
    expect(run.ok('a')).toEqual(['wait-after a 7']);
    expect(run.timer('a', 'wait-after')).toEqual(['a COMPLETE', 'run b']);
  });

  it('takes times that are none for no time', () => {
    for (const none of [0, -1, Number.NaN]) {
      const run = drive(graphOf({ a: { policy: { waitBefore: none, waitAfter: none, timeout: none } } }));
      expect(run.start()).toEqual(['run a']);
      expect(run.ok('a')).toEqual(['a COMPLETE', 'finished COMPLETE']);
    }
  });
});

describe('abort', () => {
  const graph = graphOf({ a: {}, b: {}, c: { requires: ['a'] } });

  it('cancels what has not begun, and waits for what has', () => {
    const run = drive(graph);
    run.start();
    run.started('a');
    expect(run.abort()).toEqual(['cancel b (stop)', 'b CANCELLED', 'c CANCELLED', 'cancel a (abort)']);
    expect(run.abort()).toEqual([]);
    expect(run.ok('a')).toEqual(['a COMPLETE', 'finished CANCELLED']);
  });

  it('calls what fails after it cancelled', () => {
    const run = drive(graphOf({ a: { policy: { retries: 3 } } }));
    run.start();
    run.started('a');
    run.abort();
    expect(run.fails('a')).toEqual(['a CANCELLED', 'finished CANCELLED']);
  });

  it('ends what does not end in time', () => {
    const run = drive(graph);
    run.start();
    run.started('a');
    run.abort();
    expect(run.graceOver()).toEqual(['cancel a (grace-over)', 'a CANCELLED', 'finished CANCELLED']);
    expect(run.ok('a')).toEqual([]);
  });

  it('ends tasks that wait for a timer', () => {
    const graph = graphOf({
      before: { policy: { waitBefore: 1 } },
      after: { policy: { waitAfter: 1 } },
      retry: { policy: { retries: 1, retryDelay: 1 } },
    });
    const run = drive(graph);
    run.start();
    run.ok('after');
    run.fails('retry');
    expect(run.abort()).toEqual(['before CANCELLED', 'after COMPLETE', 'retry CANCELLED', 'finished CANCELLED']);
  });

  it('leaves a run that is over as it is', () => {
    const run = drive(graphOf({ a: {} }));
    run.start();
    run.ok('a');
    expect(run.abort()).toEqual([]);
  });
});

describe('size', () => {
  const SIZE = 300_000;
  const chain = (): TaskGraph =>
    graphOfEdges(
      SIZE,
      Array.from({ length: SIZE - 1 }, (_, i) => [i + 1, i] as const),
    );

  it('walks a long chain', () => {
    const graph = chain();
    const traversal = traverse(graph, { concurrency: 1 });
    let commands = traversal.start();
    let next = 0;
    for (let last = commands.at(-1); last?.type === 'run' && last.task === next; last = commands.at(-1)) {
      commands = traversal.apply({ type: 'succeeded', task: next++, attempt: 1 });
    }
    expect(next).toBe(SIZE);
    expect(traversal.finished).toBe(true);
  });

  it('skips a long chain', () => {
    const graph = chain();
    const traversal = traverse(graph);
    traversal.start();
    const commands = traversal.apply({ type: 'failed', task: 0, attempt: 1 });
    expect(commands).toHaveLength(SIZE + 1);
    expect(traversal.status(SIZE - 1)).toBe('SKIPPED');
    expect(traversal.cause(SIZE - 1)).toBe(0);
  });
});
