import type { Executor } from '../run/executor.ts';
import { carryOut, check, collect, ends, newRunId, same, sketched, until } from './conformance-bench.ts';
import { SeededRandom } from './seeded-random.ts';

const ECHOES = sketched([
  ['a', { type: 'Dice' }],
  ['b', { type: 'Echo', properties: { value: { get_attr: ['a', 'value'] } }, requires: ['a'] }],
]);

/** Order, concurrency, and what can be done with a run from outside. */
export const CONTROL_CASES: Readonly<Record<string, (executor: Executor) => Promise<void>>> = {
  async 'every task comes after what it requires'(executor) {
    const random = new SeededRandom('order');
    const ids = Array.from({ length: 40 }, (_, i) => `t${i}`);
    const graph = sketched(
      ids.map((id, i) => [
        id,
        {
          type: i % 3 === 0 ? 'Sleeps' : 'Echo',
          properties: { ms: random.below(5), value: i },
          requires: i === 0 ? [] : [...new Set(Array.from({ length: 3 }, () => ids[random.below(i)] as string))],
        },
      ]),
    );
    const { result } = await carryOut(executor, graph, { concurrency: 4 });
    same(result.status, 'COMPLETE', 'the run');
  },

  async 'one at a time, the most urgent comes first, then the longest way to the end, then template order'(executor) {
    const graph = sketched([
      ['last', { type: 'Echo', policy: { priority: -1 } }],
      ['third', { type: 'Echo' }],
      ['fourth', { type: 'Echo' }],
      ['second', { type: 'Echo' }],
      ['after second', { type: 'Echo', requires: ['second'], policy: { priority: -2 } }],
      ['first', { type: 'Echo', policy: { priority: 1 } }],
    ]);
    const { events } = await carryOut(executor, graph, { concurrency: 1 });
    const order = events.flatMap((event) => (event.type === 'task-started' ? [event.task] : []));
    same(order, ['first', 'second', 'third', 'fourth', 'last', 'after second'], 'the order');
  },

  async 'tasks that may run at once do, and no more of them than the limits say'(executor) {
    const ids = Array.from({ length: 9 }, (_, i) => `t${i}`);
    const graph = sketched(
      ids.map((id, i) => [id, { type: 'Sleeps', properties: { ms: 300 }, policy: i < 4 ? { pool: 'narrow' } : {} }]),
    );
    const { events } = await carryOut(executor, graph, { concurrency: 3, pools: new Map([['narrow', 1]]) });
    let [running, most, narrow] = [0, 0, 0];
    for (const event of events) {
      const isNarrow = 'task' in event && ids.indexOf(event.task) < 4;
      if (event.type === 'task-started') {
        running++;
        if (isNarrow) narrow++;
      } else if (event.type === 'task-completed') {
        running--;
        if (isNarrow) narrow--;
      }
      most = Math.max(most, running);
      check(narrow <= 1, 'the pool of one has two');
    }
    same(most, 3, 'how many ran at once');
  },

  async 'a run that is submitted again is the same run'(executor) {
    const runId = newRunId();
    const first = await executor.submit({ runId, graph: ECHOES });
    const again = await executor.submit({ runId, graph: ECHOES });
    const results = await Promise.all([first.result(), again.result()]);
    const late = await (await executor.submit({ runId, graph: ECHOES })).result();
    const [one, ...others] = [...results, late].map(({ tasks }) => tasks.get('b')?.result?.attributes.value);
    check(typeof one === 'string', 'it has no result');
    same(others, [one, one], 'what the others gave');
  },

  async 'another run has other results'(executor) {
    const [one, two] = await Promise.all([carryOut(executor, ECHOES), carryOut(executor, ECHOES)]);
    const value = ({ result }: typeof one): unknown => result.tasks.get('b')?.result?.attributes.value;
    check(value(one) !== value(two), 'they are the same');
  },

  async 'another graph of the same run id is refused'(executor) {
    const runId = newRunId();
    const handle = await executor.submit({ runId, graph: ECHOES });
    const other = sketched([['other', { type: 'Echo' }]]);
    await refused(executor.submit({ runId, graph: other }));
    same(
      ends(await handle.result()).map(([id]) => id),
      ['a', 'b'],
      'the tasks',
    );
  },

  async 'a graph with a cycle is refused'(executor) {
    const graph = sketched([
      ['a', { type: 'Echo', requires: ['b'] }],
      ['b', { type: 'Echo', requires: ['a'] }],
    ]);
    await refused(executor.submit({ runId: newRunId(), graph }));
  },

  async 'a run can be attached to, while it goes on and afterwards'(executor) {
    check((await executor.attach(newRunId())) === undefined, 'there is a run that was never submitted');
    const runId = newRunId();
    const handle = await executor.submit({ runId, graph: ECHOES });
    const attached = await executor.attach(runId);
    same(attached?.runId, runId, 'its id');
    const [first, second] = await Promise.all([handle.result(), attached?.result()]);
    const third = await (await executor.attach(runId))?.result();
    const values = [first, second, third].map((result) => result?.tasks.get('b')?.result?.attributes.value);
    check(typeof values[0] === 'string' && new Set(values).size === 1, 'the results differ');
  },

  async 'a run that is over tells its last event alone'(executor) {
    const { handle } = await carryOut(executor, ECHOES);
    const told = await collect(handle.events());
    same(
      told.map(({ type }) => type),
      ['run-finished'],
      'the events',
    );
  },

  async 'all who read events read the same'(executor) {
    const handle = await executor.submit({ runId: newRunId(), graph: ECHOES });
    const [one, two] = await Promise.all([collect(handle.events()), collect(handle.events())]);
    check(one.length > 3, 'events are missing');
    same(two, one, 'the events');
  },

  async 'a cancelled run ends: what listens is told, what does not has its grace'(executor) {
    const graph = sketched([
      ['listens', { type: 'Waits' }],
      ['deaf', { type: 'Deaf' }],
      ['after', { type: 'Echo', requires: ['listens'] }],
    ]);
    const { result } = await carryOut(executor, graph, { grace: 200 }, async (handle) => {
      await until(async () => (await handle.status()).tasks.IN_PROGRESS === 2, 'two tasks in progress');
      await handle.cancel(new Error('enough'));
      await handle.cancel(new Error('enough, really'));
    });
    same(result.status, 'CANCELLED', 'the run');
    same(
      ends(result).map(([, status]) => status),
      ['CANCELLED', 'CANCELLED', 'CANCELLED'],
      'the tasks',
    );
  },

  async 'a run where all listen does not wait for its grace time'(executor) {
    const graph = sketched([['listens', { type: 'Waits' }]]);
    const { result } = await carryOut(executor, graph, { grace: 2 ** 31 }, async (handle) => {
      await until(async () => (await handle.status()).tasks.IN_PROGRESS === 1, 'a task in progress');
      await handle.cancel();
    });
    same(result.status, 'CANCELLED', 'the run');
  },

  async 'a run that is stopped starts nothing more, and lets what is in progress end'(executor) {
    const graph = sketched([
      ['slow', { type: 'Sleeps', properties: { ms: 300 } }],
      ['after', { type: 'Echo', requires: ['slow'] }],
    ]);
    const { result } = await carryOut(executor, graph, { grace: 0 }, async (handle) => {
      await until(async () => (await handle.status()).tasks.IN_PROGRESS === 1, 'a task in progress');
      await handle.stop();
      await handle.stop();
    });
    same(
      [result.status, ...ends(result).map(([, status]) => status)],
      ['CANCELLED', 'COMPLETE', 'CANCELLED'],
      'the run and its tasks',
    );
  },

  async 'a run that is over is not cancelled'(executor) {
    const { handle } = await carryOut(executor, ECHOES);
    await handle.stop();
    await handle.cancel();
    same((await handle.result()).status, 'COMPLETE', 'the run');
  },

  async 'a task waits at its breakpoint until it is cleared'(executor) {
    const graph = sketched([
      ['a', { type: 'Echo' }],
      ['b', { type: 'Echo', requires: ['a'], policy: { breakpoint: true } }],
      ['c', { type: 'Echo', requires: ['b'] }],
    ]);
    const { result, events } = await carryOut(executor, graph, {}, async (handle) => {
      await until(async () => (await handle.status()).tasks.COMPLETE === 1, 'a task that is complete');
      same([await handle.clear('c'), await handle.clear('none')], [false, false], 'clearing what does not wait');
      const { status, tasks } = await handle.status();
      same([status, tasks.COMPLETE, tasks.INIT], ['IN_PROGRESS', 1, 2], 'the status');
      await until(() => handle.clear('b'), 'a breakpoint that can be cleared');
      same(await handle.clear('b'), false, 'clearing it again');
    });
    same(result.status, 'COMPLETE', 'the run');
    same(
      events.flatMap((event) => (event.type === 'task-paused' ? [event.task] : [])),
      ['b'],
      'what paused',
    );
  },

  async 'a breakpoint before the first task does not stop the others'(executor) {
    const graph = sketched([
      ['a', { type: 'Echo', policy: { breakpoint: true } }],
      ['b', { type: 'Echo' }],
    ]);
    const { result } = await carryOut(executor, graph, { concurrency: 1 }, async (handle) => {
      await until(async () => (await handle.status()).tasks.COMPLETE === 1, 'a task that is complete');
      await until(() => handle.clear('a'), 'a breakpoint that can be cleared');
    });
    same(result.status, 'COMPLETE', 'the run');
  },

  async 'a handler that pauses goes on when its task is cleared, each time'(executor) {
    const graph = sketched([['a', { type: 'Pauses', properties: { times: 2 } }]]);
    const { result, events } = await carryOut(executor, graph, {}, async (handle) => {
      await until(() => handle.clear('a'), 'a task that can be cleared');
      await until(() => handle.clear('a'), 'a task that can be cleared again');
    });
    same(result.tasks.get('a')?.result?.attributes.value, 'went on', 'what it gave');
    same(
      events.flatMap((event) => (event.type === 'task-paused' ? [event.task] : [])),
      ['a', 'a'],
      'what paused',
    );
  },

  async 'what comes from outside reaches the handler that waits for it, where the executor can hand it over'(executor) {
    const graph = sketched([
      ['a', { type: 'Called', properties: { id: 'first' } }],
      ['b', { type: 'Called', properties: { id: 'second' } }],
    ]);
    const { result } = await carryOut(executor, graph, { onFailure: 'continue' }, async (handle) => {
      // An executor whose engine takes completions by itself has no such method.
      const complete = handle.complete?.bind(handle);
      if (complete === undefined) return handle.cancel();
      await until(() => complete('first', { colour: ['red'] }), 'somebody who waits for the first');
      same(await complete('none', 1), false, 'what nobody waits for');
      await until(() => complete('second', 'refused', 'ERROR'), 'somebody who waits for the second');
      same(await complete('first', 2), false, 'what has come already');
    });
    if (result.status === 'CANCELLED') return;
    same(result.tasks.get('a')?.result?.attributes.value, { colour: ['red'] }, 'what the first gave');
    same(result.tasks.get('b')?.error?.message, 'refused', 'why the second failed');
  },

  async 'work that goes on elsewhere is begun once, and looked at until it is done'(executor) {
    const graph = sketched([['a', { type: 'Polled', properties: { looks: 3 } }]]);
    const { result, events } = await carryOut(executor, graph);
    same(result.tasks.get('a')?.result?.attributes.value, { begun: 1, seen: [1, 2, 3] }, 'what the last look gave');
    same(events.filter(({ type }) => type === 'task-started').length, 1, 'how often it began');
    same(
      events.flatMap((event) => (event.type === 'task-polling' ? [event.count] : [])),
      [1, 2, 3],
      'the looks',
    );
  },

  async 'the status of a run that is over counts its tasks'(executor) {
    const { handle } = await carryOut(executor, ECHOES);
    const { status, tasks } = await handle.status();
    same([status, tasks.COMPLETE, tasks.INIT, tasks.IN_PROGRESS], ['COMPLETE', 2, 0, 0], 'the status');
  },

  async 'an executor that is closed takes no run'(executor) {
    await executor.close();
    await refused(executor.submit({ runId: newRunId(), graph: ECHOES }));
  },
};

async function refused(submitted: Promise<unknown>): Promise<void> {
  let error: unknown;
  try {
    await submitted;
  } catch (thrown) {
    error = thrown;
  }
  check(error !== undefined, 'it was not refused');
  const { diagnostics } = error as { diagnostics?: readonly unknown[] };
  check(Array.isArray(diagnostics) && diagnostics.length > 0, `the refusal says nothing: ${String(error)}`);
}
