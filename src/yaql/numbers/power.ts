import { Float, float, int } from '../../values/value.ts';
import { overflowError, typeError, valueError } from '../raised.ts';
import { isFloat, Opaque, type Runtime } from '../runtime/objects.ts';
import { big, type Numeric, toFloat, zeroDivision } from './arithmetic.ts';
import { exactPower } from './exact-power.ts';

/** Refuses an integer of that many bits: called before it is computed. */
export type BitGuard = (bits: number) => void;

/** Python's `pow(base, exponent)`. */
export function power(base: Numeric, exponent: Numeric, guard: BitGuard): Runtime {
  if (isFloat(base) || isFloat(exponent)) return floatPower(toFloat(base), toFloat(exponent));
  const x = big(base);
  const y = big(exponent);
  if (y < 0n) return floatPower(toFloat(base), toFloat(exponent));
  if (x !== 0n && x !== 1n && x !== -1n) guard(bitLength(x) * Number(y));
  return int(x ** y);
}

function floatPower(x: number, y: number): Runtime {
  if (x === 0 && y < 0) throw zeroDivision('0.0 cannot be raised to a negative power');
  if (x === 1 || y === 0) return float(1);
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return float(1);
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) return complexPower(x, y);
  const result = Number.isFinite(x) && Number.isFinite(y) && x !== 0 ? signedPower(x, y) : x ** y;
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) {
    throw overflowError('the result is too large for a float');
  }
  return float(result);
}

/** A negative base has an integral exponent here. */
function signedPower(x: number, y: number): number {
  const magnitude = exactPower(Math.abs(x), y);
  return x < 0 && y % 2 !== 0 ? -magnitude : magnitude;
}

function complexPower(x: number, y: number): Opaque {
  const length = (-x) ** y;
  const angle = Math.PI * y;
  const real = new Float(length * Math.cos(angle));
  const imaginary = length * Math.sin(angle);
  return new Opaque('complex', `(${real.value}${imaginary < 0 ? '-' : '+'}${Math.abs(imaginary)}j)`);
}

/** Python's `pow(base, exponent, modulus)`. */
export function modularPower(base: Numeric, exponent: Numeric, modulus: Numeric): Numeric {
  if (isFloat(base) || isFloat(exponent) || isFloat(modulus)) {
    throw typeError('pow() takes a third argument only where all are integers');
  }
  const m = big(modulus);
  if (m === 0n) throw valueError('the third argument of pow() cannot be 0');
  let y = big(exponent);
  let x = big(base) % m;
  if (y < 0n) {
    x = inverse(x, m);
    y = -y;
  }
  let result = 1n % m;
  for (; y > 0n; y >>= 1n) {
    if (y & 1n) result = (result * x) % m;
    x = (x * x) % m;
  }
  // The sign of the modulus.
  return int(result !== 0n && result < 0n !== m < 0n ? result + m : result);
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n && a !== -1n) throw valueError('the base has no inverse for the given modulus');
  return a === 1n ? x : -x;
}

export function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const hex = magnitude.toString(16);
  return magnitude === 0n ? 0 : (hex.length - 1) * 4 + Math.floor(Math.log2(Number.parseInt(hex[0] as string, 16))) + 1;
}

/** Python's `value << bits`. */
export function shiftLeft(value: number | bigint, bits: number | bigint, guard: BitGuard): Numeric {
  if (bits < 0) throw valueError('negative shift count');
  const x = big(value);
  if (x === 0n) return 0;
  guard(bitLength(x) + Number(bits));
  return int(x << big(bits));
}

/** Python's `value >> bits`. */
export function shiftRight(value: number | bigint, bits: number | bigint): Numeric {
  if (bits < 0) throw valueError('negative shift count');
  const x = big(value);
  if (Number(bits) >= bitLength(x) + 1) return x < 0n ? -1 : 0;
  return int(x >> big(bits));
}
