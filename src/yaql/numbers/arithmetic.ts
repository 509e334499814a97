import { Float, float, int } from '../../values/value.ts';
import { overflowError, Raised } from '../raised.ts';
import { isFloat } from '../runtime/objects.ts';

/** A Python int. */
export type Int = number | bigint;
/** A Python int or float. Integers are exact: JS numbers within 2^53, bigints beyond. */
export type Numeric = number | bigint | Float;

/** @throws OverflowError for an int beyond the floats */
export function toFloat(value: Numeric): number {
  if (value instanceof Float) return value.value;
  const result = Number(value);
  if (!Number.isFinite(result)) throw overflowError('int too large to convert to float');
  return result;
}

/** An int as C takes it for sizes and counts. @throws OverflowError beyond 64 bits */
export function toSize(value: Int): number {
  if (value >= 2 ** 63 || value < -(2 ** 63)) throw overflowError('Python int too large to convert to C ssize_t');
  return Number(value);
}

/** An int as a bigint. */
export function big(value: Numeric): bigint {
  return BigInt(value as number | bigint);
}

const SMALL = Number.MAX_SAFE_INTEGER;

function isSmall(result: number): boolean {
  return result <= SMALL && result >= -SMALL;
}

export function add(a: Numeric, b: Numeric): Numeric {
  if (isFloat(a) || isFloat(b)) return float(toFloat(a) + toFloat(b));
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (isSmall(sum)) return sum;
  }
  return int(big(a) + big(b));
}

export function subtract(a: Numeric, b: Numeric): Numeric {
  if (isFloat(a) || isFloat(b)) return float(toFloat(a) - toFloat(b));
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (isSmall(difference)) return difference;
  }
  return int(big(a) - big(b));
}

export function multiply(a: Numeric, b: Numeric): Numeric {
  if (isFloat(a) || isFloat(b)) return float(toFloat(a) * toFloat(b));
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // + 0: an int has no negative zero.
    if (isSmall(product)) return product + 0;
  }
  return int(big(a) * big(b));
}

/** `//` for two ints, `/` otherwise. */
export function divide(a: Numeric, b: Numeric): Numeric {
  if (isFloat(a) || isFloat(b)) {
    const divisor = toFloat(b);
    const dividend = toFloat(a);
    if (divisor === 0) throw zeroDivision('division by zero');
    return float(dividend / divisor);
  }
  if (big(b) === 0n) throw zeroDivision('integer division or modulo by zero');
  if (typeof a === 'number' && typeof b === 'number') {
    // Exact: the remainder of two safe integers is, and so is the quotient without it.
    const remainder = a % b;
    const quotient = (a - remainder) / b;
    return (remainder !== 0 && remainder < 0 !== b < 0 ? quotient - 1 : quotient) + 0;
  }
  const [x, y] = [big(a), big(b)];
  const remainder = x % y;
  const quotient = x / y;
  return int(remainder !== 0n && remainder < 0n !== y < 0n ? quotient - 1n : quotient);
}

/** `%`: the sign of the divisor. */
export function modulo(a: Numeric, b: Numeric): Numeric {
  if (isFloat(a) || isFloat(b)) return float(floatModulo(toFloat(a), toFloat(b)));
  if (big(b) === 0n) throw zeroDivision('integer division or modulo by zero');
  if (typeof a === 'number' && typeof b === 'number') {
    const remainder = a % b;
    return (remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder) + 0;
  }
  const [x, y] = [big(a), big(b)];
  const remainder = x % y;
  return int(remainder !== 0n && remainder < 0n !== y < 0n ? remainder + y : remainder);
}

function floatModulo(a: number, b: number): number {
  if (b === 0) throw zeroDivision('float modulo');
  const remainder = a % b;
  if (remainder === 0) return b < 0 ? -0 : 0;
  return remainder < 0 !== b < 0 ? remainder + b : remainder;
}

export function negate(value: Numeric): Numeric {
  if (isFloat(value)) return float(-toFloat(value));
  return typeof value === 'bigint' ? int(-value) : 0 - value;
}

/** -1, 0 or 1; NaN where neither is less, equal or greater. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const x = a instanceof Float ? a.value : a;
  const y = b instanceof Float ? b.value : b;
  if (x < y) return -1;
  if (x > y) return 1;
  // biome-ignore lint/suspicious/noDoubleEquals: JS's exact comparison of a bigint with a number
  return x == y ? 0 : Number.NaN;
}

export function zeroDivision(message: string): Raised {
  return new Raised('ZeroDivisionError', message);
}
