/** Operations on text as Python does them, where those of JS differ. */

// What Python's str.isspace() takes for white space; JS's \s has U+FEFF and lacks the separators and U+0085.
const PYTHON_SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${PYTHON_SPACE}]+`, 'u');
const SPACES_AT_START = new RegExp(`^[${PYTHON_SPACE}]+`, 'u');
// Without the look-behind a long run of spaces inside would be tried from each of its places.
const SPACES_AT_END = new RegExp(`(?<![${PYTHON_SPACE}])[${PYTHON_SPACE}]+$`, 'u');

/** Python's `text.split()`: at runs of white space, none at the ends. */
export function splitAtSpaces(text: string): string[] {
  return text.split(SPACES).filter((part) => part !== '');
}

/** Python's `text.strip()`. */
export function strip(text: string): string {
  return text.replace(SPACES_AT_START, '').replace(SPACES_AT_END, '');
}

/** Python's `text.replace(from, to)`: an empty `from` stands before every character and at the end. */
export function replaceText(text: string, from: string, to: string): string {
  if (from === '') return [to, ...Array.from(text, (char) => char + to)].join('');
  return text.replaceAll(from, () => to);
}

/** Python's `len(text)`. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(i + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      length--;
      i++;
    }
  }
  return length;
}
