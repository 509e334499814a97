import { LimitPassed } from '../raised.ts';

/**
 * What one evaluation may use. Comparing, hashing or printing a value can take exponential time (a list that holds the
 * same list twice, forty levels deep), so even these must count, wherever they are called from.
 */
export interface Budget {
  steps: number;
  bytes: number;
  /** Asked from time to time whether to go on. */
  readonly interrupted: () => boolean;
}

const STEPS_BETWEEN_QUESTIONS = 1024;

// Evaluation is synchronous: there is one at a time, and one that an extension function starts runs inside it.
let current: Budget | undefined;
let untilQuestion = STEPS_BETWEEN_QUESTIONS;

/** Runs `work` within `budget`. */
export function within<T>(budget: Budget, work: () => T): T {
  const outer = current;
  current = budget;
  try {
    return work();
  } finally {
    current = outer;
  }
}

/** @throws LimitPassed when the steps are used up or the host wants to stop */
export function spend(steps: number): void {
  if (current === undefined) return;
  current.steps -= steps;
  if (current.steps < 0) throw new LimitPassed('StepLimitExceededException', 'the evaluation takes too many steps');
  untilQuestion -= steps;
  if (untilQuestion <= 0) {
    untilQuestion = STEPS_BETWEEN_QUESTIONS;
    if (current.interrupted()) throw new LimitPassed('EvaluationInterruptedException', 'the evaluation was stopped');
  }
}

/** @throws LimitPassed when more memory was asked for, over the whole evaluation, than is allowed */
export function allocate(bytes: number): void {
  if (current === undefined || bytes < 64) return;
  current.bytes -= bytes;
  if (!(current.bytes >= 0)) throw memoryExceeded();
  spend(bytes / 256);
}

export function memoryExceeded(): LimitPassed {
  return new LimitPassed('MemoryQuotaExceededException', 'the expression needs too much memory');
}

/** The steps that are left, for a worker that counts by itself and reports with `spend`. */
export function stepsLeft(): number {
  return current === undefined ? Number.POSITIVE_INFINITY : current.steps;
}
