import { Raised, valueError } from '../raised.ts';
import { equal, truthy } from '../runtime/equality.ts';
import { hashKey } from '../runtime/hashing.ts';
import { collect, each, isIterable, iterate } from '../runtime/iteration.ts';
import type { Lambda } from '../runtime/lambda.ts';
import { Iter, isSequence, List, NO_VALUE, type Runtime } from '../runtime/objects.ts';
import { isSet, type SetLike } from '../runtime/set-like.ts';
import type { Call } from '../runtime/specification.ts';
import { extension, type FunctionSpec, func, method, type Parameter, param } from '../runtime/specification.ts';
import { INT, ITERABLE, ITERATOR, KEYWORD_EXPRESSION, LAMBDA, NULLABLE, NULLABLE_INT } from '../runtime/types.ts';
import { delegate } from './delegates.ts';
import { chained } from './lists.ts';
import { memorize } from './memorize.ts';

/** An iterator made of what `make` yields; nothing runs before the first item is asked for. */
export function lazily(items: Generator<Runtime>, typeName?: string): Runtime {
  return new Iter(items, typeName);
}

export const COLLECTION: Parameter = param('collection', ITERABLE);
export const PREDICATE: Parameter = param('predicate', LAMBDA);
export const SELECTOR: Parameter = param('selector', LAMBDA);

function* where(collection: Runtime, predicate: Lambda): Generator<Runtime> {
  for (const item of each(collection)) if (truthy(predicate.of(item))) yield item;
}

function* select(collection: Runtime, selector: (item: Runtime) => Runtime): Generator<Runtime> {
  for (const item of each(collection)) yield selector(item);
}

function* selectMany(collection: Runtime, selector: Lambda): Generator<Runtime> {
  for (const item of each(collection)) {
    const inner = selector.of(item);
    if (isIterable(inner)) yield* each(inner);
    else yield inner;
  }
}

function* sliced(collection: Runtime, start: number, end: number): Generator<Runtime> {
  if (start >= end) return;
  let index = 0;
  for (const item of each(collection)) {
    if (index++ >= start) yield item;
    // Stops before it asks for an item too many: that could be one beyond a limit.
    if (index >= end) return;
  }
}

function checkCount(count: number | bigint): number {
  if (count < 0 || typeof count === 'bigint') throw valueError('the number of items must be from 0 to 2^53');
  return count;
}

function* distinct(collection: Runtime, key: Lambda | null): Generator<Runtime> {
  const seen = new Set<unknown>();
  for (const item of each(collection)) {
    const hash = hashKey(key === null ? item : key.of(item));
    if (seen.has(hash)) continue;
    seen.add(hash);
    yield item;
  }
}

export function distinctItems(items: readonly Runtime[]): Generator<Runtime> {
  return distinct(items, null);
}

function* enumerated(collection: Runtime, start: number): Generator<Runtime> {
  let index = start;
  for (const item of each(collection)) yield new List([index++, item]);
}

function* takenWhile(collection: Runtime, predicate: Lambda): Generator<Runtime> {
  for (const item of each(collection)) {
    if (!truthy(predicate.of(item))) return;
    yield item;
  }
}

function* skippedWhile(collection: Runtime, predicate: Lambda): Generator<Runtime> {
  let skipping = true;
  for (const item of each(collection)) {
    if (skipping && truthy(predicate.of(item))) continue;
    skipping = false;
    yield item;
  }
}

function* cycled(collection: Runtime): Generator<Runtime> {
  const items: Runtime[] = [];
  for (const item of each(collection)) {
    items.push(item);
    yield item;
  }
  while (items.length > 0) yield* each(items);
}

function findIndex(collection: Runtime, matches: (item: Runtime) => boolean, last: boolean): number {
  let index = 0;
  let found = -1;
  for (const item of each(collection)) {
    if (matches(item)) {
      found = index;
      if (!last) return found;
    }
    index++;
  }
  return found;
}

function count(_call: Call, collection: Runtime): number {
  let length = 0;
  for (const _ of each(collection)) length++;
  return length;
}

function first(_call: Call, collection: Runtime, fallback: Runtime): Runtime {
  const next = iterate(collection).next();
  if (next.done !== true) return next.value;
  return orEmpty(fallback);
}

function last(_call: Call, collection: Runtime, fallback: Runtime): Runtime {
  let value = fallback;
  if (isSequence(collection)) value = collect(collection).at(-1) ?? fallback;
  else for (const item of each(collection)) value = item;
  return orEmpty(value);
}

function orEmpty(value: Runtime): Runtime {
  if (value === NO_VALUE) throw new Raised('StopIteration', 'the collection is empty');
  return value;
}

function single(_call: Call, collection: Runtime): Runtime {
  const source = iterate(collection);
  const only = source.next();
  if (only.done === true) throw new Raised('StopIteration', 'the collection is empty');
  if (source.next().done !== true) throw new Raised('StopIteration', 'the collection has more than one item');
  return only.value;
}

function any(_call: Call, collection: Runtime, predicate: Lambda | null): boolean {
  for (const item of each(collection)) if (predicate === null || truthy(predicate.of(item))) return true;
  return false;
}

