import { type Int, toSize } from '../numbers/arithmetic.ts';
import { Raised } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { same } from '../runtime/equality.ts';
import { FrozenSet } from '../runtime/frozen-set.ts';
import { collect, each, isIterable } from '../runtime/iteration.ts';
import { Iter, isIterator, isSequence, isTuple, itemsOf, List, type Runtime, type Tuple } from '../runtime/objects.ts';
import { checkQuotas, checkRepeated } from '../runtime/quota.ts';
import { isSet } from '../runtime/set-like.ts';
import type { Call } from '../runtime/specification.ts';
import { extension, type FunctionSpec, func, method, param } from '../runtime/specification.ts';
import { INT, ITERABLE, ITERABLE_BUT_SET, NULLABLE, SEQUENCE } from '../runtime/types.ts';
import { View } from '../runtime/views.ts';
import { methodDelegate } from './delegates.ts';

/** The values, with iterators among them replaced by what they give. */
export function* spread(values: Iterable<Runtime>): Generator<Runtime> {
  for (const value of values) {
    if (isIterator(value)) yield* spread(each(value));
    else yield value;
  }
}

function* flattened(collection: Runtime): Generator<Runtime> {
  for (const item of each(collection)) {
    if (isIterable(item)) yield* flattened(item);
    else yield item;
  }
}

export function* chained(collections: readonly Runtime[]): Generator<Runtime> {
  for (const collection of collections) yield* each(collection);
}

function hasItem(collection: Runtime, value: Runtime): boolean {
  if (isSet(collection) || collection instanceof View) return collection.has(value);
  for (const item of each(collection)) if (same(item, value)) return true;
  return false;
}

/** Whether the item at `index` is among those that `position` and `count` mean; a negative count means all the rest. */
function within(index: number, position: number, count: number): boolean {
  return index >= position && (count < 0 || index < position + count);
}

function* deleted(collection: Runtime, position: number, count: number): Generator<Runtime> {
  let index = 0;
  for (const item of each(collection)) if (!within(index++, position, count)) yield item;
}

function* replaced(
  collection: Runtime,
  position: number,
  values: () => Iterable<Runtime>,
  count: number,
): Generator<Runtime> {
  let index = 0;
  let done = false;
  for (const item of each(collection)) {
    if (!within(index++, position, count)) {
      yield item;
    } else if (!done) {
      done = true;
      yield* values();
    }
  }
}

function* inserted(
  collection: Runtime,
  position: number,
  values: () => Iterable<Runtime>,
  atStart: boolean,
): Generator<Runtime> {
  if (atStart && position < 0) yield* values();
  let index = -1;
  for (const item of each(collection)) {
    if (++index === position) yield* values();
    yield item;
  }
  if (position > index) yield* values();
}

function insertInto(_call: Call, collection: Tuple | List, position: Int, value: Runtime): Runtime {
  const items = [...itemsOf(collection)];
  const at = toSize(position);
  items.splice(at < 0 ? Math.max(items.length + at, 0) : at, 0, value);
  return new List(items);
}

function combine(call: Call, left: Runtime, right: Runtime): Runtime {
  if (isTuple(left) && isTuple(right)) {
    checkQuotas(call.run, [left, right]);
    allocate(8 * (left.length + right.length));
    return [...left, ...right];
  }
  if (left instanceof FrozenSet && right instanceof FrozenSet) {
    checkQuotas(call.run, [left, right]);
    return new FrozenSet([...left.items, ...right.items]);
  }
  return new Iter(chained([left, right]), 'chain');
}

function repeat({ run }: Call, sequence: Tuple | List, times: Int): Runtime {
  checkRepeated(run, sequence as Runtime, new List([]), Number(times));
  const items: Runtime[] = [];
  for (let i = 0; i < times; i++) for (const item of itemsOf(sequence)) items.push(item);
  return sequence instanceof List ? new List(items) : items;
}

/** @throws IndexError */
export function itemAt(sequence: Tuple | List, index: Int): Runtime {
  const items = itemsOf(sequence);
  const at = Number(index);
  const item = items[at < 0 ? items.length + at : at];
  if (item === undefined) throw new Raised('IndexError', `there is no item ${index}: the list has ${items.length}`);
  return item;
}

const once = (value: Runtime) => (): Iterable<Runtime> => [value];
const COLLECTION = param('collection', ITERABLE);
const POSITION = param('position', INT);

export const LISTS: readonly FunctionSpec[] = [
  func('list', [], (call, ...args: Runtime[]) => methodDelegate(call, 'toList')(new Iter(spread(args))), {
    rest: param('args', NULLABLE),
  }),
  func(
    '#list',
    [],
    ({ run }, ...args: Runtime[]) => {
      checkQuotas(run, args);
      return args;
    },
    { rest: param('args', NULLABLE), allocates: true },
  ),
  method('flatten', [COLLECTION], (_call, collection: Runtime) => new Iter(flattened(collection))),
  method(
    'toList',
    [COLLECTION],
    (_call, collection: Runtime) => (isTuple(collection) ? collection : collect(collection)),
    {
      allocates: true,
    },
  ),
  func('#indexer', [param('list', SEQUENCE), param('index', INT)], (_call, list: Tuple | List, index: Int) =>
    itemAt(list, index),
  ),
  func('#operator_in', [param('value', NULLABLE), COLLECTION], (_call, value: Runtime, collection: Runtime) =>
    hasItem(collection, value),
  ),
  method('contains', [COLLECTION, param('value', NULLABLE)], (_call, collection: Runtime, value: Runtime) =>
    hasItem(collection, value),
  ),
  func('#operator_+', [param('left', ITERABLE), param('right', ITERABLE)], combine),
  func('#operator_*', [param('left', SEQUENCE), param('right', INT)], repeat),
  func('#operator_*', [param('left', INT), param('right', SEQUENCE)], (call, times: Int, sequence: Tuple | List) =>
    repeat(call, sequence, times),
  ),
  func('isList', [param('arg', NULLABLE)], (_call, arg: Runtime) => isSequence(arg)),
  extension('len', [param('sequence', SEQUENCE)], (_call, sequence: Tuple | List) => itemsOf(sequence).length),
  method(
    'delete',
    [COLLECTION, POSITION, param('count', INT, 1)],
    (_call, collection: Runtime, position: Int, count: Int) =>
      new Iter(deleted(collection, Number(position), Number(count))),
  ),
  method(
    'replace',
    [COLLECTION, POSITION, param('value', NULLABLE), param('count', INT, 1)],
    (_call, collection: Runtime, position: Int, value: Runtime, count: Int) =>
      new Iter(replaced(collection, Number(position), once(value), Number(count))),
  ),
  method(
    'replaceMany',
    [COLLECTION, POSITION, param('values', ITERABLE), param('count', INT, 1)],
    (_call, collection: Runtime, position: Int, values: Runtime, count: Int) =>
      new Iter(replaced(collection, Number(position), () => each(values), Number(count))),
  ),
  method(
    'insert',
    [param('collection', ITERABLE_BUT_SET), POSITION, param('value', NULLABLE)],
    (_call, collection: Runtime, position: Int, value: Runtime) =>
      new Iter(inserted(collection, Number(position), once(value), false)),
  ),
  method('insert', [param('collection', SEQUENCE), POSITION, param('value', NULLABLE)], insertInto, {
    allocates: true,
  }),
  method(
    'insertMany',
    [COLLECTION, POSITION, param('values', ITERABLE)],
    (_call, collection: Runtime, position: Int, values: Runtime) =>
      new Iter(inserted(collection, Number(position), () => each(values), true)),
  ),
];
