import { add, toSize } from '../numbers/arithmetic.ts';
import { valueError } from '../raised.ts';
import { spend } from '../runtime/budget.ts';
import { truthy } from '../runtime/equality.ts';
import { hashKey } from '../runtime/hashing.ts';
import { collect } from '../runtime/iteration.ts';
import type { Lambda } from '../runtime/lambda.ts';
import type { Runtime, Tuple } from '../runtime/objects.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, method, param } from '../runtime/specification.ts';
import { BOOL, INT, LAMBDA, NULLABLE } from '../runtime/types.ts';
import { charactersOf } from '../text/code-points.ts';
import { lazily } from './filters.ts';

type Int = number | bigint;

function* range(start: Int, stop: Int, step: Int): Generator<Runtime> {
  if (step > 0) for (let i = start; i < stop; i = add(i, step) as Int) yield i;
  else for (let i = start; i > stop; i = add(i, step) as Int) yield i;
}

function* endless(start: Int, step: Int): Generator<Runtime> {
  for (let i = start; ; i = add(i, step) as Int) yield i;
}

function* repeated(value: Runtime, times: Int): Generator<Runtime> {
  for (let i = 0; times < 0 || i < times; i++) yield value;
}

function* generated(
  initial: Runtime,
  predicate: Lambda,
  producer: Lambda,
  selector: Lambda | null,
  decycle: boolean,
): Generator<Runtime> {
  const past = new Set<unknown>();
  for (let item = initial; truthy(predicate.of(item)); item = producer.of(item)) {
    spend(1);
    if (decycle) {
      const key = hashKey(item);
      if (past.has(key)) return;
      past.add(key);
    }
    yield selector === null ? item : selector.of(item);
  }
}

function* generatedMany(
  initial: Runtime,
  producer: Lambda,
  selector: Lambda | null,
  decycle: boolean,
  depthFirst: boolean,
): Generator<Runtime> {
  const past = new Set<unknown>();
  // Groups of items that wait; the next item is taken from the front group.
  let waiting: { items: Tuple; next: number }[] = [{ items: [initial], next: 0 }];
  let front = 0;
  for (;;) {
    const position = depthFirst ? waiting.length - 1 : front;
    const group = waiting[position];
    if (group === undefined) return;
    if (group.next === group.items.length) {
      if (depthFirst) waiting.pop();
      else if (++front > 1024) {
        waiting = waiting.slice(front);
        front = 0;
      }
      continue;
    }
    const item = group.items[group.next++] as Runtime;
    spend(1);
    if (decycle) {
      const key = hashKey(item);
      if (past.has(key)) continue;
      past.add(key);
    }
    yield selector === null ? item : selector.of(item);
    const produced = producer.of(item);
    waiting.push({ items: typeof produced === 'string' ? charactersOf(produced) : collect(produced), next: 0 });
  }
}

const PRODUCER = param('producer', LAMBDA);
const MAYBE_SELECTOR = param('selector', LAMBDA, null);
const DECYCLE = param('decycle', BOOL, false);

export const GENERATORS: readonly FunctionSpec[] = [
  func('range', [param('stop', INT)], (_call, stop: Int) => lazily(range(0, stop, 1), 'range_iterator')),
  func(
    'range',
    [param('start', INT), param('stop', INT), param('step', INT, 1)],
    (_call, start: Int, stop: Int, step: Int) => {
      if (Number(step) === 0) throw valueError('the step of a range cannot be 0');
      return lazily(range(start, stop, step), 'range_iterator');
    },
  ),
  func('sequence', [param('start', INT, 0), param('step', INT, 1)], (_call, start: Int, step: Int) =>
    lazily(endless(start, step), 'count'),
  ),
  method('repeat', [param('value', NULLABLE), param('times', INT, -1)], (_call, value: Runtime, times: Int) =>
    lazily(repeated(value, toSize(times)), 'repeat'),
  ),
  func(
    'generate',
    [param('initial', NULLABLE), param('predicate', LAMBDA), PRODUCER, MAYBE_SELECTOR, DECYCLE],
    (_call: Call, initial: Runtime, predicate: Lambda, producer: Lambda, selector: Lambda | null, decycle: boolean) =>
      lazily(generated(initial, predicate, producer, selector, decycle)),
  ),
  func(
    'generateMany',
    [param('initial', NULLABLE), PRODUCER, MAYBE_SELECTOR, DECYCLE, param('depthFirst', BOOL, false)],
    (_call: Call, initial: Runtime, producer: Lambda, selector: Lambda | null, decycle: boolean, depthFirst: boolean) =>
      lazily(generatedMany(initial, producer, selector, decycle, depthFirst)),
  ),
];
