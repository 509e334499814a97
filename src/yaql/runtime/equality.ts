import { Float } from '../../values/value.ts';
import { spend } from './budget.ts';
import type { Runtime, YaqlObject } from './objects.ts';

/** Python's `==`: numbers and booleans by value, tuples never equal lists, dicts and sets without regard to order. */
export function equal(a: Runtime, b: Runtime): boolean {
  if (a === b) return !(typeof a === 'number' && Number.isNaN(a));
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return false;
  if (typeof a !== 'object' || typeof b !== 'object' || a instanceof Float || b instanceof Float) {
    const x = numeric(a);
    const y = numeric(b);
    // Loose on purpose: JS's exact comparison of a bigint with a number.
    // biome-ignore lint/suspicious/noDoubleEquals: see above
    return x !== undefined && y !== undefined && x == y;
  }
  if (Array.isArray(a)) return Array.isArray(b) && equalItems(a, b);
  return (a as YaqlObject).equals(b);
}

/** Python's `is` or `==`: what containers use. */
export function same(a: Runtime, b: Runtime): boolean {
  return a === b || equal(a, b);
}

/** The number that Python compares by; undefined for what is not a number. */
export function numeric(value: Runtime): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Float ? value.value : undefined;
}

export function equalItems(a: readonly Runtime[], b: readonly Runtime[]): boolean {
  spend(1);
  return a.length === b.length && a.every((item, i) => same(item, b[i] as Runtime));
}

/** Python's `bool(value)`. */
export function truthy(value: Runtime): boolean {
  if (value === null) return false;
  if (typeof value !== 'object') return Boolean(value);
  if (value instanceof Float) return value.value !== 0;
  return Array.isArray(value) ? value.length > 0 : (value as YaqlObject).truth;
}
