import { int } from '../values/value.ts';

/** A number that Python refuses to make; `pythonError` is the class that it raises. */
export class BadNumber extends Error {
  readonly pythonError: string;

  constructor(message: string, pythonError = 'ValueError') {
    super(message);
    this.pythonError = pythonError;
  }
}

/** Longest number read, in characters: beyond it arithmetic is what an attacker pays us to do. */
const LONGEST = 100_000;
/** Python's own bound on decimal digits (`sys.int_info.default_max_str_digits`). */
const LONGEST_DECIMAL = 4300;
const LONGEST_SEXAGESIMAL = 1000;

/** PyYAML's `construct_yaml_int`: signs, `_`, `0b`, `0x`, octal with leading zero, base 60. */
export function parseIntScalar(text: string): number | bigint {
  if (text.length > LONGEST) throw new BadNumber('the number is too long');
  let digits = text.replaceAll('_', '');
  if (digits === '') throw new BadNumber('an integer needs a digit', 'IndexError');
  const negative = digits.startsWith('-');
  if (negative || digits.startsWith('+')) digits = digits.slice(1);
  const magnitude = parseMagnitude(digits);
  return int(negative ? -magnitude : magnitude);
}

function parseMagnitude(digits: string): bigint {
  if (digits.startsWith('0b')) return pythonInt(digits.slice(2), 2);
  if (digits.startsWith('0x')) return pythonInt(digits.slice(2), 16);
  if (digits === '') throw new BadNumber('an integer needs a digit', 'IndexError');
  if (digits.startsWith('0')) return digits === '0' ? 0n : pythonInt(digits, 8);
  if (!digits.includes(':')) return pythonInt(digits, 10);
  const parts = digits.split(':');
  if (parts.length > LONGEST_SEXAGESIMAL) throw new BadNumber('the number is too long');
  return parts.reduce((sum, part) => sum * 60n + pythonInt(part, 10), 0n);
}

const DIGITS: Readonly<Record<number, RegExp>> = {
  2: /^([-+]?)(?:0[bB])?([01]+)$/,
  8: /^([-+]?)(?:0[oO])?([0-7]+)$/,
  10: /^([-+]?)()?([0-9]+)$/,
  16: /^([-+]?)(?:0[xX])?([0-9a-fA-F]+)$/,
};
const PREFIX: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/** Python's `int(text, base)`. */
function pythonInt(text: string, base: 2 | 8 | 10 | 16): bigint {
  const match = DIGITS[base]?.exec(text.trim());
  const digits = match?.at(-1);
  if (match === null || match === undefined || digits === undefined) throw new BadNumber('not an integer');
  if (base === 10 && digits.length > LONGEST_DECIMAL) throw new BadNumber('more digits than Python reads');
  const value = BigInt(PREFIX[base] + digits);
  return match[1] === '-' ? -value : value;
}

/** PyYAML's `construct_yaml_float`: signs, `_`, `.inf`, `.nan`, base 60. */
export function parseFloatScalar(text: string): number {
  if (text.length > LONGEST) throw new BadNumber('the number is too long');
  let digits = text.replaceAll('_', '').toLowerCase();
  if (digits === '') throw new BadNumber('a float needs a digit', 'IndexError');
  const sign = digits.startsWith('-') ? -1 : 1;
  if (sign < 0 || digits.startsWith('+')) digits = digits.slice(1);
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  if (!digits.includes(':')) return sign * pythonFloat(digits);
  let value = 0;
  let base = 1n;
  for (const part of digits.split(':').reverse()) {
    const scale = Number(base);
    if (!Number.isFinite(scale)) throw new BadNumber('the number is too large', 'OverflowError');
    value += pythonFloat(part) * scale;
    base *= 60n;
  }
  return sign * value;
}

/** Python's `float(text)`. */
function pythonFloat(text: string): number {
  const trimmed = text.trim();
  if (/^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/.test(trimmed)) return Number(trimmed);
  const word = /^([-+]?)(inf|infinity|nan)$/.exec(trimmed);
  if (word === null) throw new BadNumber('not a float');
  if (word[2] === 'nan') return Number.NaN;
  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
