const LETTER = /\p{L}/u;
const DIGIT = /[\p{Nd}\p{No}]/u;

type State = '' | 'a' | '0' | 'a.' | '0.';

/**
 * Splits the text of a date as dateutil does: words, numbers, and single other characters. A dot or comma may be part
 * of a number, or end a word or a number; only the whole stretch tells which.
 */
export function dateTokens(text: string): string[] {
  const chars = Array.from(text).filter((char) => char !== '\0');
  const tokens: string[] = [];
  let at = 0;
  while (at < chars.length) {
    const first = chars[at++] as string;
    let state: State = LETTER.test(first) ? 'a' : DIGIT.test(first) ? '0' : '';
    if (state === '') {
      tokens.push(/\s/.test(first) ? ' ' : first);
      continue;
    }
    let token = first;
    // Set when the word goes on, not by its first letter: dateutil's own quirk.
    let letters = false;
    for (; at < chars.length; at++) {
      const char = chars[at] as string;
      if (state === 'a' || state === 'a.') letters = true;
      const next: State | undefined = following(state, char, token);
      if (next === undefined) break;
      state = next;
      token += char;
    }
    tokens.push(...splitDots(token, state, letters));
  }
  return tokens;
}

function following(state: State, char: string, token: string): State | undefined {
  const afterDot = token.endsWith('.');
  switch (state) {
    case 'a':
      return LETTER.test(char) ? 'a' : char === '.' ? 'a.' : undefined;
    case '0':
      if (DIGIT.test(char)) return '0';
      return char === '.' || (char === ',' && token.length >= 2) ? '0.' : undefined;
    case 'a.':
      if (char === '.' || LETTER.test(char)) return 'a.';
      return DIGIT.test(char) && afterDot ? '0.' : undefined;
    default:
      if (char === '.' || DIGIT.test(char)) return '0.';
      return LETTER.test(char) && afterDot ? 'a.' : undefined;
  }
}

function splitDots(token: string, state: State, letters: boolean): string[] {
  const dotted = state === 'a.' || state === '0.';
  const dots = token.split('.').length - 1;
  if (dotted && (letters || dots > 1 || /[.,]$/.test(token))) {
    const [first = '', ...rest] = token.split(/([.,])/);
    return [first, ...rest.filter((part) => part !== '')];
  }
  return [state === '0.' && dots === 0 ? token.replaceAll(',', '.') : token];
}
