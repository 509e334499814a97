import { Raised } from '../raised.ts';
import { characterByName } from './character-names.ts';

const ESCAPE = /\\U[^\n]{8}|\\u[^\n]{4}|\\x[^\n]{2}|\\[0-7]{1,3}|\\N\{[^}]+\}|\\[\\'"abfnrtv]/gu;

const SINGLE: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/**
 * Python's escapes in a quoted string. A backslash before anything else stays a backslash.
 *
 * @throws UnicodeDecodeError for digits that are none, and for names that Unicode does not have
 */
export function decodeEscapes(text: string, position: number): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (escaped, offset: number) => {
    const kind = escaped[1] as string;
    const single = SINGLE.get(kind);
    if (single !== undefined) return single;
    if (kind >= '0' && kind <= '7') return String.fromCharCode(Number.parseInt(escaped.slice(1), 8));
    const decoded = kind === 'N' ? characterByName(escaped.slice(3, -1)) : hexadecimal(escaped.slice(2));
    if (decoded !== undefined) return decoded;
    throw new Raised('UnicodeDecodeError', `${escaped} is no character`, position + offset);
  });
}

function hexadecimal(digits: string): string | undefined {
  if (!/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
