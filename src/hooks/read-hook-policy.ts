import type { Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks-file.ts';
import type { TaskPolicy } from '../graph/task.ts';
import { str } from '../values/text.ts';
import { Float, isMap, type Value, type ValueMap } from '../values/value.ts';
import { short } from '../workflow/language/check-schema.ts';
import type { Reader } from '../workflow/language/reader.ts';

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
export function readHookPolicy(map: ValueMap, owner: string, path: Path, reader: Reader): TaskPolicy {
  const settings: Settings = {};
  const policy = new Section(map, `'policy' of ${owner}`, path, reader);
  policy.allow(KEYS);
  for (const [key, setting] of SECONDS) {
    const seconds = policy.number(key, 0);
    if (seconds !== undefined) settings[setting] = seconds * 1000;
  }
  const priority = policy.number('priority', -Infinity);
  if (priority !== undefined) settings.priority = priority;
  const pool = policy.text('pool');
  if (pool !== undefined) settings.pool = pool;
  const retry = policy.section('retry');
  if (retry !== undefined) readRetry(retry, settings);
  return settings;
}

function readRetry(retry: Section, settings: Settings): void {
  retry.allow(RETRY_KEYS);
  const count = retry.count('count');
  const delay = retry.number('delay', 0);
  const backoff = retry.number('backoff', 0);
  if (count !== undefined) settings.retries = count;
  if (delay !== undefined) settings.retryDelay = delay * 1000;
  if (backoff !== undefined) settings.backoffFactor = backoff;
}

/** A map whose values are looked at one by one; each wrong one is told. */
class Section {
  readonly #map: ValueMap;
  readonly #owner: string;
  readonly #path: Path;
  readonly #reader: Reader;

  constructor(map: ValueMap, owner: string, path: Path, reader: Reader) {
    this.#map = map;
    this.#owner = owner;
    this.#path = path;
    this.#reader = reader;
  }

  allow(keys: readonly string[]): void {
    for (const key of this.#map.keys()) {
      if (keys.includes(key as string)) continue;
      this.#reader.report(say.hookKeyUnknown(this.#owner, str(key), keys), [...this.#path, key], 'key');
    }
  }

  number(key: string, least: number): number | undefined {
    const value = this.#map.get(key);
    if (value === undefined) return undefined;
    const number = value instanceof Float ? value.value : value;
    if (typeof number === 'number' && Number.isFinite(number) && number >= least) return number;
    this.#wrong(key, value, least === 0 ? 'a number from 0 on' : 'a number');
    return undefined;
  }

  count(key: string): number | undefined {
    const value = this.#map.get(key);
    if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 0)) return value;
    this.#wrong(key, value, 'a whole number from 0 on');
    return undefined;
  }

  text(key: string): string | undefined {
    const value = this.#map.get(key);
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    this.#wrong(key, value, 'a text that is not empty');
    return undefined;
  }

  section(key: string): Section | undefined {
    const value = this.#map.get(key);
    if (value === undefined) return undefined;
    if (isMap(value)) return new Section(value, `'${key}' in ${this.#owner}`, [...this.#path, key], this.#reader);
    this.#wrong(key, value, 'a map');
    return undefined;
  }

  #wrong(key: string, value: Value, expected: string): void {
    this.#reader.report(say.hookValueInvalid(this.#owner, key, short(value), expected), [...this.#path, key]);
  }
}
