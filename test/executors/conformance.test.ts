import { describe, expect, test } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
import type { LocalExecutor } from '../../src/executors/local-executor.ts';
import type { Executor, Submission } from '../../src/run/executor.ts';
import { HandlerTable } from '../../src/run/handler-table.ts';
import type { TaskContext } from '../../src/run/handlers.ts';
import { conformanceHandlers, executorConformance } from '../../src/testing/index.ts';

describe('in this process', () => {
  const cases = executorConformance(() => {
    const executor = inProcess();
    executor.startWorker(conformanceHandlers);
    return executor;
  });
  test.each(cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

/** The in-process executor, with something wrong about it. */
function broken(options: {
  context?: Partial<TaskContext>;
  submission?: (given: Submission) => Submission;
  executor?: Partial<Executor>;
}): Executor {
  const table = new HandlerTable(conformanceHandlers);
  const executor = inProcess({
    invoke(context) {
      const { task, action, polled } = context;
      const method = polled === undefined ? table.method(task.type, action) : table.check(task.type, action);
      return method?.(changed(context, options.context ?? {}));
    },
  });
  const submit = (given: Submission) => executor.submit(options.submission?.(given) ?? given);
  return changed(executor, { submit, ...options.executor } as Partial<LocalExecutor>);
}

function changed<T extends object>(object: T, changes: Partial<T>): T {
  return new Proxy(object, {
    get(target, key) {
      if (Object.hasOwn(changes, key)) return changes[key as keyof T];
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Which cases fail; of all, or only that of this name. */
async function complaints(makeExecutor: () => Executor, only = ''): Promise<string[]> {
  const names: string[] = [];
  for (const { name, run } of executorConformance(makeExecutor)) {
    if (only !== '' && name !== only) continue;
    await run().catch(() => names.push(name));
  }
  return names;
}

describe('an executor that breaks a promise is found', () => {
  const settings = (changes: object) => (given: Submission) => ({
    ...given,
    settings: { ...given.settings, ...changes },
  });
  test.each<[string, Parameters<typeof broken>[0], string]>([
    ['none', {}, ''],
    [
      'inputs are lost',
      { context: { properties: {} } },
      'values of every kind come through properties, attributes and outputs',
    ],
    [
      'attempts are not counted',
      { context: { attempt: 1 } },
      'a task is tried as often as its policy says, with the same idempotency key',
    ],
    [
      'requirements are not seen',
      { context: { requires: new Map() } },
      'a handler sees its task, its inputs, and what it requires',
    ],
    ['logs are lost', { context: { log() {} } }, 'what a handler logs is an event, without hidden values'],
    [
      'a run id is no identity',
      { submission: (given) => ({ ...given, runId: crypto.randomUUID() }) },
      'a run that is submitted again is the same run',
    ],
    [
      'limits are ignored',
      { submission: settings({ concurrency: 100, pools: new Map() }) },
      'tasks that may run at once do, and no more of them than the limits say',
    ],
    [
      'one after the other',
      { submission: settings({ concurrency: 1 }) },
      'tasks that may run at once do, and no more of them than the limits say',
    ],
    [
      'it goes on after a failure',
      { submission: settings({ onFailure: 'continue' }) },
      'after a failure nothing more starts, unless it is told to',
    ],
    [
      'it finds no run',
      { executor: { attach: async () => undefined } },
      'a run can be attached to, while it goes on and afterwards',
    ],
    ['it never closes', { executor: { close: async () => {} } }, 'an executor that is closed takes no run'],
  ])('%s', async (_, options, found) => {
    const names = await complaints(() => broken(options), found);
    expect(names).toEqual(found === '' ? [] : [found]);
  });
});
