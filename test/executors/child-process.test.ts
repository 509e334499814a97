import { afterAll, describe, expect, test } from 'vitest';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { RunEvent } from '../../src/run/events.ts';
import type { Executor, RunSettings } from '../../src/run/executor.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { executorConformance, runViolations } from '../../src/testing/index.ts';
import { graphOf } from '../run/graphs.ts';
import { WorkerPool } from './child-process-executor.ts';

const pool = new WorkerPool();
afterAll(() => pool.close());

describe('every task in a worker process', () => {
  test.each(executorConformance(() => pool.executor()))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

async function carryOut(
  graph: TaskGraph,
  onEvent: (event: RunEvent) => void = () => {},
  settings: RunSettings = {},
): Promise<{ result: RunResult; events: RunEvent[] }> {
  const executor: Executor = pool.executor();
  const handle = await executor.submit({ runId: `run ${Math.random()}`, graph, settings });
  const events: RunEvent[] = [];
  for await (const event of handle.events()) {
    events.push(event);
    onEvent(event);
  }
  const result = await handle.result();
  await executor.close();
  expect(runViolations(graph, events)).toEqual([]);
  return { result, events };
}

describe('a worker that is killed', () => {
  test('by itself, in the middle of an attempt: the attempt failed, and is made again elsewhere', async () => {
    const graph = graphOf({
      a: { type: 'Test::Dies', properties: new Map([['attempts', 2]]), policy: { retries: 2 } },
      b: { type: 'Conformance::Sees', requires: ['a'] },
    });
    const { result, events } = await carryOut(graph);
    expect(result.tasks.get('a')).toMatchObject({
      status: 'COMPLETE',
      attempts: 3,
      result: { attributes: { attempt: 3 } },
    });
    expect(result.tasks.get('b')?.status).toBe('COMPLETE');
    expect(events.flatMap((event) => (event.type === 'task-retrying' ? [event.message] : []))).toEqual([
      'the worker is gone (SIGKILL)',
      'the worker is gone (SIGKILL)',
    ]);
  });

  test('by kill -9 from outside', async () => {
    const graph = graphOf({ a: { type: 'Test::SaysItsPid', policy: { retries: 1 } } });
    const { result } = await carryOut(graph, (event) => {
      if (event.type === 'task-log') process.kill(Number(event.data), 'SIGKILL');
    });
    expect(result.tasks.get('a')).toMatchObject({ status: 'COMPLETE', attempts: 2 });
  });

  test('more often than there are attempts: the task failed, and says why', async () => {
    const graph = graphOf({ a: { type: 'Test::Exits', policy: { retries: 1 } } });
    const { result } = await carryOut(graph);
    expect(result.failures).toMatchObject([{ task: 'a', attempt: 2, message: 'the worker is gone (exit code 3)' }]);
  });
});

test('what no worker knows fails its task', async () => {
  const { result } = await carryOut(graphOf({ a: { type: 'Test::Unknown', policy: { retries: 3 } } }));
  expect(result.failures).toMatchObject([
    { task: 'a', attempt: 1, message: "there is no handler for 'Test::Unknown' that can CREATE" },
  ]);
});
