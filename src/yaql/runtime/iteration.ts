import { Raised, typeError } from '../raised.ts';
import { charactersOf } from '../text/code-points.ts';
import { spend } from './budget.ts';
import { Dict } from './dict.ts';
import { Iter, IterableObject, isSequence, itemsOf, List, type Runtime } from './objects.ts';
import type { Run } from './run.ts';
import { isSet } from './set-like.ts';
import { typeNameOf } from './type-name.ts';

/** Python's `iter(value)`. @throws TypeError */
export function iterate(value: Runtime): Iterator<Runtime> {
  if (Array.isArray(value)) return value.values();
  if (value instanceof IterableObject) return value.iterate();
  if (value instanceof List) return value.items.values();
  if (value instanceof Dict) return value.keys();
  if (typeof value === 'string') return charactersOf(value).values();
  throw typeError(`'${typeNameOf(value)}' object is not iterable`);
}

/** For `for (... of each(value))`: every item is a step of the evaluation. */
export function* each(value: Runtime): Generator<Runtime> {
  const source = iterate(value);
  for (let next = source.next(); next.done !== true; next = source.next()) {
    spend(1);
    yield next.value;
  }
}

/** All items of an iterable. Tuples and lists are not copied. */
export function collect(value: Runtime): readonly Runtime[] {
  if (isSequence(value)) return itemsOf(value);
  const items: Runtime[] = [];
  const source = iterate(value);
  for (let next = source.next(); next.done !== true; next = source.next()) {
    spend(1);
    items.push(next.value);
  }
  return items;
}

/** What YAQL calls iterable: neither text nor dict. */
export function isIterable(value: unknown): boolean {
  return Array.isArray(value) || value instanceof IterableObject || value instanceof List;
}

export function tooLarge(limit: number): Raised {
  return new Raised('CollectionTooLargeException', `the collection has more than ${limit} items`);
}

/**
 * The value with the engine's limit on items: collections are checked now, iterators while they run.
 *
 * @throws CollectionTooLargeException
 */
export function limited(run: Run, value: Runtime): Runtime {
  const { limitIterators } = run;
  const size = sizeOfCollection(value);
  if (size === undefined) return new Iter(limitedItems(value, limitIterators));
  if (limitIterators >= 0 && size > limitIterators) throw tooLarge(limitIterators);
  return value;
}

function* limitedItems(value: Runtime, limit: number): Generator<Runtime> {
  const source = iterate(value);
  let count = 0;
  for (let next = source.next(); next.done !== true; next = source.next()) {
    if (limit >= 0 && count++ >= limit) throw tooLarge(limit);
    spend(1);
    yield next.value;
  }
}

function sizeOfCollection(value: Runtime): number | undefined {
  if (isSequence(value)) return itemsOf(value).length;
  if (value instanceof Dict || isSet(value)) return value.size;
  return undefined;
}
