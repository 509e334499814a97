import type { Value, ValueMap } from '../../../values/value.ts';
import { Callable, data, integer, iterate, type JinjaValue, Namespace, TemplateError } from './values.ts';

/** Jinja's own functions, as far as they give data. */
export const GLOBALS: ReadonlyMap<string, JinjaValue> = new Map<string, JinjaValue>([
  ['range', new Callable(({ positional }) => range(positional.map((value) => integer(value, 'range'))))],
  [
    'dict',
    new Callable(
      ({ positional, named }) =>
        new Map([...iteratePairs(positional[0]), ...Array.from(named, ([k, v]) => [k, data(v)] as const)]),
    ),
  ],
  [
    'namespace',
    new Callable(({ named }) => {
      const made = new Namespace();
      for (const [name, value] of named) made.attributes.set(name, value);
      return made;
    }),
  ],
]);

function iteratePairs(value: JinjaValue | undefined): (readonly [Value, Value])[] {
  if (value === undefined) return [];
  const given = data(value);
  if (given instanceof Map) return [...(given as ValueMap)];
  return iterate(given).map((pair) => {
    const [key, item] = iterate(pair);
    if (key === undefined || item === undefined) throw new TemplateError('dict wants pairs');
    return [key, item] as const;
  });
}

/** Jinja's sandbox allows 100,000 numbers. */
function range(numbers: readonly number[]): Value {
  const [start, stop, step] =
    numbers.length < 2 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  if (step === 0) throw new TemplateError('The step of range is 0');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > 100_000) throw new TemplateError('The range is too long');
  return Array.from({ length: count }, (_, i) => start + i * step);
}
