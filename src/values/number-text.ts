import { strip } from './text-operations.ts';
import { Float, float, int, type Value } from './value.ts';

// Python strips all Unicode white space, takes `_` between digits, and digits of any script.
const INT = /^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u;
const FLOAT =
  /^[+-]?(?:\p{Nd}+(?:_\p{Nd}+)*\.?(?:\p{Nd}+(?:_\p{Nd}+)*)?|\.\p{Nd}+(?:_\p{Nd}+)*)(?:[eE][+-]?\p{Nd}+(?:_\p{Nd}+)*)?$/u;
const NOT_FINITE = /^([+-]?)(inf|infinity|nan)$/i;

/** Python's `sys.int_info.default_max_str_digits`: longer text is a ValueError. */
const MAX_DIGITS = 4300;

/** Python's `int(text)`; undefined where that is a ValueError. */
export function parseInteger(text: string): number | bigint | undefined {
  const trimmed = asciiDigits(strip(text));
  if (!INT.test(trimmed)) return undefined;
  const digits = trimmed.replaceAll('_', '');
  if (digits.length > MAX_DIGITS + 1) return undefined;
  const magnitude = BigInt(digits.replace(/^[+-]/, ''));
  return int(digits.startsWith('-') ? -magnitude : magnitude);
}

/** Python's `float(text)`; undefined where that is a ValueError. */
export function parseFloatText(text: string): number | Float | undefined {
  const trimmed = asciiDigits(strip(text));
  const special = NOT_FINITE.exec(trimmed);
  if (special !== null) {
    if (special[2]?.toLowerCase() === 'nan') return new Float(Number.NaN);
    return new Float(special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  }
  return FLOAT.test(trimmed) ? float(Number(trimmed.replaceAll('_', ''))) : undefined;
}

/** Heat's `str_to_num`: an int if the text is one, else a float; undefined where Python raises ValueError. */
export function parseNumber(text: string): Exclude<Value, null | boolean | string | object> | Float | undefined {
  return parseInteger(text) ?? parseFloatText(text);
}

/** Digits of other scripts are digits to Python; their blocks of ten start at the zero. */
function asciiDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) as number;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  });
}
