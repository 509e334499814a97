import { float, int } from '../../values/value.ts';
import { Raised } from '../raised.ts';
import { decodeEscapes } from './escapes.ts';
import type { Literal } from './expression.ts';
import { WORD_OPERATORS } from './operators.ts';

export type TokenKind = 'number' | 'string' | 'word' | 'literal' | 'function' | 'variable' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** What a diagnostic shows: the symbol, or the value of a literal. */
  readonly text: string;
  readonly value: Literal;
  readonly position: number;
}

// Python's \w, \d and \b for text. What JS means by them is ASCII only, even with the flag u.
const WORD = '[\\p{L}\\p{N}_]';
const NO_DIGIT = '(?!\\p{Nd})[\\p{L}\\p{N}_]';
const START = `(?<!${WORD})`;
const END = `(?!${WORD})`;
const sticky = (source: string): RegExp => new RegExp(source, 'uy');

const BLANK = /[ \t\r\n]*/y;
const VARIABLE = sticky(`\\$${WORD}*`);
const NUMBER = sticky(`${START}\\p{Nd}+(?:\\.?\\p{Nd}+)?${END}`);
const FUNCTION = sticky(`${START}${NO_DIGIT}${WORD}*\\(`);
const KEYWORD = sticky(`(?!__)${START}${NO_DIGIT}${WORD}*${END}`);
const SINGLE_QUOTED = /'(?:[^'\\]|\\.)*'/uy;
const DOUBLE_QUOTED = /"(?:[^"\\]|\\.)*"/uy;
const VERBATIM = /`(?:[^`\\]|\\.)*`/uy;
const SYMBOL = /\?\.|->|=>|>=|<=|!=|=~|!~|[.+\-*/><=[\]{}(),]/y;
const LITERALS: ReadonlyMap<string, Literal> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Splits an expression into tokens, one at a time: an error in the grammar is reported before a later bad character. */
export class Lexer {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws YaqlLexicalException */
  next(): Token {
    this.#take(BLANK);
    const position = this.#position;
    if (position >= this.#text.length) return { kind: 'end', text: '', value: null, position };
    return this.#ascii(position) ?? this.#any(position);
  }

  /** Words, numbers and symbols of ASCII alone, which is nearly all there is, without the cost of Unicode's classes. */
  #ascii(position: number): Token | undefined {
    const text = this.#text;
    const code = text.charCodeAt(position);
    if (!isAsciiWord(code)) return symbolKind(code) ? this.#symbol(position) : undefined;
    if (position > 0 && !isPlainBoundary(text.charCodeAt(position - 1))) return undefined;
    let end = position + 1;
    while (isAsciiWord(text.charCodeAt(end))) end++;
    const after = text.charCodeAt(end);
    if (after >= 128) return undefined;
    if (code >= 48 && code <= 57) {
      // Anything but plain digits is for the pattern.
      if (after === 46) return undefined;
      for (let i = position + 1; i < end; i++) if (!isAsciiDigit(text.charCodeAt(i))) return undefined;
      this.#position = end;
      return numberToken(text.slice(position, end), position);
    }
    const word = text.slice(position, end);
    if (after === 40) {
      this.#position = end + 1;
      return { kind: 'function', text: word, value: word, position };
    }
    if (word.startsWith('__')) return undefined;
    this.#position = end;
    return wordToken(word, position);
  }

  #symbol(position: number): Token | undefined {
    const symbol = this.#take(SYMBOL);
    return symbol === undefined ? undefined : { kind: 'symbol', text: symbol, value: symbol, position };
  }

  #any(position: number): Token {
    const variable = this.#take(VARIABLE);
    if (variable !== undefined) return { kind: 'variable', text: variable, value: variable, position };
    const number = this.#take(NUMBER);
    if (number !== undefined) return numberToken(number, position);
    const call = this.#take(FUNCTION);
    if (call !== undefined) return { kind: 'function', text: call.slice(0, -1), value: call.slice(0, -1), position };
    const word = this.#take(KEYWORD);
    if (word !== undefined) return wordToken(word, position);
    const quoted = this.#take(SINGLE_QUOTED) ?? this.#take(DOUBLE_QUOTED);
    if (quoted !== undefined) return stringToken(decodeEscapes(quoted.slice(1, -1), position + 1), position);
    const verbatim = this.#take(VERBATIM);
    if (verbatim !== undefined) return stringToken(verbatim.slice(1, -1).replaceAll('\\`', '`'), position);
    const symbol = this.#take(SYMBOL);
    if (symbol !== undefined) return { kind: 'symbol', text: symbol, value: symbol, position };
    const bad = String.fromCodePoint(this.#text.codePointAt(position) as number);
    throw new Raised('YaqlLexicalException', `the character '${bad}' means nothing here`, position);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    return match[0];
  }
}

function isAsciiDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isAsciiDigit(code) || code === 95;
}

function isPlainBoundary(code: number): boolean {
  return code < 128 && !isAsciiWord(code);
}

/** Neither a quote, nor `$`, nor beyond ASCII. */
function symbolKind(code: number): boolean {
  return code < 128 && code !== 36 && code !== 34 && code !== 39 && code !== 96;
}

function numberToken(text: string, position: number): Token {
  const ascii = asciiDigits(text);
  if (ascii.includes('.')) return { kind: 'number', text, value: float(Number(ascii)), position };
  if (ascii.length <= 15) return { kind: 'number', text, value: Number(ascii), position };
  if (ascii.length > 4300) throw new Raised('ValueError', 'a number of more than 4300 digits', position);
  return { kind: 'number', text, value: int(BigInt(ascii)), position };
}

/** Decimal digits of any script as ASCII: each script's ten digits are consecutive. */
export function asciiDigits(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (char) => {
    if (!/\p{Nd}/u.test(char)) return char;
    const code = char.codePointAt(0) as number;
    let zero = code;
    while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    // Only the mathematical digits are several tens in a row.
    return String(zero >= 0x1d7ce - 9 && code >= 0x1d7ce && code <= 0x1d7ff ? (code - 0x1d7ce) % 10 : code - zero);
  });
}

function wordToken(text: string, position: number): Token {
  if (WORD_OPERATORS.has(text)) return { kind: 'symbol', text, value: text, position };
  const literal = LITERALS.get(text);
  if (literal !== undefined) return { kind: 'literal', text, value: literal, position };
  return { kind: 'word', text, value: text, position };
}

function stringToken(value: string, position: number): Token {
  return { kind: 'string', text: value, value, position };
}
