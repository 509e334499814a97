import { tabInScalar, unexpectedColon } from '../diagnostics/yaml.ts';
import { type Cursor, isBlankOrEnd, isBreak } from './cursor.ts';
import { Refusal } from './refusal.ts';

/** What ends a run of ordinary characters, or may: 1 always, 2 in flow collections, 3 a colon. */
const STOPS = new Uint8Array(128);
for (const code of [0x00, 0x09, 0x0a, 0x0d, 0x20]) STOPS[code] = 1;
for (const char of ',[]{}') STOPS[char.charCodeAt(0)] = 2;
STOPS[0x3a] = 3;

/** A scanned plain scalar. `content` is null when it is just the text from `start` to `end`. */
export interface PlainScan {
  content: string | null;
  end: number;
  /** Whether it was followed by a line break, which has been stepped over. */
  brokeLine: boolean;
}

/**
 * Scans an unquoted scalar from its first character, and the white space after it. It goes on over lines that are
 * indented by `indent` or more; inside `[]` and `{}` indentation means nothing.
 */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean, scan: PlainScan): void {
  const { text } = cursor;
  let content = '';
  let fold = '';
  let lines = 0;
  let from = cursor.pos;
  let end = cursor.pos;
  for (;;) {
    if (cursor.atDocumentMarker() || text.charCodeAt(cursor.pos) === 0x23) break;
    const stop = endOfWord(text, cursor.pos, inFlow);
    if (stop === cursor.pos) break;
    end = stop;
    cursor.pos = stop;
    let code = text.charCodeAt(stop);
    while (code === 0x20 || code === 0x09) code = text.charCodeAt(++cursor.pos);
    if (!isBreak(code)) {
      if (cursor.pos > stop) continue;
      break;
    }
    content += fold + text.slice(from, end);
    fold = skipBreaks(cursor, indent);
    lines++;
    from = cursor.pos;
    if (!inFlow && cursor.column < indent) break;
  }
  scan.end = end;
  scan.brokeLine = lines > 0;
  // Most scalars end with their first line: their fold belongs to nothing.
  if (end > from) scan.content = lines > 0 ? content + fold + text.slice(from, end) : null;
  else scan.content = lines > 1 ? content : null;
}

function endOfWord(text: string, start: number, inFlow: boolean): number {
  let pos = start;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code < 128) {
      const stop = STOPS[code] as number;
      if (stop !== 0) {
        if (stop === 1) return pos;
        if (stop === 2) {
          if (inFlow) return pos;
        } else {
          const next = text.charCodeAt(pos + 1);
          if (isBlankOrEnd(next)) return pos;
          if (inFlow && next < 128 && STOPS[next] === 2) throw new Refusal(unexpectedColon(), pos, pos + 1);
        }
      }
    } else if (code === 0x85 || code === 0x2028 || code === 0x2029) {
      return pos;
    }
    pos++;
  }
}

/** Steps over line breaks and indentation; gives what the fold stands for. */
function skipBreaks(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  const first = cursor.lineBreak();
  let more = '';
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (code === 0x20) {
      cursor.pos++;
    } else if (code === 0x09) {
      if (cursor.column < indent) throw new Refusal(tabInScalar(), cursor.pos, cursor.pos + 1);
      cursor.pos++;
    } else if (isBreak(code)) {
      more += cursor.lineBreak();
    } else {
      break;
    }
  }
  return first === '\n' ? more || ' ' : first + more;
}
