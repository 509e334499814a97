import { badAnchor, badTag, undeclaredTagHandle } from '../diagnostics/yaml.ts';
import { type Cursor, isBlankOrEnd, isNameLetter } from './cursor.ts';
import { Refusal } from './refusal.ts';
import { STANDARD } from './tags.ts';

/** Scans `&name` or `*name` from its indicator; gives the name. */
export function scanAnchor(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos++;
  while (isNameLetter(text.charCodeAt(cursor.pos))) cursor.pos++;
  const next = text.charCodeAt(cursor.pos);
  if (cursor.pos === start + 1 || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(text.charAt(cursor.pos)))) {
    throw new Refusal(badAnchor(text.charAt(start)), start, cursor.pos + 1);
  }
  return text.slice(start + 1, cursor.pos);
}

/**
 * Scans `!tag` from its `!`; gives the tag in full (`tag:yaml.org,2002:int` for `!!int`), `!` for the one that says
 * "not resolved". `handles`: what `%TAG` declared.
 */
export function scanTag(cursor: Cursor, inFlow: boolean, handles: ReadonlyMap<string, string> | null): string {
  const { text } = cursor;
  const start = cursor.pos;
  let tag: string;
  if (text.charCodeAt(start + 1) === 0x3c) {
    cursor.pos = start + 2;
    tag = decode(cursor, scanUri(cursor, VERBATIM), start);
    if (tag === '' || text.charCodeAt(cursor.pos++) !== 0x3e) throw new Refusal(badTag(), start, cursor.pos);
  } else {
    const handle = scanHandle(cursor);
    const suffix = decode(cursor, scanUri(cursor, SUFFIX), start);
    if (suffix === '' && handle !== '!') throw new Refusal(badTag(), start, cursor.pos);
    // A lone `!` is a tag of its own.
    tag = suffix === '' ? '!' : expand(handle, start, cursor.pos, handles) + suffix;
  }
  const next = text.charCodeAt(cursor.pos);
  if (!isBlankOrEnd(next) && !(inFlow && next === 0x2c)) throw new Refusal(badTag(), start, cursor.pos + 1);
  return tag;
}

/** `!`, `!!` or `!name!`; steps past it. */
export function scanHandle(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos;
  let pos = start + 1;
  while (isNameLetter(text.charCodeAt(pos))) pos++;
  cursor.pos = text.charCodeAt(pos) === 0x21 ? pos + 1 : start + 1;
  return text.slice(start, cursor.pos);
}

function expand(handle: string, start: number, end: number, handles: ReadonlyMap<string, string> | null): string {
  const declared = handles?.get(handle);
  if (declared !== undefined) return declared;
  if (handle === '!') return '!';
  if (handle === '!!') return STANDARD;
  throw new Refusal(undeclaredTagHandle(handle), start, end);
}

const SUFFIX = /[-0-9A-Za-z_;/?:@&=+$.!~*'()%]/;
const VERBATIM = /[-0-9A-Za-z_;/?:@&=+$.!~*'()%,[\]]/;

function scanUri(cursor: Cursor, letters: RegExp): string {
  const start = cursor.pos;
  while (letters.test(cursor.text.charAt(cursor.pos))) cursor.pos++;
  return cursor.text.slice(start, cursor.pos);
}

/** The prefix that `%TAG` declares. */
export function scanTagPrefix(cursor: Cursor): string {
  const start = cursor.pos;
  return decode(cursor, scanUri(cursor, VERBATIM), start);
}

function decode(cursor: Cursor, uri: string, start: number): string {
  if (!uri.includes('%')) return uri;
  try {
    return decodeURIComponent(uri);
  } catch {
    throw new Refusal(badTag(), start, cursor.pos);
  }
}
