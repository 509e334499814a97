import { attributeError } from '../raised.ts';
import { FrozenSet } from '../runtime/frozen-set.ts';
import { collect } from '../runtime/iteration.ts';
import { Iter, type Runtime } from '../runtime/objects.ts';
import { isSet, type SetLike, within } from '../runtime/set-like.ts';
import { extension, type FunctionSpec, func, method, param } from '../runtime/specification.ts';
import { ITERABLE, NULLABLE, SET } from '../runtime/types.ts';
import { methodDelegate } from './delegates.ts';
import { spread } from './lists.ts';

const TWO = [param('left', SET), param('right', SET)];

// The keys and items of a dict count as sets, but in Python they do not have the methods of one.
function frozen(set: SetLike, pythonMethod: string): FrozenSet {
  if (set instanceof FrozenSet) return set;
  throw attributeError(set.typeName, pythonMethod);
}

function union(left: SetLike, right: Iterable<Runtime>): FrozenSet {
  return new FrozenSet([...frozen(left, 'union').items, ...right]);
}

function difference(left: SetLike, right: SetLike): FrozenSet {
  return new FrozenSet(frozen(left, 'difference').items.filter((item) => !right.has(item)));
}

function intersection(left: SetLike, right: SetLike): FrozenSet {
  const a = frozen(left, 'intersection');
  // Equal items need not be the same (1 and true); which of them is kept depends on the sizes, as in CPython.
  if (right instanceof FrozenSet && right.size > a.size)
    return new FrozenSet(a.items.filter((item) => right.has(item)));
  return new FrozenSet(collect(right).filter((item) => a.has(item)));
}

function symmetricDifference(left: SetLike, right: SetLike): FrozenSet {
  const a = frozen(left, 'symmetric_difference');
  const b = new FrozenSet(collect(right));
  return new FrozenSet([...a.items.filter((item) => !b.has(item)), ...b.items.filter((item) => !a.has(item))]);
}

const order = (symbol: string, holds: (a: SetLike, b: SetLike) => boolean): FunctionSpec =>
  func(`#operator_${symbol}`, TWO, (_call, a: SetLike, b: SetLike) => holds(a, b));

export const SETS: readonly FunctionSpec[] = [
  func('isSet', [param('arg', NULLABLE)], (_call, arg: Runtime) => isSet(arg)),
  func('set', [], (call, ...args: Runtime[]) => methodDelegate(call, 'toSet')(new Iter(spread(args))), {
    rest: param('args', NULLABLE),
  }),
  method('toSet', [param('collection', ITERABLE)], (_call, collection: Runtime) => new FrozenSet(collect(collection)), {
    allocates: true,
  }),
  extension('len', [param('set', SET)], (_call, set: SetLike) => set.size),
  order('<', (a, b) => a.size < b.size && within(a, b)),
  order('<=', (a, b) => a.size <= b.size && within(a, b)),
  order('>', (a, b) => a.size > b.size && within(b, a)),
  order('>=', (a, b) => a.size >= b.size && within(b, a)),
  method('union', TWO, (_call, a: SetLike, b: SetLike) => union(a, collect(b)), { allocates: true }),
  method('intersect', TWO, (_call, a: SetLike, b: SetLike) => intersection(a, b), { allocates: true }),
  method('difference', TWO, (_call, a: SetLike, b: SetLike) => difference(a, b), { allocates: true }),
  func('#operator_-', TWO, (_call, a: SetLike, b: SetLike) => difference(a, b), { allocates: true }),
  method('symmetricDifference', TWO, (_call, a: SetLike, b: SetLike) => symmetricDifference(a, b), { allocates: true }),
  method('add', [param('set', SET)], (_call, set: SetLike, ...values: Runtime[]) => union(set, values), {
    rest: param('values', NULLABLE),
    allocates: true,
  }),
  method(
    'remove',
    [param('set', SET)],
    (_call, set: SetLike, ...values: Runtime[]) => {
      const gone = new FrozenSet(values);
      return difference(set, gone);
    },
    { rest: param('values', NULLABLE), allocates: true },
  ),
];
