import {
  COLLECTION_STYLE,
  type DocumentDirective,
  EVENT_ID,
  type Event,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import { badTag, colonBefore, keyMissing, keyTooLong, severalDocuments } from '../diagnostics/yaml.ts';
import type { Builder } from './builder.ts';
import { Refusal } from './refusal.ts';
import { STANDARD } from './tags.ts';

/** Keys longer than this (in characters, to the colon) are none to libyaml, unless they are explicit. */
const LONGEST_KEY = 1024;
const NONE = -1;

const IN_DOCUMENT = 0;
const IN_BLOCK = 1;
const IN_FLOW = 2;

/**
 * Tells the builder of js-yaml's events, and refuses what js-yaml reads and libyaml does not.
 *
 * @throws Refusal
 */
export function feed(text: string, events: readonly Event[], builder: Builder): void {
  new Feeder(text, builder).feed(events);
}

class Feeder {
  private readonly text: string;
  private readonly builder: Builder;
  /** A ":?" somewhere: js-yaml takes it for text inside [] and {}, too. */
  private readonly hasColonQuestion: boolean;
  private readonly endsWithBreak: boolean;
  private handles: Map<string, string> | null = null;
  private readonly within: number[] = [];
  private documents = 0;
  /** Where the last thing ended. */
  private end = 0;

  constructor(text: string, builder: Builder) {
    this.text = text;
    this.builder = builder;
    this.hasColonQuestion = text.includes(':?');
    this.endsWithBreak = /[\r\n]$/.test(text);
  }

  feed(events: readonly Event[]): void {
    const { builder, within } = this;
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.SCALAR:
          this.scalar(event);
          break;
        case EVENT_ID.MAPPING:
          within.push(event.style === COLLECTION_STYLE.FLOW ? IN_FLOW : IN_BLOCK);
          builder.openMap(
            this.tag(event.tagStart, event.tagEnd),
            this.anchor(event.anchorStart, event.anchorEnd),
            event.start,
          );
          this.end = event.start;
          break;
        case EVENT_ID.SEQUENCE:
          within.push(event.style === COLLECTION_STYLE.FLOW ? IN_FLOW : IN_BLOCK);
          builder.openList(
            this.tag(event.tagStart, event.tagEnd),
            this.anchor(event.anchorStart, event.anchorEnd),
            event.start,
          );
          this.end = event.start;
          break;
        case EVENT_ID.ALIAS:
          this.end = event.anchorEnd;
          builder.alias(this.text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1, event.anchorEnd);
          break;
        case EVENT_ID.DOCUMENT:
          within.push(IN_DOCUMENT);
          this.document(event.directives);
          break;
        default:
          this.pop();
      }
    }
  }

  private pop(): void {
    const kind = this.within.pop();
    if (kind === IN_DOCUMENT) return;
    if (kind === IN_FLOW) this.end = this.closingBracket();
    this.builder.close(this.end);
  }

  /** The end of the flow collection that ends next: only white space, commas and comments are before its bracket. */
  private closingBracket(): number {
    const { text } = this;
    let pos = this.end;
    for (;;) {
      const code = text.charCodeAt(pos++);
      if (code === 0x5d || code === 0x7d || Number.isNaN(code)) return pos;
      if (code === 0x23)
        while (pos < text.length && text.charCodeAt(pos) !== 0x0a && text.charCodeAt(pos) !== 0x0d) pos++;
    }
  }

  private document(directives: readonly DocumentDirective[]): void {
    if (this.documents++ > 0) {
      const marker = this.text.indexOf('---', this.end);
      throw new Refusal(severalDocuments(), marker < 0 ? this.end : marker, marker < 0 ? this.end : marker + 3);
    }
    for (const directive of directives) {
      if (directive.kind !== 'tag') continue;
      this.handles ??= new Map();
      this.handles.set(directive.handle, directive.prefix);
    }
  }

  private scalar(event: ScalarEvent): void {
    const { builder, text } = this;
    const { valueStart: start, valueEnd: end } = event;
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    if (start === NONE) {
      this.emptyScalar(event);
      return;
    }
    if (end - start > LONGEST_KEY && builder.atKey()) this.checkKeyLength(start, end);
    if (isPlain && this.within.at(-1) === IN_FLOW) this.checkFlowScalar(start, end);
    this.end = isPlain || event.style >= SCALAR_STYLE.LITERAL_BLOCK ? end : end + 1;
    if (isPlain && event.fast && event.tagStart === NONE && event.anchorStart === NONE) {
      builder.plain(start, end);
      return;
    }
    let content = getScalarValue(text, event);
    // libyaml adds no line break that the text does not have.
    const isCutShort = event.style >= SCALAR_STYLE.LITERAL_BLOCK && end === text.length && !this.endsWithBreak;
    if (isCutShort && content.endsWith('\n')) content = content.slice(0, -1);
    const from = isPlain || event.style >= SCALAR_STYLE.LITERAL_BLOCK ? start : start - 1;
    const tag = this.tag(event.tagStart, event.tagEnd);
    builder.scalar(content, isPlain, tag, this.anchor(event.anchorStart, event.anchorEnd), from, this.end);
  }

  private emptyScalar(event: ScalarEvent): void {
    const { builder } = this;
    const tag = this.tag(event.tagStart, event.tagEnd);
    const anchor = this.anchor(event.anchorStart, event.anchorEnd);
    if (tag === null && anchor === null) {
      if (builder.atKey()) this.checkEmptyKey();
      builder.plain(this.end, this.end);
      return;
    }
    this.end = Math.max(event.tagEnd, event.anchorEnd);
    builder.scalar('', tag === null, tag, anchor, this.end, this.end);
  }

  /** `: value` without any key is js-yaml's null key and libyaml's error, unless a `?` came first. */
  private checkEmptyKey(): void {
    const gap = /(?:[\s,[{-]|#.*)*/y;
    gap.lastIndex = this.end;
    gap.test(this.text);
    const at = gap.lastIndex;
    if (this.text.charAt(at) === ':') throw new Refusal(keyMissing(), at, at + 1);
  }

  private checkKeyLength(start: number, end: number): void {
    const { text } = this;
    const isExplicit = /\?\s+$/.test(text.slice(Math.max(0, start - 100), start));
    if (!isExplicit && [...text.slice(start, end)].length > LONGEST_KEY) {
      throw new Refusal(keyTooLong(LONGEST_KEY), start, end);
    }
  }

  private checkFlowScalar(start: number, end: number): void {
    if (this.text.charCodeAt(start) === 0x3a)
      throw new Refusal(colonBefore(this.text.charAt(start + 1)), start, start + 1);
    if (!this.hasColonQuestion) return;
    const at = this.text.slice(start, end).indexOf(':?');
    if (at >= 0) throw new Refusal(colonBefore('?'), start + at, start + at + 2);
  }

  private anchor(start: number, end: number): string | null {
    return start === NONE ? null : this.text.slice(start, end);
  }

  /** In full: `tag:yaml.org,2002:int` for `!!int`; `!` for the one that says "not resolved". */
  private tag(start: number, end: number): string | null {
    if (start === NONE) return null;
    const raw = this.text.slice(start, end);
    if (raw === '!') return raw;
    try {
      if (raw.startsWith('!<')) return decodeURIComponent(raw.slice(2, -1));
      const second = raw.indexOf('!', 1);
      const handle = second < 0 ? '!' : raw.slice(0, second + 1);
      const prefix = this.handles?.get(handle) ?? (handle === '!!' ? STANDARD : handle);
      return prefix + decodeURIComponent(raw.slice(handle.length));
    } catch {
      throw new Refusal(badTag(), start, end);
    }
  }
}
