import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import { run } from '../../src/executors/run.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { MemoryJournal, type Run, type RunEvent, type RunGraphOptions } from '../../src/index.ts';
import type { ActionContext } from '../../src/workflow/actions.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { standardActions } from '../../src/workflow/standard-actions.ts';
import { graphOf } from '../run/graphs.ts';
import { hooked } from './hooked.ts';

const noop = workflow('noop').task('nothing');
const two = graphOf({ a: {}, b: {} });

/** Begins a run that tells `on` of its events; `on` is called after the event was handed on. */
function begin(
  hooks: readonly Hook[],
  on: (event: RunEvent, running: Run) => void | Promise<void>,
  options: Partial<RunGraphOptions> = {},
): Run {
  const running: Run = run(hooked(two, hooks, options.actions === undefined ? {} : { actions: options.actions }), {
    handlers: { '*': () => undefined },
    runId: 'run',
    ...options,
    onEvent: (event) => void Promise.resolve().then(() => on(event, running)),
  });
  return running;
}

describe('a breakpoint', () => {
  it('waits until it is cleared, by the id of its task', async () => {
    const cleared: boolean[] = [];
    const running = begin([{ at: ['pre-create', 'post-create'], select: 'a' }], async ({ type, ...event }, one) => {
      if (type !== 'task-paused') return;
      cleared.push(await one.clear('a//nothing'), await one.clear((event as { task: string }).task));
    });
    expect((await running.result).status).toBe('COMPLETE');
    expect(cleared).toEqual([false, true, false, true]);
  });

  it('or by the name of its hook, where only one is waiting', async () => {
    const waiting: string[] = [];
    const cleared: boolean[] = [];
    const running = begin([{ name: 'look', at: 'pre-create' }], async (event, one) => {
      if (event.type !== 'task-paused') return;
      waiting.push(event.task);
      if (waiting.length < 2) return;
      cleared.push(await one.clear('look'));
      cleared.push(await one.clear('a//look'));
      cleared.push(await one.clear('look'));
    });
    expect((await running.result).status).toBe('COMPLETE');
    expect(waiting).toEqual(['a//look', 'b//look']);
    expect(cleared).toEqual([false, true, true]);
  });
});

describe('an asynchronous action', () => {
  const hooks: Hook[] = [{ name: 'ask', at: 'post-create', select: 'a', action: 'ask' }];

  /** Hands over what comes from outside once the action was called, and gives how that went. */
  async function answered(
    answer: (running: Run, id: string) => Promise<boolean>,
  ): Promise<{ taken: boolean; outcome: unknown }> {
    let called: (id: string) => void = () => {};
    const id = new Promise<string>((resolve) => {
      called = resolve;
    });
    const actions = standardActions().add('ask', { asynchronous: true, run: (_, context) => called(context.id) });
    const running = begin(hooks, () => {}, { actions });
    const taken = await answer(running, await id);
    return { taken, outcome: (await running.result).tasks.get('a//ask') };
  }

  it('ends with what comes by run.complete, by the id of its call', async () => {
    const { taken, outcome } = await answered((running, id) => running.complete(id, { colour: 'red' }));
    expect(taken).toBe(true);
    expect(outcome).toMatchObject({ status: 'COMPLETE', result: { outputs: { colour: 'red' } } });
  });

  it('fails when that is an error', async () => {
    const { outcome } = await answered((running, id) => running.complete(id, 'they said no', 'ERROR'));
    expect(outcome).toMatchObject({ error: { message: "The action 'ask' failed: they said no" } });
  });

  it('tells the id under which it waits', async () => {
    const running = begin(
      hooks,
      async (event, one) => {
        if (event.type !== 'task-log') return;
        const { call } = (event.data ?? {}) as { call?: string };
        if (call !== undefined) await one.complete(call, event.message);
      },
      { actions: standardActions().add('ask', { asynchronous: true, run: () => null }) },
    );
    expect((await running.result).tasks.get('a//ask')?.result?.outputs).toEqual({
      result: 'run: waits for the result of ask',
    });
  });

  it('takes no notice of what nobody waits for', async () => {
    const { taken, outcome } = await answered(async (running, id) => {
      const other = await running.complete('another id', 1);
      await running.complete(id, 2);
      return other;
    });
    expect(taken).toBe(false);
    expect(outcome).toMatchObject({ result: { outputs: { result: 2 } } });
  });
});

