import { lookup } from '../../../values/equality.ts';
import { isList, type Value, type ValueMap } from '../../../values/value.ts';
import { iterate, TemplateError } from './values.ts';

/** `object[key]`; undefined when there is none. */
export function item(object: Value, key: Value): Value | undefined {
  if (object instanceof Map) return lookup(object as ValueMap, key);
  if (typeof key !== 'number' || !Number.isInteger(key)) return undefined;
  if (isList(object)) return object.at(key);
  return typeof object === 'string' ? Array.from(object).at(key) : undefined;
}

/** `object[start:stop:step]`, of texts and whatever has items. @throws TemplateError */
export function slice(object: Value, start: number | undefined, stop: number | undefined, step = 1): Value {
  const items = iterate(object);
  if (step === 0) throw new TemplateError('The step of a slice is 0');
  const limit = (value: number | undefined, fallback: number): number => {
    if (value === undefined) return fallback;
    const at = value < 0 ? value + items.length : value;
    return step > 0 ? Math.min(Math.max(at, 0), items.length) : Math.min(Math.max(at, -1), items.length - 1);
  };
  const end = limit(stop, step > 0 ? items.length : -1);
  const picked: Value[] = [];
  for (let i = limit(start, step > 0 ? 0 : items.length - 1); step > 0 ? i < end : i > end; i += step) {
    picked.push(items[i] as Value);
  }
  return typeof object === 'string' ? picked.join('') : picked;
}
