import type { CharTest } from './syntax-tree.ts';

const WORD = /[\p{L}\p{N}_]/u;
const DIGIT = /\p{Nd}/u;
const BEYOND_ASCII_SPACE = /[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

/** Python's `\w` */
export function isWord(code: number): boolean {
  return code < 128 ? isAsciiWord(code) : WORD.test(String.fromCodePoint(code));
}

export function isAsciiDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Python's `\d` */
export function isDigit(code: number): boolean {
  return code < 128 ? isAsciiDigit(code) : DIGIT.test(String.fromCodePoint(code));
}

export function isAsciiSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Python's `\s` */
export function isSpace(code: number): boolean {
  if (code < 128) return isAsciiSpace(code) || (code >= 0x1c && code <= 0x1f);
  return code < 0x10000 && BEYOND_ASCII_SPACE.test(String.fromCharCode(code));
}

/** The test of `\d \D \s \S \w \W`. */
export function category(letter: string, ascii: boolean): CharTest {
  switch (letter) {
    case 'd':
      return ascii ? isAsciiDigit : isDigit;
    case 's':
      return ascii ? isAsciiSpace : isSpace;
    case 'w':
      return ascii ? isAsciiWord : isWord;
    default: {
      const positive = category(letter.toLowerCase(), ascii);
      return (code) => !positive(code);
    }
  }
}
