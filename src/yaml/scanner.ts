import {
  badDirective,
  blockEntryNotAllowed,
  colonExpected,
  colonNotAllowed,
  keyNotAllowed,
  keyTooLong,
  tokenCannotStart,
  unhashableKey,
} from '../diagnostics/yaml.ts';
import { Cursor, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd } from './cursor.ts';
import { Refusal } from './refusal.ts';
import { scanBlock } from './scan-block.ts';
import { type PlainScan, scanPlain } from './scan-plain.ts';
import { scanAnchor, scanHandle, scanTag, scanTagPrefix } from './scan-properties.ts';
import { scanQuoted } from './scan-quoted.ts';

/** What the scanner sees next. Numbers, because the parser switches over them for every value of a text. */
export const TOKEN = {
  NONE: 0,
  SCALAR: 1,
  ALIAS: 2,
  PROPERTIES: 3,
  KEY: 4,
  VALUE: 5,
  BLOCK_ENTRY: 6,
  BLOCK_END: 7,
  BLOCK_MAP: 8,
  BLOCK_LIST: 9,
  FLOW_MAP: 10,
  FLOW_MAP_END: 11,
  FLOW_LIST: 12,
  FLOW_LIST_END: 13,
  FLOW_ENTRY: 14,
  DOCUMENT_START: 15,
  DOCUMENT_END: 16,
  DIRECTIVE: 17,
  END: 18,
} as const;

/** Keys longer than this (in characters, to the colon) are none, in PyYAML as in libyaml. */
const LONGEST_KEY = 1024;

/**
 * Text to tokens, by the rules of libyaml's scanner, which is the one that Heat uses. They are YAML 1.1's: indentation
 * means nothing inside brackets and quotes, and a key ends on the line that it began on. Where libyaml holds tokens
 * back until it knows whether they are a key, this scanner looks ahead for the colon.
 */
