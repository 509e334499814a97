import type { Int } from '../numbers/arithmetic.ts';
import { typeError, valueError } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { equal, truthy } from '../runtime/equality.ts';
import { each, iterate } from '../runtime/iteration.ts';
import type { Lambda } from '../runtime/lambda.ts';
import { Iter, List, NO_VALUE, type Runtime, type Tuple } from '../runtime/objects.ts';
import { Ordering } from '../runtime/ordering.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, method, param } from '../runtime/specification.ts';
import { INT, ITERABLE, NULLABLE, ORDERING } from '../runtime/types.ts';
import { delegate, methodDelegate } from './delegates.ts';
import { COLLECTION, lazily, PREDICATE, SELECTOR } from './filters.ts';
import { memorize } from './memorize.ts';

type Combine = (a: Runtime, b: Runtime) => Runtime;

/** Python's `functools.reduce`. */
function reduce(collection: Runtime, combine: Combine, seed: Runtime): Runtime {
  let total = seed;
  for (const item of each(collection)) total = total === NO_VALUE ? item : combine(total, item);
  if (total === NO_VALUE) throw typeError('an empty collection has no total without an initial value');
  return total;
}

function* accumulated(collection: Runtime, combine: Combine, seed: Runtime): Generator<Runtime> {
  const source = iterate(collection);
  let total = seed;
  if (total === NO_VALUE) {
    const next = source.next();
    if (next.done === true) throw typeError('an empty collection cannot be accumulated without an initial value');
    total = next.value;
  }
  yield total;
  for (let next = source.next(); next.done !== true; next = source.next()) {
    total = combine(total, next.value);
    yield total;
  }
}

const combiner =
  (selector: Lambda): Combine =>
  (a, b) =>
    selector.call([a, b]);

function aggregate(_call: Call, collection: Runtime, selector: Lambda, seed: Runtime): Runtime {
  return reduce(collection, combiner(selector), seed);
}

function aggregateWith(name: string, functionName: string): FunctionSpec {
  return method(
    name,
    [COLLECTION, param('initial', NULLABLE, NO_VALUE)],
    (call, collection: Runtime, initial: Runtime) => reduce(collection, delegate(call, functionName), initial),
  );
}

function ordering(descending: boolean) {
  return (call: Call, collection: Runtime, selector: Lambda): Runtime => {
    const less = delegate(call, '#operator_<');
    const greater = delegate(call, '#operator_>');
    const compare = (a: Runtime, b: Runtime): number => (truthy(less(a, b)) ? -1 : truthy(greater(a, b)) ? 1 : 0);
    const result = new Ordering(collection, compare);
    result.add((item) => selector.of(item), descending);
    return result;
  };
}

function thenBy(descending: boolean) {
  return (_call: Call, collection: Ordering, selector: Lambda): Runtime => {
    collection.add((item) => selector.of(item), descending);
    return collection;
  };
}

function* joined(left: Runtime, right: Runtime, predicate: Lambda, selector: Lambda): Generator<Runtime> {
  const others = memorize(right);
  for (const item of each(left)) {
    for (const other of each(others)) {
      if (truthy(predicate.call([item, other]))) yield selector.call([item, other]);
    }
  }
}

function* zipped(collections: readonly Runtime[], fill: Runtime | undefined): Generator<Runtime> {
  const sources = collections.map(iterate);
  if (sources.length === 0) return;
  for (;;) {
    const row: Runtime[] = [];
    let ended = 0;
    for (const source of sources) {
      const next = source.next();
      if (next.done !== true) {
        row.push(next.value);
        continue;
      }
      if (fill === undefined) return;
      ended++;
      row.push(fill);
    }
    if (ended === sources.length) return;
    allocate(8 * row.length);
    yield row;
  }
}

function* slices(call: Call, collection: Runtime, length: number): Generator<Runtime> {
  const toList = methodDelegate(call, 'toList');
  if (length < 0) throw valueError('the length of a slice cannot be negative');
  const source = iterate(collection);
  for (;;) {
    const part = toList(new Iter(taken(source, length))) as Tuple;
    if (part.length === 0) return;
    yield part;
  }
}

