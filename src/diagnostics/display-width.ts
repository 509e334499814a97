/** How text looks in a terminal: how many cells a character takes, and what stands for those that would do harm. */

const TAB_STOP = 4;
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u23e9-\u23ec\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const WIDTHLESS = /[\p{Mn}\p{Me}\u200d]/u;
// Controls, direction marks, unpaired surrogates, what is not assigned: shown by their number.
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/u;
const JOINER = '\u200d';

/** One character as it is shown, and where it begins. */
export interface Cell {
  readonly text: string;
  /** Index in the line, in UTF-16 units. */
  readonly at: number;
  /** Its first cell on the terminal, from 0. */
  readonly left: number;
  readonly width: number;
}

/** The characters of one line: tabs as blanks up to the next stop, harmful ones as `\u{1b}`. */
export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  let left = 0;
  let joined = false;
  for (const char of line) {
    let text = char;
    let width = 1;
    if (char === '\t') {
      width = TAB_STOP - (left % TAB_STOP);
      text = ' '.repeat(width);
    } else if (char > '\u001f' && char < '\u007f') {
      width = 1;
    } else if (WIDTHLESS.test(char)) {
      width = 0;
    } else if (HARMFUL.test(char)) {
      text = escaped(char);
      width = text.length;
    } else if (WIDE.test(char)) {
      // What a joiner ties to the emoji before is drawn as one with it.
      width = joined ? 0 : 2;
    }
    joined = char === JOINER;
    cells.push({ text, at, left, width });
    at += char.length;
    left += width;
  }
  return cells;
}

/** Text on one line in which nothing can steer a terminal. */
export function printable(text: string): string {
  let result = '';
  for (const char of text) result += HARMFUL.test(char) && char !== JOINER ? escaped(char) : char;
  return result;
}

function escaped(char: string): string {
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}
