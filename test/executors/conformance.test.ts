import { describe, expect, test } from 'vitest';
import { inProcess } from '../../src/executors/in-process.ts';
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