it('a workflow that is paused is resumed by run.clear', async () => {
  const careful = workflow('careful')
    .task('first', { action: 'std.noop', onSuccess: 'second' })
    .task('second', {
      pauseBefore: true,
      action: 'std.echo',
      input: { output: 'went on' },
      publish: { said: '<% task().result %>' },
    })
    .output({ said: '<% $.said %>' });
  const paused: string[] = [];
  const running = begin([{ name: 'careful', at: 'post-create', select: 'a', workflow: careful }], (event, one) => {
    if (event.type !== 'task-paused') return;
    paused.push(event.task);
    void one.clear('careful');
  });
  const result = await running.result;
  expect(paused).toEqual(['a//careful']);
  expect(result.tasks.get('a//careful')?.result?.outputs).toEqual({ said: 'went on' });
});

it('an abort ends workflows, and starts none on failure', async () => {
  const slow = workflow('slow').task('wait', { action: 'std.sleep', input: { seconds: 3600 } });
  const running = begin(
    [
      { name: 'slow', at: 'post-create', select: 'a', workflow: slow },
      { name: 'tell', at: 'post', workflow: noop, onFailure: true },
    ],
    (event, one) => {
      if (event.type === 'task-started' && event.task === 'a//slow') one.abort('enough');
    },
  );
  const result = await running.result;
  expect(result.status).toBe('CANCELLED');
  expect(result.tasks.get('a//slow')?.status).toBe('CANCELLED');
  expect(result.tasks.get('//tell')?.status).toBe('CANCELLED');
});

it('a workflow that takes longer than the time of its hook has failed', async () => {
  const slow = workflow('slow').task('wait', { action: 'std.sleep', input: { seconds: 3600 } });
  const running = begin(
    [{ name: 'slow', at: 'post-create', select: 'a', workflow: slow, policy: { timeout: 5 } }],
    () => {},
  );
  expect((await running.result).failures).toMatchObject([{ task: 'a//slow', code: 'TASK_TIMED_OUT' }]);
});

describe('calls of actions', () => {
  /** A run whose first process dies in the middle of the hook: `left` settles once it has got so far. */
  function idsOf(
    journal: MemoryJournal | undefined,
    die: boolean,
    fails: number,
  ): { ids: Map<string, string>; running: Run; called: Promise<void> } {
    const ids = new Map<string, string>();
    let attempt = 0;
    let reached: () => void = () => {};
    const called = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const actions = standardActions()
      .add('note', (_, { id, task, index }: ActionContext) => void ids.set(`${attempt} ${task} ${index}`, id))
      .add('end', (_, { id, task }: ActionContext) => {
        ids.set(`${attempt} ${task}`, id);
        if (attempt++ < fails) throw new Error('once more');
        reached();
        return die ? new Promise(() => {}) : 'done';
      });
    const steps = workflow('steps')
      .task('each', { action: 'note', withItems: 'i in <% [1, 2] %>', onSuccess: 'end' })
      .task('other', { action: 'note', onSuccess: 'end' })
      .task('end', { join: 'all', action: 'end' });
    const hooks: Hook[] = [{ name: 'steps', at: 'post-create', select: 'a', workflow: steps, policy: { retries: 1 } }];
    const running = begin(hooks, () => {}, {
      actions,
      executor: inProcess(),
      ...(journal !== undefined && { journal }),
    });
    return { ids, running, called };
  }

  it('have the same ids when an attempt is made once more after a crash', async () => {
    const journal = new MemoryJournal();
    const first = idsOf(journal, true, 0);
    await first.called;
    const copy = new MemoryJournal();
    for await (const record of journal.read()) copy.append([record]);
    const again = idsOf(copy, false, 0);
    expect((await again.running.result).status).toBe('COMPLETE');
    expect([...again.ids].sort()).toEqual([...first.ids].sort());
    expect(new Set(again.ids.values()).size).toBe(4);
    for (const id of again.ids.values())
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    first.running.abort();
  });

  it('have other ids in another attempt', async () => {
    const { ids, running } = idsOf(undefined, false, 1);
    expect((await running.result).status).toBe('COMPLETE');
    expect(ids.size).toBe(8);
    expect(new Set(ids.values()).size).toBe(8);
  });
});
