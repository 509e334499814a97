import { reprFloat } from '../../src/values/text.ts';
import { Float, type Value, type ValueMap } from '../../src/values/value.ts';

/**
 * A value in the tagged JSON of Heat's oracle, as values whose maps keep their order: what the oracle's JSON is when it
 * is read by `loadJson`.
 */
export function tagged(value: Value): Value {
  if (typeof value === 'bigint') return new Map([['$int', value.toString()]]);
  if (value instanceof Float) return new Map([['$float', reprFloat(value.value)]]);
  if (value instanceof Uint8Array) return new Map([['$binary', btoa(String.fromCharCode(...value))]]);
  if (Array.isArray(value)) return value.map(tagged);
  if (value instanceof Set) return new Map([['$set', Array.from(value as Set<Value>, tagged)]]);
  if (!(value instanceof Map)) return value;
  const entries = Array.from(value as ValueMap, ([k, v]) => [k, tagged(v)] as const);
  if (entries.every(([key]) => typeof key === 'string')) return new Map(entries);
  return new Map([['$map', entries.map(([k, v]) => [tagged(k), v])]]);
}

/** One line of text per value: equal values have equal texts, the order of maps included. */
export function show(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value instanceof Map)
    return `{${Array.from(value as ValueMap, ([k, v]) => `${show(k)}: ${show(v)}`).join(', ')}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
