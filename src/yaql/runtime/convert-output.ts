import type { Float, Value } from '../../values/value.ts';
import { typeError } from '../raised.ts';
import { spend } from './budget.ts';
import { Dict } from './dict.ts';
import { hashKey } from './hashing.ts';
import { isIterable, iterate, limited } from './iteration.ts';
import { type Runtime, YaqlObject } from './objects.ts';
import { checkQuota } from './quota.ts';
import type { Run } from './run.ts';
import { isSet } from './set-like.ts';
import { View } from './views.ts';

/**
 * What an evaluation gives. Values, and where the expression gives one: a `DateTime`, a `TimeSpan`, or an object that
 * only Python could use (a regular expression, a context, a function).
 */
export type Output = Value | YaqlObject | readonly Output[] | ReadonlyMap<Output, Output> | ReadonlySet<Output>;

/**
 * The result of an expression as plain values: every iterator is run, tuples become lists.
 *
 * @throws CollectionTooLargeException; TypeError for keys and members of sets that became lists or dicts
 */
export function convertOutput(value: Runtime, run: Run): Output {
  spend(1);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Dict) return convertDict(value, run);
  if (isSet(value) && !run.convertSetsToLists) return convertSet(value, run);
  if (isIterable(value)) return list(value, run);
  return value as Float | YaqlObject;
}

function list(value: Runtime, run: Run): Output[] {
  const items: Output[] = [];
  const source = iterate(checked(value, run));
  for (let next = source.next(); next.done !== true; next = source.next()) items.push(convertOutput(next.value, run));
  return items;
}

function convertDict(dict: Dict, run: Run): ReadonlyMap<Output, Output> {
  checked(new View(dict, 'items'), run);
  const result = new Map<Output, Output>();
  for (const [key, value] of dict.entries()) result.set(hashable(key, run), convertOutput(value, run));
  return result;
}

function convertSet(set: Runtime, run: Run): ReadonlySet<Output> {
  const result = new Map<unknown, Output>();
  const source = iterate(checked(set, run));
  for (let next = source.next(); next.done !== true; next = source.next()) {
    result.set(hashKey(next.value), hashable(next.value, run));
  }
  return new Set(result.values());
}

function hashable(key: Runtime, run: Run): Output {
  if (Array.isArray(key) && run.convertTuplesToLists) {
    convertOutput(key, run);
    throw typeError("unhashable type: 'list'");
  }
  const converted = convertOutput(key, run);
  if (converted instanceof Map) throw typeError("unhashable type: 'dict'");
  if (converted instanceof Set || (Array.isArray(converted) && !Array.isArray(key))) {
    throw typeError(`unhashable type: '${converted instanceof Set ? 'set' : 'list'}'`);
  }
  return converted;
}

function checked(value: Runtime, run: Run): Runtime {
  checkQuota(run, value);
  return limited(run, value);
}

export function isPlain(value: Output): value is Value {
  const pending: Output[] = [value];
  while (pending.length > 0) {
    const next = pending.pop() as Output;
    if (next instanceof YaqlObject) return false;
    if (Array.isArray(next)) for (const item of next) pending.push(item);
    else if (next instanceof Set) for (const item of next as ReadonlySet<Output>) pending.push(item);
    else if (next instanceof Map)
      for (const [key, item] of next as ReadonlyMap<Output, Output>) pending.push(key, item);
  }
  return true;
}
