import { attributeError } from '../raised.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, param } from '../runtime/specification.ts';
import { NULLABLE_BOOL } from '../runtime/types.ts';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const WHITESPACE = ' \t\n\r\v\f';

// Undefined: names that Python 2 had. YAQL still offers them, and Python 3 refuses.
const GROUPS: readonly (readonly [string, string, string | undefined])[] = [
  ['digits', 'digits', DIGITS],
  ['hexdigits', 'hexdigits', `${DIGITS}abcdefABCDEF`],
  ['asciiLowercase', 'ascii_lowercase', LOWER],
  ['asciiUppercase', 'ascii_uppercase', UPPER],
  ['asciiLetters', 'ascii_letters', LOWER + UPPER],
  ['letters', 'letters', undefined],
  ['octdigits', 'octdigits', '01234567'],
  ['punctuation', 'punctuation', PUNCTUATION],
  ['printable', 'printable', DIGITS + LOWER + UPPER + PUNCTUATION + WHITESPACE],
  ['lowercase', 'lowercase', undefined],
  ['uppercase', 'uppercase', undefined],
  ['whitespace', 'whitespace', WHITESPACE],
];

function characters(_call: Call, ...wanted: (boolean | null)[]): string[] {
  let text = '';
  for (const [i, [, pythonName, chars]] of GROUPS.entries()) {
    if (wanted[i] !== true) continue;
    if (chars === undefined) throw attributeError('string', pythonName);
    text += chars;
  }
  return [...new Set(text)];
}

export const CHARACTERS: readonly FunctionSpec[] = [
  func(
    'characters',
    GROUPS.map(([name]) => param(name, NULLABLE_BOOL, false)),
    characters,
  ),
];
