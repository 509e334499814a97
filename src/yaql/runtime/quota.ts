import { overflowError } from '../raised.ts';
import { allocate, memoryExceeded } from './budget.ts';
import type { Runtime } from './objects.ts';
import type { Run } from './run.ts';
import { sizeOf } from './size.ts';

/** YAQL's memory quota: every argument and every result must be within it. @throws MemoryQuotaExceededException */
export function checkQuota(run: Run, value: Runtime): void {
  if (run.memoryQuota > 0 && sizeOf(value) > run.memoryQuota) throw memoryExceeded();
}

/** The same for several values together. */
export function checkQuotas(run: Run, values: readonly Runtime[]): void {
  if (run.memoryQuota <= 0) return;
  let total = 0;
  for (const value of values) {
    total += sizeOf(value);
    if (total > run.memoryQuota) throw memoryExceeded();
  }
}

/** For what is repeated: `times * size - (times - 1) * empty` bytes, checked before it is made. */
export function checkRepeated(run: Run, value: Runtime, empty: Runtime, times: number): void {
  if (run.memoryQuota > 0) {
    const overhead = (1 - times) * sizeOf(empty);
    if (overhead > run.memoryQuota || overhead + times * sizeOf(value) > run.memoryQuota) throw memoryExceeded();
  }
  if (times >= 2 ** 63) throw overflowError("cannot fit 'int' into an index-sized integer");
  if (times > 0) allocate(sizeOf(value) * times);
}
