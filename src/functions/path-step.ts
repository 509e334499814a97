import { Float, type Value } from '../values/value.ts';

/** Python's `isinstance(value, (str, int))`: booleans are ints, floats are not. */
export function isPathStep(value: Value): boolean {
  if (value instanceof Float) return false;
  if (typeof value === 'number') return Number.isInteger(value);
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint';
}
