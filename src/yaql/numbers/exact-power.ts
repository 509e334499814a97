import { exactFraction } from './decimal.ts';

// Fixed point with that many bits after the point: enough that rounding to 53 bits is right all but always.
const BITS = 256n;
const ONE = 1n << BITS;

/** 2 * atanh(n / d), by its series. */
function twiceAtanh(n: bigint, d: bigint): bigint {
  const z = (n << BITS) / d;
  const square = (z * z) / ONE;
  let term = z;
  let sum = 0n;
  for (let k = 1n; term !== 0n; k += 2n) {
    sum += term / k;
    term = (term * square) / ONE;
  }
  return 2n * sum;
}

let ln2: bigint | undefined;

/** ln of `numerator / 2^shift`. */
function ln(numerator: bigint, shift: number): bigint {
  ln2 ??= twiceAtanh(1n, 3n);
  let exponent = numerator.toString(2).length - shift;
  let scale = BigInt(shift + exponent);
  // The mantissa between 0.5 and 1; below 0.7 it is doubled, so that it is near 1 from either side.
  if (numerator * 10n < 7n << scale) {
    exponent -= 1;
    scale -= 1n;
  }
  const unit = 1n << scale;
  return twiceAtanh(numerator - unit, numerator + unit) + BigInt(exponent) * ln2;
}

function exp(value: bigint): bigint {
  let term = ONE;
  let sum = 0n;
  for (let k = 1n; term !== 0n; k++) {
    sum += term;
    term = ((term * value) / k) >> BITS;
  }
  return sum;
}

/**
 * `x ** y` for a finite x above 0 and a finite y, rounded as C's `pow` does. JS's own is wrong in the last digit now and
 * then, which would show in text and in comparisons.
 */
export function exactPower(x: number, y: number): number {
  const rough = x ** y;
  if (!Number.isFinite(rough) || rough < 1e-300 || rough > 1e300 || rough === 1) return rough;
  const base = exactFraction(x);
  const power = exactFraction(y);
  const logarithm = (ln(base.numerator, base.shift) * power.numerator) >> BigInt(power.shift);
  const twos = logarithm / (ln2 as bigint);
  const mantissa = exp(logarithm - twos * (ln2 as bigint));
  return Number(mantissa >> (BITS - 128n)) * 2 ** (Number(twos) - 128);
}
