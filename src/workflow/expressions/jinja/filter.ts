import { lookup } from '../../../values/equality.ts';
import { str } from '../../../values/text.ts';
import { isList, type Value, type ValueMap } from '../../../values/value.ts';
import { type CallArguments, data, type JinjaValue, TemplateError } from './values.ts';

export type Filter = (value: JinjaValue, args: CallArguments, host: FilterHost) => JinjaValue;

/** How filters call tests and other filters by name (`map`, `select`). */
export interface FilterHost {
  filter(name: string, value: JinjaValue, args: CallArguments): JinjaValue;
  test(name: string, value: JinjaValue, args: CallArguments): boolean;
}

/** An argument by place or by name; undefined when it was not given. */
export function option(args: CallArguments, index: number, name: string): Value | undefined {
  const placed = args.positional[index];
  const found = placed === undefined ? args.named.get(name) : placed;
  return found === undefined ? undefined : data(found);
}

/** The arguments from a place on. */
export const rest = (args: CallArguments, from: number): CallArguments => ({
  positional: args.positional.slice(from),
  named: args.named,
});

/** `a.b.0` of an item, as `map(attribute=…)` reads it; undefined when it is not there. */
export function attribute(item: Value, path: Value): Value | undefined {
  let found: Value | undefined = item;
  for (const step of typeof path === 'string' ? path.split('.') : [path]) {
    const key: Value = typeof step === 'string' && /^\d+$/.test(step) ? Number(step) : step;
    if (isList(found) && typeof key === 'number') found = found[key];
    else if (found instanceof Map) found = entry(found as ValueMap, key, step);
    else return undefined;
  }
  return found;
}

function entry(map: ValueMap, key: Value, step: Value): Value | undefined {
  const found = lookup(map, key);
  return found === undefined ? lookup(map, step) : found;
}

/** What an item is compared by: itself, or the attribute that an argument names. @throws TemplateError */
export function key(item: Value, args: CallArguments, index: number): Value {
  const path = option(args, index, 'attribute');
  if (path === undefined || path === null) return item;
  const found = attribute(item, path);
  if (found === undefined) throw new TemplateError(`There is no '${str(path)}'`);
  return found;
}

/** Texts are compared without case unless a filter is told otherwise. */
export const folded = (value: Value, exact: boolean): Value =>
  typeof value === 'string' && !exact ? value.toLowerCase() : value;
