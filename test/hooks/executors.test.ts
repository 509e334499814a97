import { afterAll, describe, expect, test } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { workflowHandlers } from '../../src/executors/workflow/workflow-handlers.ts';
import { fromJSON } from '../../src/graph/from-json.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { toJSON } from '../../src/graph/to-json.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { type Executor, MemoryJournal, type RunEvent, type RunResult } from '../../src/index.ts';
import { conformanceHandlers, runViolations } from '../../src/testing/index.ts';
import type { Value } from '../../src/values/value.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { WorkerPool } from '../executors/child-process-executor.ts';
import { graphOf } from '../run/graphs.ts';
import { hooked } from './hooked.ts';

const pool = new WorkerPool();
afterAll(() => pool.close());

function workers(): Executor {
  const executor = inProcess();
  executor.startWorker(
    new Map([...(conformanceHandlers as Map<string, never>), ...Object.entries(workflowHandlers())]),
  );
  return executor;
}

const tell = workflow('tell')
  .input('what')
  .task('say', {
    action: 'std.echo',
    input: { output: '<% env().hook.point %> <% env().task.name %>: <% $.what %>' },
    publish: { said: '<% task().result %>' },
  })
  .output({ said: '<% $.said %>' });
const make = workflow('make').task('nothing').output({ physical_id: 'own', value: '<% env().task.id %>' });

const hooks: readonly Hook[] = [
  { name: 'begin', at: 'pre', action: 'std.echo', input: { output: 'began' } },
  { name: 'tell', at: 'post-create', select: 'a', workflow: tell, input: { what: { get_attr: ['$task', 'value'] } } },
  { name: 'own', at: 'create', instead: true, select: 'b', workflow: make },
  { name: 'rescue', at: 'post-create', onFailure: true, workflow: tell, input: { what: 'rescued' } },
  { name: 'end', at: 'post', action: 'std.echo', input: { output: 'it failed' }, onFailure: true },
  { at: 'pre-create', select: 'c' },
];

function graphWith(last: { readonly type: string; readonly properties?: Value }): TaskGraph {
  const attached = hooked(
    graphOf({
      a: { type: 'Conformance::Echo', properties: new Map([['value', 'hello']]) },
      b: { type: 'No::Handler', requires: ['a'] },
      c: { ...last, requires: ['a', 'b'] },
    }),
    hooks,
  );
  // What is run is what came out of another process.
  const read = fromJSON(JSON.parse(JSON.stringify(toJSON(attached))));
  if (!read.ok) throw new Error('not read');
  return read.graph;
}

async function carryOut(
  executor: Executor,
  graph: TaskGraph,
  journal?: MemoryJournal,
): Promise<{ result: RunResult; events: RunEvent[] }> {
  const handle = await executor.submit({ runId: 'run', graph, ...(journal !== undefined && { journal }) });
  const events: RunEvent[] = [];
  handle.observe((event) => {
    events.push(event);
    if (event.type === 'task-paused') void handle.clear(event.task);
  });
  const result = await handle.result();
  await executor.close();
  return { result, events };
}

const summary = ({ status, tasks }: RunResult): unknown => [
  status,
  Array.from(tasks, ([id, outcome]) => [id, outcome.status, outcome.result?.outputs ?? {}]),
];

const seen = { type: 'Conformance::Echo', properties: new Map([['value', new Map([['get_attr', ['own', 'value']]])]]) };
const broken = { type: 'Conformance::Fails', properties: new Map([['message', 'down']]) };

describe.each([
  ['in process', workers],
  ['in worker processes', () => pool.executor()],
])('hooks %s', (_, makeExecutor) => {
  test('give the same', async () => {
    const graph = graphWith(seen);
    const { result, events } = await carryOut(makeExecutor(), graph);
    expect(runViolations(graph, events)).toEqual([]);
    expect(summary(result)).toEqual([
      'COMPLETE',
      [
        ['a', 'COMPLETE', {}],
        ['b', 'COMPLETE', { physical_id: 'own', value: 'b' }],
        ['c', 'COMPLETE', {}],
        ['//begin', 'COMPLETE', { result: 'began' }],
        ['a//tell', 'COMPLETE', { said: 'post-create a: hello' }],
        ['a//rescue', 'SKIPPED', {}],
        ['b//rescue', 'SKIPPED', {}],
        ['c//rescue', 'SKIPPED', {}],
        ['//end', 'SKIPPED', {}],
        ['c//pre-create', 'COMPLETE', {}],
      ],
    ]);
    expect(result.tasks.get('c')?.result?.attributes.value).toBe('b');
  });

  test('give the same after a failure', async () => {
    const { result } = await carryOut(makeExecutor(), graphWith(broken));
    expect(result.failures.map(({ task, message }) => [task, message])).toEqual([['c', 'down']]);
    expect(result.tasks.get('c//rescue')?.result?.outputs).toEqual({ said: 'post-create c: rescued' });
    expect(result.tasks.get('//end')?.status).toBe('COMPLETE');
  });

  test.each([
    ['a run', seen],
    ['a failed run', broken],
  ])('go on from any record of the journal of %s', async (_, last) => {
    const graph = graphWith(last);
    const whole = new MemoryJournal();
    const { result } = await carryOut(makeExecutor(), graph, whole);
    const records = [];
    for await (const record of whole.read()) records.push(record);
    for (let kept = 1; kept < records.length; kept += 2) {
      const journal = new MemoryJournal();
      journal.append(records.slice(0, kept));
      const resumed = await carryOut(makeExecutor(), graph, journal);
      expect(summary(resumed.result)).toEqual(summary(result));
      const endedBefore = new Set(
        records.slice(0, kept).flatMap(({ type, task }) => (type === 'ended' ? [task as string] : [])),
      );
      for (const event of resumed.events) {
        if (event.type === 'task-started') expect(endedBefore.has(event.task)).toBe(false);
      }
    }
  });

  test('end with what comes from outside, and wait where they are paused', async () => {
    const careful = workflow('careful')
      .task('ask', { action: 'std.async_noop', publish: { answer: '<% task().result %>' }, onSuccess: 'use' })
      .task('use', { pauseBefore: true, action: 'std.noop' })
      .output({ answer: '<% $.answer %>' });
    const graph = hooked(graphOf({ a: { type: 'Conformance::Echo' } }), [
      { name: 'careful', at: 'post-create', workflow: careful },
    ]);
    const executor = makeExecutor();
    const handle = await executor.submit({ runId: 'outside', graph });
    const paused: string[] = [];
    let asked = false;
    handle.observe((event) => {
      if (event.type === 'task-started' && event.task === 'a//careful') asked = true;
      if (event.type !== 'task-paused') return;
      paused.push(event.task);
      void handle.clear('a//careful');
    });
    // The id that the other side would have been given: made of the run, the task, the attempt and the way to the call.
    const { executionIds } = await import('../../src/executors/mistral-resources/execution-ids.ts');
    const id = executionIds('outside/a//careful/1')('/ask/1/0/0');
    let taken = false;
    while (!taken) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (asked) taken = (await handle.complete?.(id, { colour: 'red' })) ?? false;
    }
    const result = await handle.result();
    expect(result.tasks.get('a//careful')?.result?.outputs).toEqual({ answer: { colour: 'red' } });
    expect(paused).toEqual(['a//careful']);
    await executor.close();
  });
});
