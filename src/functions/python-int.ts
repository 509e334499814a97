import { parseInteger } from '../values/number-text.ts';
import { Float, int, typeName, type Value } from '../values/value.ts';
import { PythonError } from './python-error.ts';

/**
 * Python's `int(value)`.
 *
 * @throws PythonError ValueError for text that is no integer and for nan, OverflowError for infinity, TypeError for
 *   null, lists and maps.
 */
export function pythonInt(value: Value, message: () => string): number | bigint {
  if (typeof value === 'string') return parseInteger(value) ?? fail('ValueError', message);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return value;
  const number = value instanceof Float ? value.value : value;
  if (typeof number !== 'number') return fail('TypeError', () => `${message()} (${typeName(value)})`);
  if (Number.isNaN(number)) return fail('ValueError', message);
  return Number.isFinite(number) ? int(BigInt(Math.trunc(number))) : fail('OverflowError', message);
}

function fail(type: string, message: () => string): never {
  throw new PythonError(type, message());
}
