import { repr as reprValue, str as strValue } from '../../values/text.ts';
import { Float, type Value } from '../../values/value.ts';
import { valueError } from '../raised.ts';
import { spend } from './budget.ts';
import type { Runtime, YaqlObject } from './objects.ts';

// CPython refuses to write or read longer integers in decimal, which would take quadratic time.
export const MOST_DIGITS = 4300;

/** Python's `repr(value)`. */
export function reprOf(value: Runtime): string {
  spend(1);
  if (Array.isArray(value)) return value.length === 1 ? `(${reprOf(value[0])},)` : `(${value.map(reprOf).join(', ')})`;
  if (typeof value === 'bigint') return decimal(value);
  if (typeof value !== 'object' || value === null || value instanceof Float) return reprValue(value as Value);
  return (value as YaqlObject).repr(reprOf);
}

/** Python's `str(value)`. */
export function strOf(value: Runtime): string {
  if (typeof value === 'string') return value;
  if (value !== null && typeof value === 'object' && 'str' in value)
    return (value as unknown as { str(): string }).str();
  return typeof value === 'object' || typeof value === 'bigint' ? reprOf(value) : strValue(value);
}

/** @throws ValueError beyond 4,300 digits, as CPython since 3.11 */
export function decimal(value: bigint): string {
  // 2^14284 has 4,300 digits: what is certainly longer is not written first.
  if (value >= 1n << 14290n || value <= -(1n << 14290n)) throw tooManyDigits();
  const text = value.toString();
  if (text.length - (value < 0n ? 1 : 0) > MOST_DIGITS) throw tooManyDigits();
  return text;
}

function tooManyDigits(): ReturnType<typeof valueError> {
  return valueError(`an integer of more than ${MOST_DIGITS} digits cannot be converted to text`);
}
