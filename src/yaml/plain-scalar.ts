import { float, type Value } from '../values/value.ts';
import { parseFloatScalar, parseIntScalar } from './numbers.ts';

/** A plain `<<`: as a key it merges, anywhere else it is refused. */
export const MERGE: unique symbol = Symbol('<<');
/** A plain `=`: text as a key, refused anywhere else. */
export const EQUALS: unique symbol = Symbol('=');

export type Resolved = Value | typeof MERGE | typeof EQUALS;

// The rules of YAML 1.1 as PyYAML's resolver has them, which are not those of the specification: no single y or n, no
// exponent without sign, no float without dot.
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INT =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;

const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

/**
 * The value of a plain (unquoted) scalar. Heat makes text of timestamps, so they need no rule.
 *
 * @throws Error of the kinds of `numbers.ts` for text that looks like a number and is none (`0x_`).
 */
export function resolvePlain(text: string): Resolved {
  if (text.length === 0) return null;
  const first = text.charCodeAt(0);
  // The first character decides which rules can apply; most text meets none.
  if (first >= 0x30 && first <= 0x39) return resolveNumber(text);
  switch (first) {
    case 0x2b: // +
    case 0x2d: // -
    case 0x2e: // .
      return resolveNumber(text);
    case 0x3c: // <
      return text === '<<' ? MERGE : text;
    case 0x3d: // =
      return text === '=' ? EQUALS : text;
    case 0x59: // Y
    case 0x79:
    case 0x4e: // N
    case 0x6e:
    case 0x54: // T
    case 0x74:
    case 0x46: // F
    case 0x66:
    case 0x4f: // O
    case 0x6f:
    case 0x7e: {
      // ~
      if (text.length > 5) return text;
      const word = WORDS.get(text);
      return word === undefined ? text : word;
    }
    default:
      return text;
  }
}

function resolveNumber(text: string): Value {
  const small = smallInt(text);
  if (small >= 0) return small;
  if (FLOAT.test(text)) return float(parseFloatScalar(text));
  return INT.test(text) ? parseIntScalar(text) : text;
}

/** The value of up to 15 digits without leading zero; -1 for anything else. */
function smallInt(text: string): number {
  const length = text.length;
  if (length > 15) return -1;
  let value = text.charCodeAt(0) - 0x30;
  if (value < 0 || value > 9 || (value === 0 && length > 1)) return -1;
  for (let i = 1; i < length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
