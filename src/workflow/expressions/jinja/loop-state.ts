import type { Value } from '../../../values/value.ts';
import { Callable, type JinjaValue, LoopState, Undefined } from './values.ts';

/** What a template knows as `loop` in one round. */
export function loopState(items: readonly Value[], i: number): LoopState {
  const last = items.length - 1;
  return new LoopState(
    new Map<string, JinjaValue>([
      ['index', i + 1],
      ['index0', i],
      ['revindex', last - i + 1],
      ['revindex0', last - i],
      ['first', i === 0],
      ['last', i === last],
      ['length', items.length],
      ['previtem', i > 0 ? (items[i - 1] as Value) : new Undefined('The item before the first')],
      ['nextitem', i < last ? (items[i + 1] as Value) : new Undefined('The item after the last')],
      ['cycle', new Callable(({ positional }) => positional[i % positional.length] ?? null)],
    ]),
  );
}
