import type { Executor } from '../run/executor.ts';
import { CONTROL_CASES } from './conformance-control.ts';
import { FAILURE_CASES } from './conformance-failures.ts';
import { VALUE_CASES } from './conformance-values.ts';
import type { ConformanceCase } from './journal-conformance.ts';

/**
 * What an executor has to do so that a graph gives the same on it as on any other; each case by itself, for any test
 * runner:
 *
 *     for (const { name, run } of executorConformance(makeExecutor)) test(name, run);
 *
 * No case is submitted with handlers of its own: the workers of the executor have `conformanceHandlers`.
 *
 * @param makeExecutor makes an executor for each case, which closes it.
 */
export function executorConformance(makeExecutor: () => Executor | PromiseLike<Executor>): ConformanceCase[] {
  const cases = { ...VALUE_CASES, ...FAILURE_CASES, ...CONTROL_CASES };
  return Object.entries(cases).map(([name, check]) => ({
    name,
    async run() {
      const executor = await makeExecutor();
      try {
        await check(executor);
      } finally {
        await executor.close();
      }
    },
  }));
}
