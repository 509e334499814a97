import type { RunSettings } from './executor.ts';
import type { TraversalOptions } from './traversal-protocol.ts';

/**
 * Enough that waiting for a cloud is shared, few enough that its API does not throttle a single client (terraform's and
 * OpenTofu's default as well).
 */
const DEFAULT_CONCURRENCY = 10;

export const DEFAULT_GRACE = 30_000;

/** @throws RangeError for a concurrency or a limit of a pool below 1, and for times that are none. */
export function checkSettings({ concurrency, pools, grace, timeout }: RunSettings): void {
  checkLimit('concurrency', concurrency ?? 1);
  for (const [name, limit] of pools ?? []) checkLimit(`pool '${name}'`, limit);
  checkTime('grace', grace ?? 0);
  checkTime('timeout', timeout ?? 0);
}

export function traversalOptions(settings: RunSettings, lengths: ArrayLike<number>): TraversalOptions {
  const { concurrency = DEFAULT_CONCURRENCY, onFailure = 'stop', pools } = settings;
  return { concurrency, onFailure, lengths, ...(pools !== undefined && { pools }) };
}

export function checkLimit(what: string, limit: number): number {
  if (limit >= 1) return limit;
  throw new RangeError(`${what} must be a number from 1 on, not ${String(limit)}`);
}

function checkTime(what: string, ms: number): void {
  if (!(ms >= 0)) throw new RangeError(`${what} must be a number of milliseconds from 0 on, not ${String(ms)}`);
}
