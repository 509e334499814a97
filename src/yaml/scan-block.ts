import { badBlockHeader, tabInBlockScalar } from '../diagnostics/yaml.ts';
import { type Cursor, isBlank, isBreak, isBreakOrEnd } from './cursor.ts';
import { Refusal } from './refusal.ts';

type Chomping = 'clip' | 'strip' | 'keep';

/**
 * Scans `|` (literal) or `>` (folded) from its indicator to the first line that is indented less. `parentIndent`: of
 * the collection that it stands in, -1 at the top.
 */
export function scanBlock(cursor: Cursor, parentIndent: number): string {
  const { text } = cursor;
  const isLiteral = text.charCodeAt(cursor.pos) === 0x7c;
  const [chomping, increment] = readHeader(cursor);
  const least = Math.max(parentIndent + 1, 1);
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  const leading = new Breaks(cursor);
  indent = leading.read(indent, least);
  let content = '';
  let lineBreak = '';
  let wasBlank = false;
  let trailing = leading.text;
  while (cursor.column === indent && text.charCodeAt(cursor.pos) !== 0) {
    const isBlankLine = isBlank(text.charCodeAt(cursor.pos));
    // A folded line joins the one before, unless either begins with white space.
    if (!isLiteral && lineBreak === '\n' && !wasBlank && !isBlankLine) content += trailing === '' ? ' ' : trailing;
    else content += lineBreak + trailing;
    wasBlank = isBlankLine;
    const start = cursor.pos;
    cursor.pos = endOfLine(text, start);
    content += text.slice(start, cursor.pos);
    lineBreak = text.charCodeAt(cursor.pos) === 0 ? '' : cursor.lineBreak();
    leading.read(indent, least);
    trailing = leading.text;
  }
  if (chomping === 'strip') return content;
  return chomping === 'keep' ? content + lineBreak + trailing : content + lineBreak;
}

function endOfLine(text: string, start: number): number {
  let pos = start;
  let code = text.charCodeAt(pos);
  while (code > 0x0d ? code !== 0x85 && code !== 0x2028 && code !== 0x2029 : !isBreakOrEnd(code)) {
    code = text.charCodeAt(++pos);
  }
  return pos;
}

/** Indicator, chomping and indentation in either order, comment, line break. */
function readHeader(cursor: Cursor): [chomping: Chomping, increment: number] {
  const { text } = cursor;
  const start = cursor.pos++;
  let chomping: Chomping = 'clip';
  let increment = 0;
  for (let i = 0; i < 2; i++) {
    const code = text.charCodeAt(cursor.pos);
    if ((code === 0x2b || code === 0x2d) && chomping === 'clip') {
      chomping = code === 0x2b ? 'keep' : 'strip';
      cursor.pos++;
    } else if (code >= 0x30 && code <= 0x39 && increment === 0) {
      increment = code - 0x30;
      if (increment === 0) throw new Refusal(badBlockHeader(), start, cursor.pos + 1);
      cursor.pos++;
    }
  }
  while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
  if (text.charCodeAt(cursor.pos) === 0x23) cursor.pos = endOfLine(text, cursor.pos);
  const code = text.charCodeAt(cursor.pos);
  if (!isBreakOrEnd(code)) throw new Refusal(badBlockHeader(), start, cursor.pos + 1);
  if (code !== 0) cursor.lineBreak();
  return [chomping, increment];
}

/** The empty lines before the next line of content, and the indentation of that line. */
class Breaks {
  text = '';
  private readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  /** Reads up to column `indent`; when that is 0, the widest line decides what it is. Gives the indentation. */
  read(indent: number, least: number): number {
    const { cursor } = this;
    const { text } = cursor;
    this.text = '';
    let widest = 0;
    for (;;) {
      while (text.charCodeAt(cursor.pos) === 0x20 && (indent === 0 || cursor.column < indent)) cursor.pos++;
      if (cursor.column > widest) widest = cursor.column;
      const code = text.charCodeAt(cursor.pos);
      if (code === 0x09 && (indent === 0 || cursor.column < indent)) {
        throw new Refusal(tabInBlockScalar(), cursor.pos, cursor.pos + 1);
      }
      if (!isBreak(code)) break;
      this.text += cursor.lineBreak();
    }
    return indent === 0 ? Math.max(widest, least) : indent;
  }
}
