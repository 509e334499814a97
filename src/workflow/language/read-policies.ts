import type { Path } from '../../diagnostics/diagnostic.ts';
import { oneLineWrong, wrongValue } from '../../diagnostics/workflow.ts';
import { toPlain } from '../../values/encode.ts';
import { truthy } from '../../values/equality.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import type { Policies, RetryPolicy } from '../model.ts';
import { short } from './check-schema.ts';
import { expectedOf } from './expected.ts';
import { readOneLine } from './one-line.ts';
import type { Reader } from './reader.ts';
import { checkRetry } from './validators.generated.ts';

const KEYS = [
  ['pause-before', 'pauseBefore'],
  ['wait-before', 'waitBefore'],
  ['wait-after', 'waitAfter'],
  ['fail-on', 'failOn'],
  ['timeout', 'timeout'],
  ['concurrency', 'concurrency'],
] as const;

/** The policies of a task or of task-defaults; those that are false or 0 are none. */
export function readPolicies(map: ReadonlyMap<string, Value>, owner: string, path: Path, reader: Reader): Policies {
  const policies: { -readonly [Key in keyof Policies]: Policies[Key] } = {};
  for (const [key, name] of KEYS) {
    const value = map.get(key);
    if (value === undefined || !truthy(value)) continue;
    reader.checkExpressions(value, [...path, key]);
    policies[name] = value;
  }
  const retry = map.get('retry');
  if (retry !== undefined && truthy(retry)) {
    const read = readRetry(retry, owner, [...path, 'retry'], reader);
    if (read !== undefined) policies.retry = read;
  }
  return policies;
}

function readRetry(value: Value, owner: string, path: Path, reader: Reader): RetryPolicy | undefined {
  const map = typeof value === 'string' ? readOneLine(value)?.parameters : (value as ValueMap);
  if (map === undefined) {
    reader.report(oneLineWrong(value as string), path);
    return undefined;
  }
  // One on a single line has not been seen by the schema of the task.
  if (!checkRetry(toPlain(map))) {
    reader.report(wrongValue(owner, 'retry', short(value), expectedOf('retry')), path);
    return undefined;
  }
  for (const key of ['count', 'delay', 'break-on', 'continue-on']) {
    reader.checkExpressions(map.get(key), typeof value === 'string' ? path : [...path, key]);
  }
  const breakOn = map.get('break-on');
  const continueOn = map.get('continue-on');
  return {
    count: map.get('count') ?? 0,
    delay: map.get('delay') ?? 0,
    ...(breakOn !== undefined && { breakOn }),
    ...(continueOn !== undefined && { continueOn }),
  };
}
