import type { Executor } from '../run/executor.ts';
import { carryOut, check, ends, same, sketched } from './conformance-bench.ts';
import { ODD } from './conformance-handlers.ts';

/** What becomes of tasks that fail, and of those that require them. */
export const FAILURE_CASES: Readonly<Record<string, (executor: Executor) => Promise<void>>> = {
  async 'a failed task fails the run; what requires it is skipped and names it'(executor) {
    const graph = sketched([
      ['a', { type: 'Fails', properties: { message: 'no quota' } }],
      ['b', { type: 'Echo', requires: ['a'] }],
      ['c', { type: 'Echo', requires: ['b'] }],
      ['free', { type: 'Echo' }],
      ['after', { type: 'Echo', requires: ['free'] }],
    ]);
    const { result } = await carryOut(executor, graph, { onFailure: 'continue' });
    same(result.status, 'FAILED', 'the run');
    same(
      Array.from(result.tasks, ([id, { status, cause }]) => [id, status, cause ?? null]),
      [
        ['a', 'FAILED', null],
        ['b', 'SKIPPED', 'a'],
        ['c', 'SKIPPED', 'a'],
        ['free', 'COMPLETE', null],
        ['after', 'COMPLETE', null],
      ],
      'the tasks',
    );
    same(
      result.failures.map(({ task, code, message, attempt }) => [task, code, message, attempt]),
      [['a', 'HANDLER_FAILED', 'no quota', 1]],
      'the failures',
    );
  },

  async 'after a failure nothing more starts, unless it is told to'(executor) {
    const graph = sketched([
      ['a', { type: 'Fails', policy: { priority: 1 } }],
      ['b', { type: 'Echo' }],
    ]);
    const { result } = await carryOut(executor, graph, { concurrency: 1 });
    same(
      Array.from(result.tasks, ([id, { status, cause }]) => [id, status, cause ?? null]),
      [
        ['a', 'FAILED', null],
        ['b', 'CANCELLED', 'a'],
      ],
      'the tasks',
    );
  },

  async 'an output that needs a failed task has no value, and the result says why'(executor) {
    const graph = sketched([['a', { type: 'Fails' }]], { out: { get_attr: ['a', 'value'] } });
    const { result } = await carryOut(executor, graph);
    same(
      [result.outputs.get('out'), result.outputErrors.get('out')?.code],
      [undefined, 'OUTPUT_UNRESOLVED'],
      'the output',
    );
  },

  async 'what runs on failure runs when what it requires is over and something failed, also where that stops the run'(
    executor,
  ) {
    const policy = { runsOn: 'failure' } as const;
    const graph = sketched([
      ['a', { type: 'Fails' }],
      ['b', { type: 'Echo', requires: ['a'] }],
      ['rescue', { type: 'Echo', requires: ['a'], policy }],
      ['report', { type: 'Echo', requires: ['a', 'b', 'rescue'], policy }],
      ['idle', { type: 'Echo', requires: ['b'], policy }],
    ]);
    for (const onFailure of ['stop', 'continue'] as const) {
      const { result } = await carryOut(executor, graph, { onFailure });
      same(
        ends(result),
        [
          ['a', 'FAILED', 1],
          ['b', 'SKIPPED', 0],
          ['rescue', 'COMPLETE', 1],
          ['report', 'COMPLETE', 1],
          ['idle', 'SKIPPED', 0],
        ],
        `the tasks with ${onFailure}`,
      );
      same(result.status, 'FAILED', 'the run');
    }
  },

  async 'what runs on failure is skipped where nothing failed, and the run is complete'(executor) {
    const graph = sketched([
      ['a', { type: 'Echo' }],
      ['rescue', { type: 'Fails', requires: ['a'], policy: { runsOn: 'failure' } }],
    ]);
    const { result } = await carryOut(executor, graph);
    same(
      ends(result),
      [
        ['a', 'COMPLETE', 1],
        ['rescue', 'SKIPPED', 0],
      ],
      'the tasks',
    );
    same(result.status, 'COMPLETE', 'the run');
  },

  async 'whatever a handler throws is one failed task'(executor) {
    const graph = sketched(ODD.map((what) => [what, { type: 'ThrowsOddly', properties: { what } }]));
    const { result } = await carryOut(executor, graph, { onFailure: 'continue' });
    same(
      ends(result),
      ODD.map((what) => [what, 'FAILED', 1]),
      'the tasks',
    );
    check(
      result.failures.every(({ code, message }) => code === 'HANDLER_FAILED' && message !== ''),
      'a failure has no words',
    );
  },

  async 'hidden values are masked in failures'(executor) {
    const graph = sketched(
      [['a', { type: 'Fails', properties: { message: { get_param: 'secret' } } }]],
      {},
      { secret: 'pa55word' },
    );
    const { result, events } = await carryOut(executor, graph);
    check(!JSON.stringify([result.failures.map(({ message }) => message), events]).includes('pa55word'), 'it is shown');
  },

  async 'a result that is no data fails its task, for good'(executor) {
    const graph = sketched([['a', { type: 'NoData', policy: { retries: 3 } }]]);
    const { result } = await carryOut(executor, graph);
    same(ends(result), [['a', 'FAILED', 1]], 'the task');
  },

  async 'inputs that cannot be resolved fail their task, for good'(executor) {
    const graph = sketched([
      ['a', { type: 'Echo', properties: { value: 1 } }],
      [
        'b',
        { type: 'Echo', properties: { value: { get_attr: ['a', 'none'] } }, requires: ['a'], policy: { retries: 3 } },
      ],
    ]);
    const { result } = await carryOut(executor, graph);
    same(
      result.failures.map(({ task, code }) => [task, code]),
      [['b', 'INPUTS_UNRESOLVED']],
      'the failures',
    );
  },

  async 'a task is tried as often as its policy says, with the same idempotency key'(executor) {
    const graph = sketched([
      ['late', { type: 'Fails', properties: { attempts: 2 }, policy: { retries: 2, retryDelay: 1 } }],
      ['never', { type: 'Fails', policy: { retries: 1 } }],
      ['once', { type: 'Fails' }],
    ]);
    const { result, events } = await carryOut(executor, graph, { onFailure: 'continue' });
    same(
      ends(result),
      [
        ['late', 'COMPLETE', 3],
        ['never', 'FAILED', 2],
        ['once', 'FAILED', 1],
      ],
      'the tasks',
    );
    const retries = events.flatMap((event) =>
      event.type === 'task-retrying' && event.task === 'late' ? [[event.attempt, event.message]] : [],
    );
    same(
      retries,
      [
        [1, 'late fails, attempt 1'],
        [2, 'late fails, attempt 2'],
      ],
      'the retries',
    );
  },

  async 'a terminal error is not tried again'(executor) {
    const graph = sketched([['a', { type: 'Fails', properties: { terminal: true }, policy: { retries: 5 } }]]);
    const { result } = await carryOut(executor, graph);
    same(ends(result), [['a', 'FAILED', 1]], 'the task');
  },

  async 'a task whose time is over has failed, whether it listens or not'(executor) {
    const graph = sketched([
      ['listens', { type: 'Waits', policy: { timeout: 50 } }],
      ['deaf', { type: 'Deaf', policy: { timeout: 50 } }],
      ['after', { type: 'Echo', requires: ['deaf'] }],
    ]);
    const { result } = await carryOut(executor, graph, { onFailure: 'continue' });
    same(
      result.failures.map(({ task, code }) => [task, code]),
      [
        ['listens', 'TASK_TIMED_OUT'],
        ['deaf', 'TASK_TIMED_OUT'],
      ],
      'the failures',
    );
    same(result.tasks.get('after')?.cause, 'deaf', 'why the one after it is skipped');
  },

  async 'a run whose time is over has failed'(executor) {
    const graph = sketched([
      ['a', { type: 'Waits' }],
      ['b', { type: 'Echo', requires: ['a'] }],
    ]);
    const { result } = await carryOut(executor, graph, { timeout: 50, grace: 10_000 });
    same([result.status, ends(result).map(([, status]) => status)], ['FAILED', ['CANCELLED', 'CANCELLED']], 'the run');
  },
};
