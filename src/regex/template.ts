import type { PatternMatch } from './match.ts';
import { PatternError } from './pattern-error.ts';
import { Source } from './source.ts';

export type TemplatePart = string | number;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/**
 * The replacement text of Python's `sub`: `\1`, `\g<1>`, `\g<name>`, `\n`, octal.
 *
 * @throws PatternError; with the class IndexError for a name that the pattern does not have
 */
export function parseTemplate(
  text: string,
  groupCount: number,
  names: ReadonlyMap<string, number>,
): readonly TemplatePart[] {
  if (!text.includes('\\')) return [text];
  const source = new Source(text);
  const parts: TemplatePart[] = [];
  let literal = '';
  const reference = (group: number, position: number): void => {
    if (group > groupCount) throw source.error(`there is no group ${group}`, position);
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(group);
  };
  for (;;) {
    const start = source.position;
    const char = source.get();
    if (char === undefined) break;
    if (!char.startsWith('\\')) {
      literal += char;
      continue;
    }
    const letter = char.slice(1);
    if (letter === 'g') {
      reference(groupOf(source, names), start);
    } else if (letter === '0') {
      literal += String.fromCharCode(Number.parseInt(`0${source.take(/^[0-7]$/, 2)}`, 8) & 0xff);
    } else if (/^[1-9]$/.test(letter)) {
      const octal = numbered(source, letter, start);
      if (typeof octal === 'string') literal += octal;
      else reference(octal, start + 1);
    } else {
      const escaped = ESCAPES.get(letter);
      if (escaped === undefined && /^[A-Za-z]$/.test(letter)) throw source.error(`${char} means nothing`, start);
      literal += escaped ?? char;
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function numbered(source: Source, firstDigit: string, start: number): string | number {
  const digits = firstDigit + source.take(/^[0-9]$/, 1);
  const { next } = source;
  if (digits.length === 2 && /^[0-7]{2}$/.test(digits) && next !== undefined && /^[0-7]$/.test(next)) {
    const code = Number.parseInt(digits + source.get(), 8);
    if (code > 0o377) throw source.error('an octal escape is beyond \\377', start);
    return String.fromCharCode(code);
  }
  return Number(digits);
}

function groupOf(source: Source, names: ReadonlyMap<string, number>): number {
  if (!source.match('<')) throw source.error('< is missing');
  const position = source.position;
  const name = source.until('>', 'the name of a group');
  if (/^[\p{L}\p{Nl}_][\p{L}\p{N}\p{Mn}\p{Mc}\p{Pc}]*$/u.test(name)) {
    const group = names.get(name);
    if (group === undefined) throw new PatternError(`there is no group ${name}`, position, 'IndexError');
    return group;
  }
  if (!/^[0-9]+$/.test(name)) throw source.error(`${name} is no name of a group`, position);
  return Number(name);
}

export function expandTemplate(parts: readonly TemplatePart[], match: PatternMatch): string {
  let result = '';
  for (const part of parts) result += typeof part === 'string' ? part : (match.group(part) ?? '');
  return result;
}
