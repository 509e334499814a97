import { category } from './characters.ts';
import type { Source } from './source.ts';
import type { CharTest } from './syntax-tree.ts';

/** What an escape stands for where single characters are expected. */
export type EscapedCharacter =
  | { readonly kind: 'literal'; readonly code: number }
  | { readonly kind: 'category'; readonly test: CharTest };

/** Finds a character by its Unicode name: `\N{...}`. */
export type CharacterNames = (name: string) => string | undefined;

export const CONTROL: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 92],
]);

const HEX = /^[0-9a-fA-F]$/;
const OCTAL = /^[0-7]$/;
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** `\x41`, `\u0041`, `\U00000041`, `\N{LATIN CAPITAL LETTER A}`; undefined for any other escape. */
export function namedCode(source: Source, letter: string, start: number, names: CharacterNames): number | undefined {
  const width = HEX_DIGITS[letter];
  if (width !== undefined) {
    const digits = source.take(HEX, width);
    if (digits.length !== width) throw source.error(`\\${letter} needs ${width} hexadecimal digits`, start);
    const code = Number.parseInt(digits, 16);
    if (code > 0x10ffff) throw source.error(`\\${letter}${digits} is no character`, start);
    return code;
  }
  if (letter !== 'N') return undefined;
  if (!source.match('{')) throw source.error('{ is missing after \\N', source.position);
  const name = source.until('}', 'the name of a character');
  const char = names(name);
  if (char === undefined) throw source.error(`there is no character ${name}`, start);
  return char.codePointAt(0) as number;
}

/** An octal escape of which the first digit is given. */
export function octalCode(source: Source, digits: string, start: number): number {
  const code = Number.parseInt(digits, 8);
  if (code > 0o377) throw source.error(`\\${digits} is beyond \\377`, start);
  return code;
}

export function isOctal(char: string | undefined): boolean {
  return char !== undefined && OCTAL.test(char);
}

/** An escape inside `[...]`. */
export function classEscape(source: Source, sequence: string, ascii: boolean, names: CharacterNames): EscapedCharacter {
  const start = source.position - 2;
  const letter = sequence.slice(1);
  const control = CONTROL.get(letter);
  if (control !== undefined) return { kind: 'literal', code: control };
  if ('dDsSwW'.includes(letter)) return { kind: 'category', test: category(letter, ascii) };
  const named = namedCode(source, letter, start, names);
  if (named !== undefined) return { kind: 'literal', code: named };
  if (isOctal(letter)) return { kind: 'literal', code: octalCode(source, letter + source.take(OCTAL, 2), start) };
  if (/^[0-9A-Za-z]$/.test(letter)) throw source.error(`${sequence} means nothing`, start);
  return { kind: 'literal', code: letter.codePointAt(0) as number };
}