export class Scanner {
  readonly cursor: Cursor;
  token: number = TOKEN.NONE;
  /** Of the current token. */
  start = 0;
  end = 0;
  /** Of a scalar: its content, or null when it is the text from `start` to `end`. */
  content: string | null = null;
  isPlain = false;
  /** Of an alias. */
  name = '';
  /** Of properties. */
  anchor: string | null = null;
  tag: string | null = null;
  handles: Map<string, string> | null = null;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowDepth = 0;
  /** Whether a key (or an entry of a block) may begin here. */
  private keyAllowed = true;
  /** Where the colon of the last key is. */
  private keyColon = -1;
  /** Tokens that were seen before they are due. */
  private then: number = TOKEN.NONE;
  private afterwards: number = TOKEN.NONE;
  private readonly plain: PlainScan = { content: null, end: 0, brokeLine: false };
  private hasVersion = false;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    if (text.charCodeAt(0) === 0xfeff) this.cursor.pos = this.cursor.lineStart = 1;
  }

  /** Makes `token` the next one. */
  advance(): void {
    if (this.then !== TOKEN.NONE) {
      this.token = this.then;
      this.then = this.afterwards;
      this.afterwards = TOKEN.NONE;
      return;
    }
    this.token = this.fetch();
  }

  private fetch(): number {
    const { cursor } = this;
    this.skipSpace();
    const { text, pos } = cursor;
    const code = text.charCodeAt(pos);
    const column = pos - cursor.lineStart;
    if (code === 0) return this.atEnd();
    if (this.flowDepth === 0 && this.indent > column) return this.closeBlock();
    if (column === 0) {
      if (code === 0x25) return this.atTop(TOKEN.DIRECTIVE);
      if (cursor.atDocumentMarker()) return this.atTop(code === 0x2d ? TOKEN.DOCUMENT_START : TOKEN.DOCUMENT_END);
    }
    switch (code) {
      case 0x22: // "
      case 0x27: // '
        return this.scalar(pos, false);
      case 0x5b: // [
        return this.openFlow(TOKEN.FLOW_LIST);
      case 0x7b: // {
        return this.openFlow(TOKEN.FLOW_MAP);
      case 0x5d: // ]
        return this.closeFlow(TOKEN.FLOW_LIST_END);
      case 0x7d: // }
        return this.closeFlow(TOKEN.FLOW_MAP_END);
      case 0x2c: // ,
        return this.simple(TOKEN.FLOW_ENTRY, true);
      case 0x2d: // -
        if (!isBlankOrEnd(text.charCodeAt(pos + 1))) break;
        return this.blockEntry();
      case 0x3f: // ?
        if (!isBlankOrEnd(text.charCodeAt(pos + 1))) break;
        return this.explicitKey();
      case 0x3a: // :
        if (pos === this.keyColon) return this.simple(TOKEN.VALUE, false);
        if (this.flowDepth === 0 && !isBlankOrEnd(text.charCodeAt(pos + 1))) break;
        return this.explicitValue();
      case 0x2a: // *
        return this.alias();
      case 0x26: // &
      case 0x21: // !
        return this.properties();
      case 0x7c: // |
      case 0x3e: // >
        if (this.flowDepth === 0) return this.block();
        throw new Refusal(tokenCannotStart(text.charAt(pos)), pos, pos + 1);
      case 0x09:
      case 0x23:
      case 0x25:
      case 0x40:
      case 0x60:
        throw new Refusal(tokenCannotStart(text.charAt(pos)), pos, pos + 1);
      default:
    }
    return this.scalar(pos, true);
  }

  private simple(token: number, keyAllowed: boolean): number {
    this.start = this.cursor.pos++;
    this.end = this.cursor.pos;
    this.keyAllowed = keyAllowed;
    return token;
  }

  /** Steps over white space, comments and line breaks. A tab is no white space where a key may begin. */
  private skipSpace(): void {
    const { cursor } = this;
    const { text } = cursor;
    let code = text.charCodeAt(cursor.pos);
    for (;;) {
      if (code === 0xfeff && cursor.pos === cursor.lineStart) code = text.charCodeAt(++cursor.pos);
      while (code === 0x20 || (code === 0x09 && (this.flowDepth > 0 || !this.keyAllowed))) {
        code = text.charCodeAt(++cursor.pos);
      }
      if (code === 0x23) {
        while (!isBreakOrEnd(code)) code = text.charCodeAt(++cursor.pos);
      }
      if (!isBreak(code)) return;
      cursor.lineBreak();
      code = text.charCodeAt(cursor.pos);
      if (this.flowDepth === 0) this.keyAllowed = true;
    }
  }

  private closeBlock(): number {
    this.indent = this.indents.pop() as number;
    this.start = this.end = this.cursor.pos;
    return TOKEN.BLOCK_END;
  }

  private atEnd(): number {
    if (this.flowDepth === 0 && this.indent > -1) return this.closeBlock();
    this.start = this.end = this.cursor.pos;
    return TOKEN.END;
  }

  private atTop(token: number): number {
    if (this.flowDepth === 0 && this.indent > -1) return this.closeBlock();
    const { cursor } = this;
    this.start = cursor.pos;
    this.keyAllowed = false;
    if (token === TOKEN.DIRECTIVE) this.directive();
    else cursor.pos += 3;
    this.end = cursor.pos;
    return token;
  }

  private openFlow(token: number): number {
    // A list or map where a key must stand: it could be one, and then it could not be looked up.
    if (this.keyAllowed && this.flowDepth === 0 && this.indent === this.cursor.column) {
      throw new Refusal(unhashableKey(token === TOKEN.FLOW_LIST ? 'list' : 'dict'), this.cursor.pos);
    }
    this.flowDepth++;
    return this.simple(token, true);
  }

  private closeFlow(token: number): number {
    if (this.flowDepth > 0) this.flowDepth--;
    return this.simple(token, false);
  }

  /** `indent` becomes the column; whether that opens a block. */
  private rollIndent(column: number): boolean {
    if (this.flowDepth > 0 || this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  private blockEntry(): number {
    const { cursor } = this;
    if (this.flowDepth > 0 || !this.keyAllowed) throw new Refusal(blockEntryNotAllowed(), cursor.pos, cursor.pos + 1);
    const opens = this.rollIndent(cursor.column);
    return this.opened(opens, TOKEN.BLOCK_LIST, this.simple(TOKEN.BLOCK_ENTRY, true));
  }

  private explicitKey(): number {
    const { cursor } = this;
    if (this.flowDepth === 0 && !this.keyAllowed) throw new Refusal(keyNotAllowed(), cursor.pos, cursor.pos + 1);
    const opens = this.rollIndent(cursor.column);
    return this.opened(opens, TOKEN.BLOCK_MAP, this.simple(TOKEN.KEY, this.flowDepth === 0));
  }

  private opened(opens: boolean, block: number, token: number): number {
    if (!opens) return token;
    this.then = token;
    return block;
  }

  /** A colon whose key is none of the scalars before it. */
  private explicitValue(): number {
    const { cursor } = this;
    if (this.flowDepth === 0) {
      if (!this.keyAllowed) throw new Refusal(colonNotAllowed(), cursor.pos, cursor.pos + 1);
      if (this.indent < cursor.column) throw new Refusal(colonNotAllowed(), cursor.pos, cursor.pos + 1);
    }
    return this.simple(TOKEN.VALUE, this.flowDepth === 0);
  }

  private block(): number {
    this.start = this.cursor.pos;
    this.content = scanBlock(this.cursor, this.indent);
    this.end = this.cursor.pos;
    this.isPlain = false;
    this.keyAllowed = true;
    return TOKEN.SCALAR;
  }

  private scalar(start: number, isPlain: boolean): number {
    const { lineStart } = this.cursor;
    const wasAllowed = this.keyAllowed;
    this.scanScalar(start, isPlain);
    return this.asKey(TOKEN.SCALAR, wasAllowed, start, lineStart);
  }

  private scanScalar(start: number, isPlain: boolean): void {
    const { cursor } = this;
    this.start = start;
    this.isPlain = isPlain;
    this.keyAllowed = false;
    if (isPlain) {
      scanPlain(cursor, this.indent + 1, this.flowDepth > 0, this.plain);
      this.content = this.plain.content;
      this.end = this.plain.end;
      if (this.plain.brokeLine) this.keyAllowed = true;
    } else {
      this.content = scanQuoted(cursor);
      this.end = cursor.pos;
    }
  }

  private alias(): number {
    const { cursor } = this;
    const { pos, lineStart } = cursor;
    const wasAllowed = this.keyAllowed;
    this.name = scanAnchor(cursor);
    this.start = pos;
    this.end = cursor.pos;
    this.keyAllowed = false;
    return this.asKey(TOKEN.ALIAS, wasAllowed, pos, lineStart);
  }

  /** Anchor and tag, on one line. Whether they belong to a key is seen by what stands behind them. */
  private properties(): number {
    const { cursor } = this;
    const { pos: start, lineStart } = cursor;
    const { text } = cursor;
    const wasAllowed = this.keyAllowed;
    this.keyAllowed = false;
    this.anchor = null;
    this.tag = null;
    for (;;) {
      const code = text.charCodeAt(cursor.pos);
      if (code === 0x26 && this.anchor === null) this.anchor = scanAnchor(cursor);
      else if (code === 0x21 && this.tag === null) this.tag = scanTag(cursor, this.flowDepth > 0, this.handles);
      else break;
      while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
    }
    const after = cursor.pos;
    if (wasAllowed) this.scanAhead(after);
    const token = this.asKey(TOKEN.PROPERTIES, wasAllowed, start, lineStart);
    cursor.pos = after;
    cursor.lineStart = lineStart;
    this.keyAllowed = false;
    this.start = start;
    this.end = after;
    return token;
  }

  /** Steps over the scalar that properties stand before. It is scanned again when it is due. */
  private scanAhead(pos: number): void {
    const code = this.cursor.text.charCodeAt(pos);
    if (code === 0x22 || code === 0x27) this.scanScalar(pos, false);
    else if (!'&!*[]{},|>#%@`\0'.includes(this.cursor.text.charAt(pos)) && !this.isIndicator(pos)) this.scanScalar(pos, true);
  }

  /** Whether `-`, `?` or `:` stands here as an indicator, or the line ends. */
  private isIndicator(pos: number): boolean {
    const { text } = this.cursor;
    const code = text.charCodeAt(pos);
    if (isBlankOrEnd(code)) return true;
    if (code === 0x3a && this.flowDepth > 0) return true;
    return (code === 0x2d || code === 0x3f || code === 0x3a) && isBlankOrEnd(text.charCodeAt(pos + 1));
  }

  /**
   * The token, or first what makes a key of it: when a colon follows on the same line. `start` and `lineStart` are
   * where it began, with its properties; `wasAllowed` whether a key could begin there.
   */
  private asKey(token: number, wasAllowed: boolean, start: number, lineStart: number): number {
    if (!wasAllowed) return token;
    const { cursor } = this;
    const { text } = cursor;
    const column = start - lineStart;
    if (cursor.lineStart === lineStart) {
      let code = text.charCodeAt(cursor.pos);
      while (isBlank(code)) code = text.charCodeAt(++cursor.pos);
      if (code === 0x3a && (this.flowDepth > 0 || isBlankOrEnd(text.charCodeAt(cursor.pos + 1)))) {
        if (cursor.pos - start > LONGEST_KEY && [...text.slice(start, cursor.pos)].length > LONGEST_KEY) {
          throw new Refusal(keyTooLong(LONGEST_KEY), start, cursor.pos);
        }
        this.keyColon = cursor.pos;
        this.keyAllowed = false;
        const opens = this.rollIndent(column);
        this.then = opens ? TOKEN.KEY : token;
        this.afterwards = opens ? token : TOKEN.NONE;
        return opens ? TOKEN.BLOCK_MAP : TOKEN.KEY;
      }
    }
    if (this.flowDepth === 0 && this.indent === column) {
      throw new Refusal(colonExpected(text.slice(start, this.end)), start, this.end);
    }
    return token;
  }

  /** `%YAML` and `%TAG`; others are passed over, as PyYAML does. */
  private directive(): void {
    const { cursor } = this;
    const { text, pos: start } = cursor;
    const word = /[0-9A-Za-z_-]*/y;
    word.lastIndex = start + 1;
    const name = word.exec(text)?.[0] ?? '';
    cursor.pos = word.lastIndex;
    if (name === 'YAML') this.versionDirective(start);
    else if (name === 'TAG') this.tagDirective(start);
    else while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++;
    while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
    if (text.charCodeAt(cursor.pos) === 0x23) {
      while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++;
    }
    if (name === '' || !isBreakOrEnd(text.charCodeAt(cursor.pos))) throw new Refusal(badDirective(), start, cursor.pos);
  }

  private versionDirective(start: number): void {
    const { cursor } = this;
    const version = /[ \t]+([0-9]+)\.([0-9]+)/y;
    version.lastIndex = cursor.pos;
    const match = version.exec(cursor.text);
    if (match === null || Number(match[1]) !== 1 || this.hasVersion) throw new Refusal(badDirective(), start, cursor.pos);
    this.hasVersion = true;
    cursor.pos = version.lastIndex;
  }

  private tagDirective(start: number): void {
    const { cursor } = this;
    const { text } = cursor;
    while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
    const handle = text.charCodeAt(cursor.pos) === 0x21 ? scanHandle(cursor) : '';
    const isSpaced = isBlank(text.charCodeAt(cursor.pos));
    while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
    const prefix = scanTagPrefix(cursor);
    if (handle === '' || !isSpaced || prefix === '' || this.handles?.has(handle)) {
      throw new Refusal(badDirective(), start, cursor.pos);
    }
    this.handles ??= new Map();
    this.handles.set(handle, prefix);
  }
}
