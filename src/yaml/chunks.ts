/** Characters from which on a text is read in chunks: the events of a smaller one are no burden. */
const WORTH_IT = 65_536;
/** Characters of a chunk, at least: its events die young. */
const CHUNK = 16_384;

/** A part of a text that is a block mapping of its own. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Of its keys: 0, or that of the mapping that the last key before the chunk begins. */
  readonly indent: number;
}

/**
 * Cuts a large text before keys of the mapping at the top, and before keys of those in it: chunks that can be read one
 * after the other. The text must have no tabs, and its lines end with line feeds. This goes by the beginnings of lines
 * alone: whether a chunk is what it promises shows when it is read. Undefined: the text is to be read as a whole.
 *
 * @param size of a chunk, for tests.
 */
export function chunksOf(text: string, size: number = CHUNK): readonly Chunk[] | undefined {
  if (size === CHUNK && text.length < WORTH_IT) return undefined;
  const chunks: Chunk[] = [];
  let start = 0;
  let indent = 0;
  const cut = (at: number, next: number): void => {
    chunks.push({ start, end: at, indent });
    start = at;
    indent = next;
  };
  const firstSection = isWord(text.charCodeAt(0)) ? 0 : nextKey(text, 1, 0, text.length);
  for (let section = firstSection; section < text.length; ) {
    if (section > firstSection && (indent > 0 || section - start >= size)) cut(section, 0);
    const end = nextKey(text, section + 1, 0, text.length);
    const first = text.indexOf('\n', section) + 1;
    const inner = end - section >= size && beginsMapping(text, section, first) ? indentAt(text, first) : 0;
    if (inner > 0) {
      let at = nextKey(text, Math.max(first + 1, start + size), inner, end);
      while (at < end) {
        cut(at, inner);
        at = nextKey(text, at + size, inner, end);
      }
    }
    section = end;
  }
  cut(text.length, 0);
  return chunks.length > 1 ? chunks : undefined;
}

/** The next line from `from` (at least 1) on that begins with a word, that much indented; `end` when there is none. */
function nextKey(text: string, from: number, indent: number, end: number): number {
  const beginning = `\n${' '.repeat(indent)}`;
  for (let at = text.indexOf(beginning, from - 1); at >= 0 && at + 1 < end; at = text.indexOf(beginning, at + 1)) {
    if (isWord(text.charCodeAt(at + beginning.length))) return at + 1;
  }
  return end;
}

/** Whether a line is a key and nothing more: the next ones are no block of text. */
function beginsMapping(text: string, line: number, next: number): boolean {
  return next > 0 && text.slice(line, next).trimEnd().endsWith(':');
}

function isWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
}

function indentAt(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === 0x20) at++;
  return at - line;
}