function all(_call: Call, collection: Runtime, predicate: Lambda | null): boolean {
  for (const item of each(collection)) if (!truthy(predicate === null ? item : predicate.of(item))) return false;
  return true;
}

function defaultIfEmpty(_call: Call, collection: Runtime, fallback: Runtime): Runtime {
  if (isSequence(collection)) return collect(collection).length === 0 ? fallback : collection;
  if (isSet(collection)) return (collection as SetLike).size === 0 ? fallback : collection;
  const remembered = memorize(collection);
  return iterate(remembered).next().done === true ? fallback : remembered;
}

const DEFAULT = param('default', NULLABLE, NO_VALUE);
const named = (names: readonly string[], make: (name: string) => FunctionSpec): FunctionSpec[] => names.map(make);

export const FILTERS: readonly FunctionSpec[] = [
  ...named(['where', 'filter'], (name) =>
    method(name, [COLLECTION, PREDICATE], (_call, collection: Runtime, predicate: Lambda) =>
      lazily(where(collection, predicate), 'filter'),
    ),
  ),
  ...named(['select', 'map'], (name) =>
    method(name, [COLLECTION, SELECTOR], (_call, collection: Runtime, selector: Lambda) =>
      lazily(
        select(collection, (item) => selector.of(item)),
        'map',
      ),
    ),
  ),
  func(
    '#operator_.',
    [COLLECTION, param('attribute', KEYWORD_EXPRESSION)],
    (call, collection: Runtime, attribute: Runtime) => {
      const access = delegate(call, '#operator_.');
      return lazily(
        select(collection, (item) => access(item, attribute)),
        'map',
      );
    },
  ),
  ...named(['limit', 'take'], (name) =>
    method(name, [COLLECTION, param('count', INT)], (_call, collection: Runtime, size: number) =>
      lazily(sliced(collection, 0, checkCount(size)), 'islice'),
    ),
  ),
  method('skip', [COLLECTION, param('count', INT)], (_call, collection: Runtime, size: number) =>
    lazily(sliced(collection, checkCount(size), Number.POSITIVE_INFINITY), 'islice'),
  ),
  extension(
    'append',
    [COLLECTION],
    (_call, collection: Runtime, ...items: Runtime[]) => lazily(chained([collection, items])),
    { rest: param('args', NULLABLE) },
  ),
  extension(
    'distinct',
    [COLLECTION, param('keySelector', LAMBDA, null)],
    (_call, collection: Runtime, key: Lambda | null) => lazily(distinct(collection, key)),
  ),
  extension('enumerate', [COLLECTION, param('start', NULLABLE_INT, 0)], (_call, collection: Runtime, start: number) =>
    lazily(enumerated(collection, start ?? 0)),
  ),
  extension('any', [COLLECTION, param('predicate', LAMBDA, null)], any),
  extension('all', [COLLECTION, param('predicate', LAMBDA, null)], all),
  extension('concat', [], (_call, ...collections: Runtime[]) => lazily(chained(collections), 'chain'), {
    rest: param('collections', ITERABLE),
  }),
  extension('len', [param('collection', ITERATOR)], count),
  method('count', [COLLECTION], count),
  method('memorize', [COLLECTION], (_call, collection: Runtime) => memorize(collection)),
  method('first', [COLLECTION, DEFAULT], first),
  method('last', [COLLECTION, DEFAULT], last),
  method('single', [COLLECTION], single),
  method('selectMany', [COLLECTION, SELECTOR], (_call, collection: Runtime, selector: Lambda) =>
    lazily(selectMany(collection, selector)),
  ),
  method('cycle', [COLLECTION], (_call, collection: Runtime) => lazily(cycled(collection), 'cycle')),
  method('takeWhile', [COLLECTION, PREDICATE], (_call, collection: Runtime, predicate: Lambda) =>
    lazily(takenWhile(collection, predicate), 'takewhile'),
  ),
  method('skipWhile', [COLLECTION, PREDICATE], (_call, collection: Runtime, predicate: Lambda) =>
    lazily(skippedWhile(collection, predicate), 'dropwhile'),
  ),
  method('indexOf', [COLLECTION, param('item', NULLABLE)], (_call, collection: Runtime, item: Runtime) =>
    findIndex(collection, (other) => equal(other, item), false),
  ),
  method('lastIndexOf', [COLLECTION, param('item', NULLABLE)], (_call, collection: Runtime, item: Runtime) =>
    findIndex(collection, (other) => equal(other, item), true),
  ),
  method('indexWhere', [COLLECTION, PREDICATE], (_call, collection: Runtime, predicate: Lambda) =>
    findIndex(collection, (item) => truthy(predicate.of(item)), false),
  ),
  method('lastIndexWhere', [COLLECTION, PREDICATE], (_call, collection: Runtime, predicate: Lambda) =>
    findIndex(collection, (item) => truthy(predicate.of(item)), true),
  ),
  method('defaultIfEmpty', [COLLECTION, param('default', ITERABLE)], defaultIfEmpty),
  func('isIterable', [param('value', NULLABLE)], (_call, value: Runtime) => isIterable(value)),
];
