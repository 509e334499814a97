/** A finite float as an exact fraction `numerator / 2^shift`, `shift` at least 0. */
export function exactFraction(value: number): { numerator: bigint; shift: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const shift = 1075 - Math.max(exponent, 1);
  const sign = value < 0 ? -1n : 1n;
  return shift >= 0
    ? { numerator: sign * mantissa, shift }
    : { numerator: (sign * mantissa) << BigInt(-shift), shift: 0 };
}

/** `numerator / denominator` to the nearest integer, halves to the even one. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  let quotient = magnitude / denominator;
  const twice = (magnitude % denominator) * 2n;
  if (twice > denominator || (twice === denominator && (quotient & 1n) === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

/** `|value| * 10^places` rounded to an integer, half to even: exact, where `toFixed` stops at 10^21 and rounds half up. */
export function scaledDigits(value: number, places: number): bigint {
  const { numerator, shift } = exactFraction(Math.abs(value));
  const denominator = 1n << BigInt(shift);
  return places >= 0
    ? divideHalfEven(numerator * 10n ** BigInt(places), denominator)
    : divideHalfEven(numerator, denominator * 10n ** BigInt(-places));
}

/** The digits of `|value|` with that many places after the point: C's `%.{places}f`. */
export function fixedDigits(value: number, places: number): string {
  const digits = scaledDigits(value, places)
    .toString()
    .padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** `|value|` as digits and a decimal exponent, with that many digits after the first: C's `%.{places}e`. */
export function scientificDigits(value: number, places: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(places + 1), exponent: 0 };
  let exponent = Number(Math.abs(value).toExponential().split('e')[1]);
  let digits = scaledDigits(value, places - exponent).toString();
  // Rounding may carry into a new digit: 9.99 -> 10.0.
  if (digits.length > places + 1) {
    exponent++;
    digits = scaledDigits(value, places - exponent).toString();
  }
  return { digits, exponent };
}

/** Python's `round(value, places)` for a finite float. */
export function roundFloat(value: number, places: number): number {
  if (places > 323) return value;
  if (places < -308) return value < 0 ? -0 : 0;
  const digits = scaledDigits(value, places);
  const result = Number(`${digits}e${-places}`);
  return value < 0 || Object.is(value, -0) ? -result : result;
}
