import { badEscape, documentMarkerInQuotes, unclosedQuote } from '../diagnostics/yaml.ts';
import { type Cursor, isBlank, isBreak, isBreakOrEnd } from './cursor.ts';
import { Refusal } from './refusal.ts';

/** Scans from the opening quote past the closing one; gives the content. */
export function scanQuoted(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos;
  const quote = text.charCodeAt(start);
  const isSingle = quote === 0x27;
  let content = '';
  let from = ++cursor.pos;
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (code === quote) {
      content += text.slice(from, cursor.pos++);
      if (!isSingle || text.charCodeAt(cursor.pos) !== 0x27) return content;
      // '' is one quote: the second one begins the next slice.
      from = cursor.pos++;
    } else if (code === 0x5c && !isSingle) {
      content += text.slice(from, cursor.pos);
      if (isBreak(text.charCodeAt(cursor.pos + 1))) {
        cursor.pos++;
        cursor.lineBreak();
        content += foldBreaks(cursor, start, null);
      } else {
        content += readEscape(cursor);
      }
      from = cursor.pos;
    } else if (isBreakOrEnd(code)) {
      if (code === 0) throw new Refusal(unclosedQuote(text.charAt(start)), start, start + 1);
      content += text.slice(from, endWithoutBlanks(text, from, cursor.pos)) + foldBreaks(cursor, start, cursor.lineBreak());
      from = cursor.pos;
    } else {
      cursor.pos++;
    }
  }
}

function endWithoutBlanks(text: string, from: number, end: number): number {
  let pos = end;
  while (pos > from && isBlank(text.charCodeAt(pos - 1))) pos--;
  return pos;
}

/** Steps over further line breaks and indentation; `first` is the break before, null for an escaped one. */
function foldBreaks(cursor: Cursor, start: number, first: string | null): string {
  const { text } = cursor;
  let more = '';
  for (;;) {
    if (cursor.atDocumentMarker()) throw new Refusal(documentMarkerInQuotes(), start, cursor.pos + 3);
    const code = text.charCodeAt(cursor.pos);
    if (isBlank(code)) cursor.pos++;
    else if (isBreak(code)) more += cursor.lineBreak();
    else break;
  }
  if (first === null) return more;
  return first === '\n' ? more || ' ' : first + more;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(cursor: Cursor): string {
  const { text, pos } = cursor;
  const letter = text.charAt(pos + 1);
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) {
    cursor.pos = pos + 2;
    return simple;
  }
  const length = letter === 'x' || letter === 'u' || letter === 'U' ? (HEX_LENGTHS[letter] as number) : 0;
  const digits = text.slice(pos + 2, pos + 2 + length);
  const code = Number.parseInt(digits, 16);
  if (length === 0 || !/^[0-9a-fA-F]+$/.test(digits) || digits.length < length || code > 0x10ffff) {
    throw new Refusal(badEscape(`\\${letter}${digits}`), pos, pos + 2 + length);
  }
  cursor.pos = pos + 2 + length;
  return String.fromCodePoint(code);
}
