import { LimitPassed, Raised, typeError } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { Dict } from '../runtime/dict.ts';
import { same } from '../runtime/equality.ts';
import { hashKey } from '../runtime/hashing.ts';
import { collect, each } from '../runtime/iteration.ts';
import type { Lambda } from '../runtime/lambda.ts';
import { isSequence, itemsOf, List, type Runtime } from '../runtime/objects.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, method, param } from '../runtime/specification.ts';
import { typeNameOf } from '../runtime/type-name.ts';
import { INT, LAMBDA, MAPPING } from '../runtime/types.ts';
import { lengthOf } from '../text/code-points.ts';
import { methodDelegate } from './delegates.ts';
import { COLLECTION, distinctItems, lazily } from './filters.ts';

interface Group {
  readonly key: Runtime;
  readonly values: Runtime[];
}

function groups(collection: Runtime, key: Lambda, value: Lambda | null): Group[] {
  const found = new Map<unknown, Group>();
  for (const item of each(collection)) {
    const groupValue = value === null ? item : value.of(item);
    const groupKey = key.of(item);
    const hash = hashKey(groupKey);
    allocate(64);
    const group = found.get(hash);
    if (group === undefined) found.set(hash, { key: groupKey, values: [groupValue] });
    else group.values.push(groupValue);
  }
  return [...found.values()];
}

const TELLS_OLD_STYLE: ReadonlySet<string> = new Set([
  'NoMatchingMethodException',
  'NoMatchingFunctionException',
  'IndexError',
]);

/**
 * What is made of each group. In YAQL before 1.1.1 an aggregator got `[key, values]` and gave `[key, result]`; now it
 * gets the values and gives the result. Where the new way fails, Python YAQL tries the old, and so do we.
 */
class Aggregator {
  readonly #aggregator: Lambda | null;
  #failure: Raised | undefined;
  #oldAllowed = true;

  constructor(aggregator: Lambda | null) {
    this.#aggregator = aggregator;
  }

  apply({ key, values }: Group): Runtime {
    const list = new List(values);
    if (this.#aggregator === null) return [key, list];
    if (this.#failure === undefined) {
      const result = this.#try(this.#aggregator, list);
      if (result !== undefined) {
        if (!this.#looksOld(result, values)) this.#oldAllowed = false;
        return [key, result];
      }
    }
    if (this.#oldAllowed) {
      try {
        const result = this.#aggregator.of([key, list]);
        if (sizeOf(result) === 2) return result;
      } catch (error) {
        if (!(error instanceof Raised) || error instanceof LimitPassed) throw error;
      }
    }
    throw this.#failure;
  }

  #try(aggregator: Lambda, list: List): Runtime | undefined {
    try {
      return aggregator.of(list);
    } catch (error) {
      if (!(error instanceof Raised) || !TELLS_OLD_STYLE.has(error.className)) throw error;
      this.#failure = error;
      return undefined;
    }
  }

  #looksOld(result: Runtime, values: readonly Runtime[]): boolean {
    if (values.length !== 2 || !isSequence(result)) return false;
    const items = itemsOf(result);
    return items.length === 2 && same(items[0] as Runtime, values[0] as Runtime);
  }
}

function sizeOf(value: Runtime): number {
  if (isSequence(value)) return itemsOf(value).length;
  if (typeof value === 'string') return lengthOf(value);
  if (value instanceof Dict) return value.size;
  throw typeError(`object of type '${typeNameOf(value)}' has no len()`);
}

function* aggregated(found: readonly Group[], aggregator: Aggregator): Generator<Runtime> {
  for (const group of found) yield aggregator.apply(group);
}

type Merge = (a: Runtime, b: Runtime) => Runtime;

function merge(left: Dict, right: Dict, lists: Merge, items: Merge, levels: number): Dict {
  const result = new Dict(false);
  allocate(64 * (left.size + right.size));
  for (const [key, value] of left.entries()) {
    const other = right.find(key);
    result.set(key, other === undefined ? value : mergeValues(value, other, lists, items, levels));
  }
  for (const [key, value] of right.entries()) if (!result.has(key)) result.set(key, value);
  return result;
}

function mergeValues(value: Runtime, other: Runtime, lists: Merge, items: Merge, levels: number): Runtime {
  if (levels !== 1 && other instanceof Dict) {
    if (!(value instanceof Dict)) throw cannotMerge(value, other);
    return merge(value, other, lists, items, levels === 0 ? 0 : levels - 1);
  }
  if (levels !== 1 && isSequence(other)) {
    if (!isSequence(value)) throw cannotMerge(value, other);
    return lists(value as Runtime, other as Runtime);
  }
  return items(value, other);
}

function cannotMerge(value: Runtime, other: Runtime): Raised {
  return typeError(`a ${typeNameOf(value)} cannot be merged with a ${typeNameOf(other)}`);
}

function mergeWith(
  call: Call,
  left: Dict,
  right: Dict,
  listMerger: Lambda | null,
  itemMerger: Lambda | null,
  levels: number | bigint,
): Runtime {
  const toList = methodDelegate(call, 'toList');
  const lists: Merge =
    listMerger === null
      ? (a, b) => {
          if (Array.isArray(a) !== Array.isArray(b)) throw typeError('a list and a tuple cannot be put together');
          return toList(lazily(distinctItems([...collect(a), ...collect(b)])));
        }
      : (a, b) => listMerger.call([a, b]);
  const items: Merge = itemMerger === null ? (_a, b) => b : (a, b) => itemMerger.call([a, b]);
  return merge(left, right, lists, items, Number(levels));
}

export const GROUPING: readonly FunctionSpec[] = [
  method(
    'groupBy',
    [COLLECTION, param('keySelector', LAMBDA), param('valueSelector', LAMBDA, null), param('aggregator', LAMBDA, null)],
    (_call, collection: Runtime, key: Lambda, value: Lambda | null, aggregator: Lambda | null) =>
      lazily(aggregated(groups(collection, key, value), new Aggregator(aggregator)), 'map'),
  ),
  method(
    'mergeWith',
    [
      param('dict', MAPPING),
      param('another', MAPPING),
      param('listMerger', LAMBDA, null),
      param('itemMerger', LAMBDA, null),
      param('maxLevels', INT, 0),
    ],
    mergeWith,
  ),
];