function* taken(source: Iterator<Runtime>, length: number): Generator<Runtime> {
  for (let i = 0; i < length; i++) {
    const next = source.next();
    if (next.done === true) return;
    yield next.value;
  }
}

function* splitWhere(call: Call, collection: Runtime, predicate: Lambda): Generator<Runtime> {
  const items = methodDelegate(call, 'toList')(collection) as Tuple;
  let start = 0;
  for (const [end, item] of items.entries()) {
    if (!truthy(predicate.of(item))) continue;
    yield items.slice(start, end);
    start = end + 1;
  }
  if (start !== items.length) yield items.slice(start);
}

function* sliceWhere(call: Call, collection: Runtime, predicate: Lambda): Generator<Runtime> {
  const items = methodDelegate(call, 'toList')(collection) as Tuple;
  let start = 0;
  let before: Runtime = NO_VALUE;
  for (const [end, item] of items.entries()) {
    const now = predicate.of(item);
    if (before !== NO_VALUE && !equal(now, before)) {
      yield items.slice(start, end);
      start = end;
    }
    before = now;
  }
  if (start !== items.length) yield items.slice(start);
}

function splitAt(call: Call, collection: Runtime, index: Int): Runtime {
  const items = methodDelegate(call, 'toList')(collection) as Tuple;
  const at = Number(index);
  return new List([items.slice(0, at), items.slice(at)]);
}

function* reversed(items: Tuple): Generator<Runtime> {
  for (let i = items.length - 1; i >= 0; i--) yield items[i] as Runtime;
}

const SEED = param('seed', NULLABLE, NO_VALUE);
const COLLECTIONS = { rest: param('collections', ITERABLE) };

export const AGGREGATES: readonly FunctionSpec[] = [
  method('aggregate', [COLLECTION, SELECTOR, SEED], aggregate),
  method('reduce', [COLLECTION, SELECTOR, SEED], aggregate),
  method('accumulate', [COLLECTION, SELECTOR, SEED], (_call, collection: Runtime, selector: Lambda, seed: Runtime) =>
    lazily(accumulated(collection, combiner(selector), seed)),
  ),
  aggregateWith('sum', '#operator_+'),
  aggregateWith('max', 'max'),
  aggregateWith('min', 'min'),
  method('orderBy', [COLLECTION, SELECTOR], ordering(false)),
  method('orderByDescending', [COLLECTION, SELECTOR], ordering(true)),
  method('thenBy', [param('collection', ORDERING), SELECTOR], thenBy(false)),
  method('thenByDescending', [param('collection', ORDERING), SELECTOR], thenBy(true)),
  method(
    'join',
    [param('collection1', ITERABLE), param('collection2', ITERABLE), PREDICATE, SELECTOR],
    (_call, left: Runtime, right: Runtime, predicate: Lambda, selector: Lambda) =>
      lazily(joined(left, right, predicate, selector)),
  ),
  method('zip', [], (_call, ...collections: Runtime[]) => lazily(zipped(collections, undefined), 'zip'), COLLECTIONS),
  method(
    'zipLongest',
    [],
    ({ keywords }, ...collections: Runtime[]) =>
      lazily(zipped(collections, keywords.get('default') ?? null), 'zip_longest'),
    { ...COLLECTIONS, restKeyword: param('kwargs', NULLABLE) },
  ),
  method('slice', [COLLECTION, param('length', INT)], (call, collection: Runtime, length: Int) =>
    lazily(slices(call, collection, Number(length))),
  ),
  method('splitWhere', [COLLECTION, PREDICATE], (call, collection: Runtime, predicate: Lambda) =>
    lazily(splitWhere(call, collection, predicate)),
  ),
  method('sliceWhere', [COLLECTION, PREDICATE], (call, collection: Runtime, predicate: Lambda) =>
    lazily(sliceWhere(call, collection, predicate)),
  ),
  method('splitAt', [COLLECTION, param('index', INT)], splitAt),
  method('reverse', [COLLECTION], (call, collection: Runtime) =>
    lazily(reversed(methodDelegate(call, 'toList')(collection) as Tuple), 'reversed'),
  ),
];
