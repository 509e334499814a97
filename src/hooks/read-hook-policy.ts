import type { TaskPolicy } from '../graph/task.ts';
import type { MapReader } from './map-reader.ts';

type Settings = { -readonly [key in keyof TaskPolicy]: TaskPolicy[key] };

/** Times are seconds here, as in Mistral's policies, which are spelled alike; in a graph they are milliseconds. */
const SECONDS: readonly (readonly [key: string, setting: 'timeout' | 'waitBefore' | 'waitAfter'])[] = [
  ['timeout', 'timeout'],
  ['wait-before', 'waitBefore'],
  ['wait-after', 'waitAfter'],
];
const KEYS = ['retry', ...SECONDS.map(([key]) => key), 'priority', 'pool'];
const RETRY_KEYS = ['count', 'delay', 'backoff'];

/** Reads `policy` of a hook: `{retry: {count, delay, backoff}, timeout, wait-before, wait-after, priority, pool}`. */
export function readHookPolicy(policy: MapReader): TaskPolicy {
  const settings: Settings = {};
  policy.allow(KEYS);
  for (const [key, setting] of SECONDS) {
    const seconds = policy.number(key, 0);
    if (seconds !== undefined) settings[setting] = seconds * 1000;
  }
  const priority = policy.number('priority');
  if (priority !== undefined) settings.priority = priority;
  const pool = policy.text('pool');
  if (pool !== undefined) settings.pool = pool;
  const retry = policy.section('retry');
  if (retry !== undefined) readRetry(retry, settings);
  return settings;
}

function readRetry(retry: MapReader, settings: Settings): void {
  retry.allow(RETRY_KEYS);
  const count = retry.count('count');
  const delay = retry.number('delay', 0);
  const backoff = retry.number('backoff', 0);
  if (count !== undefined) settings.retries = count;
  if (delay !== undefined) settings.retryDelay = delay * 1000;
  if (backoff !== undefined) settings.backoffFactor = backoff;
}
