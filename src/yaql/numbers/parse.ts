import { Float, float, int } from '../../values/value.ts';
import { asciiDigits } from '../language/lexer.ts';
import { overflowError, typeError, valueError } from '../raised.ts';
import type { Runtime } from '../runtime/objects.ts';
import { MOST_DIGITS, reprOf } from '../runtime/repr.ts';
import { typeNameOf } from '../runtime/type-name.ts';
import { stripWhitespace } from '../text/whitespace.ts';
import { type Numeric, toFloat } from './arithmetic.ts';

const INTEGER = /^[+-]?\d+(?:_\d+)*$/;
const DECIMAL = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const NAMED = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;

/** Python's `int(value)`. */
export function toInt(value: Runtime): Numeric {
  if (typeof value === 'string') return parseInteger(value);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Math.trunc(value) + 0;
  if (value instanceof Float) {
    if (Number.isNaN(value.value)) throw valueError('cannot convert float NaN to integer');
    if (!Number.isFinite(value.value)) throw overflowError('cannot convert float infinity to integer');
    return int(BigInt(value.value));
  }
  throw typeError(`int() argument must be a string or a number, not '${typeNameOf(value)}'`);
}

function parseInteger(text: string): Numeric {
  const trimmed = asciiDigits(stripWhitespace(text));
  if (!INTEGER.test(trimmed)) throw valueError(`${reprOf(text)} is no integer in base 10`);
  const digits = trimmed.replaceAll('_', '');
  if (digits.length > MOST_DIGITS + 1) throw valueError(`an integer of more than ${MOST_DIGITS} digits`);
  return int(BigInt(digits.startsWith('+') ? digits.slice(1) : digits.startsWith('-') ? digits : digits)) as Numeric;
}

/** Python's `float(value)`. */
export function toFloatValue(value: Runtime): Numeric {
  if (typeof value === 'string') return float(parseFloatText(value));
  if (typeof value === 'boolean') return float(value ? 1 : 0);
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float) return float(toFloat(value));
  throw typeError(`float() argument must be a string or a number, not '${typeNameOf(value)}'`);
}

function parseFloatText(text: string): number {
  const trimmed = asciiDigits(stripWhitespace(text));
  if (DECIMAL.test(trimmed)) return Number(trimmed.replaceAll('_', ''));
  const named = NAMED.exec(trimmed);
  if (named === null) throw valueError(`${reprOf(text)} is no float`);
  if (named[2] === undefined) return Number.NaN;
  return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
