// What Python's str.isspace() and \s mean.
const SPACE = '\\t-\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const ONE = new RegExp(`^[${SPACE}]$`);
const NOT_SPACE = new RegExp(`[^${SPACE}]+`, 'g');

export function isSpace(char: string): boolean {
  return ONE.test(char);
}

/** Python's `text.lstrip()`. */
export function stripLeft(text: string): string {
  return text.replace(LEADING, '');
}

/** Python's `text.rstrip()`. */
export function stripRight(text: string): string {
  let end = text.length;
  while (end > 0 && ONE.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/** Python's `text.strip()`. */
export function stripWhitespace(text: string): string {
  return stripRight(stripLeft(text));
}

/** The places of the words between white space. */
export function words(text: string): { start: number; end: number }[] {
  return Array.from(text.matchAll(NOT_SPACE), (match) => ({ start: match.index, end: match.index + match[0].length }));
}
