import type { Place } from '../diagnostics/diagnostic.ts';
import { dumpJson } from '../values/dump-json.ts';
import { equals } from '../values/equality.ts';
import type { Value, ValueMap } from '../values/value.ts';
import { type LoadedText, loadYaml } from '../yaml/document.ts';
import type { SourceText } from '../yaml/source.ts';

/** Short, so that it fits in front of most sections. */
const VERSION = 'version: 2';

/**
 * A section of a document as a document of Mistral's language of its own. Everything in it stands on the line and in the
 * column where it was written, so that what is said of it points into the file that people know.
 */
export function sectionAsDocument(document: LoadedText, key: string, section: ValueMap): SourceText {
  const { name, text } = document.source;
  const place = document.locate([key], 'value');
  const cut = place === undefined ? undefined : cutOut(text, place, section.has('version'));
  const expected: Value = new Map<Value, Value>([['version', 2], ...section]);
  if (cut !== undefined) {
    const loaded = loadYaml({ name, text: cut });
    if (loaded.ok && equals(loaded.document.value, expected)) return { name, text: cut };
  }
  // With aliases, or without room for the version: the same data, elsewhere.
  return { name: `${name} (${key})`, text: dumpJson(expected) };
}

/** The text with blanks for everything else, and the version in its first line. */
function cutOut(text: string, place: Place, hasVersion: boolean): string | undefined {
  const start = offsetOf(text, place.line, place.column);
  const end = offsetOf(text, place.endLine ?? place.line, place.endColumn ?? place.column);
  const before = blank(text.slice(0, start));
  const after = blank(text.slice(end));
  if (hasVersion) return before + text.slice(start, end) + after;
  const lineEnd = before.search(/[\r\n]/);
  if (text[start] !== '{') {
    return lineEnd < 0
      ? undefined
      : inColumn(place.column, VERSION) + before.slice(lineEnd) + text.slice(start, end) + after;
  }
  const opening = `{${VERSION},`;
  const inside = text.slice(start + 1, end) + after;
  if (lineEnd >= 0) return `${opening}${before.slice(lineEnd)} ${inside}`;
  return place.column < opening.length ? undefined : inColumn(place.column - opening.length + 1, opening) + inside;
}

function inColumn(column: number, text: string): string {
  return ' '.repeat(column - 1) + text;
}

/** Line breaks are kept. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function offsetOf(text: string, line: number, column: number): number {
  const breaks = /\r\n?|\n/g;
  for (let at = 1; at < line; at++) breaks.exec(text);
  return breaks.lastIndex + column - 1;
}
