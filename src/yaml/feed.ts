import {
  COLLECTION_STYLE,
  type DocumentDirective,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml/browser';
import { colonNotAllowed, severalDocuments, tabIndents, textAfterValue } from '../diagnostics/yaml.ts';
import type { Builder } from './builder.ts';
import {
  checkBeginning,
  checkColonQuestion,
  checkEmptyKey,
  checkFlowPlain,
  checkKey,
  hasLineBreak,
  LONGEST_KEY,
} from './libyaml-rules.ts';
import { anchorName, fullTag } from './properties.ts';
import { Refusal } from './refusal.ts';
import { STANDARD } from './tags.ts';

const NONE = -1;
const TOLD: Event = { type: EVENT_ID.POP };

const IN_DOCUMENT = 0;
const IN_BLOCK = 1;
const IN_FLOW = 2;
/** A mapping of one entry in a list, without brackets of its own. */
const IN_PAIR = 3;

/**
 * Tells the builder of js-yaml's events, which are used up, and refuses what js-yaml reads and libyaml does not.
 *
 * @throws Refusal
 */
export function feed(text: string, events: Event[], builder: Builder): void {
  new Feeder(text, builder).feed(events);
}

/** What a chunk is to be: entries of the block mapping that is open in the builder. */
export interface Entries {
  readonly indent: number;
  /** That of the entries of its last value, a block mapping that is to stay open; 0: none is. */
  readonly within: number;
  readonly isFirst: boolean;
}

/**
 * The same for a chunk of a text. False: the chunk is not what it was to be, and the builder of no more use.
 *
 * @throws Refusal with offsets that are of no use either.
 */
export function feedEntries(text: string, events: Event[], builder: Builder, entries: Entries): boolean {
  return new Feeder(text, builder).feedEntries(events, entries);
}

class Feeder {
  private readonly text: string;
  private readonly builder: Builder;
  /** A ":?" somewhere: js-yaml takes it for text inside [] and {}, too. */
  private readonly hasColonQuestion: boolean;
  private readonly endsWithBreak: boolean;
  private handles: Map<string, string> | null = null;
  private readonly within: number[] = [];
  /** Offsets of tabs that begin a line, falling. */
  private readonly tabs: number[];
  private documents = 0;
  /** Where the last thing ended. */
  private end = 0;
  /** Where the last collection began. */
  private opened = -1;
  /** What a chunk has at its own level. */
  private lastAtTop: Event = TOLD;

  constructor(text: string, builder: Builder) {
    this.text = text;
    this.builder = builder;
    this.hasColonQuestion = text.includes(':?');
    this.endsWithBreak = /[\r\n]$/.test(text);
    this.tabs = text.includes('\t')
      ? Array.from(text.matchAll(/(?<=^|[\r\n])\t/g), (match) => match.index).reverse()
      : [];
  }

  feed(events: Event[]): void {
    checkBeginning(this.text);
    this.tell(events, 0, events.length);
    if (this.tabs.length > 0) this.checkTabs(this.text.length);
  }

  feedEntries(events: Event[], { indent, within, isFirst }: Entries): boolean {
    if (isFirst) checkBeginning(this.text);
    const [document, mapping] = events;
    if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0 || document.explicitEnd) return false;
    if (document.explicitStart && !isFirst) return false;
    if (!this.isBlockMapping(mapping, indent) || mapping.tagStart !== NONE || mapping.anchorStart !== NONE)
      return false;
    this.within.push(IN_DOCUMENT, IN_BLOCK);
    this.documents = 1;
    this.end = this.opened = mapping.start;
    const closing = within > 0 ? 3 : 2;
    if (events.slice(-closing).some(({ type }) => type !== EVENT_ID.POP)) return false;
    this.tell(events, 2, events.length - closing);
    return within === 0 || this.isBlockMapping(this.lastAtTop, within);
  }

  private isBlockMapping(event: Event | undefined, column: number): event is MappingEvent {
    if (event?.type !== EVENT_ID.MAPPING || event.style === COLLECTION_STYLE.FLOW) return false;
    return event.start - (this.text.lastIndexOf('\n', event.start) + 1) === column;
  }

  private tell(events: Event[], from: number, to: number): void {
    const { builder, within } = this;
    for (let i = from; i < to; i++) {
      const event = events[i] as Event;
      // A large text has gigabytes of them: each is let go as soon as it was told.
      events[i] = TOLD;
      if (within.length === 2) this.lastAtTop = event;
      if (this.tabs.length > 0 && !this.inFlow()) this.checkTabs(startOf(event) ?? this.end);
      switch (event.type) {
        case EVENT_ID.SCALAR:
          this.scalar(event);
          break;
        case EVENT_ID.MAPPING:
          this.checkBlockStart(event.start, event.style);
          within.push(this.kindOf(event.style, event.start));
          builder.openMap(
            this.tag(event.tagStart, event.tagEnd),
            this.anchor(event.anchorStart, event.anchorEnd),
            event.start,
          );
          this.end = this.opened = event.start;
          break;
        case EVENT_ID.SEQUENCE:
          this.checkBlockStart(event.start, event.style);
          within.push(this.kindOf(event.style, event.start));
          builder.openList(
            this.tag(event.tagStart, event.tagEnd),
            this.anchor(event.anchorStart, event.anchorEnd),
            event.start,
          );
          this.end = this.opened = event.start;
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

  private kindOf(style: number, start: number): number {
    if (style !== COLLECTION_STYLE.FLOW) return IN_BLOCK;
    const code = this.text.charCodeAt(start);
    return code === 0x7b || code === 0x5b ? IN_FLOW : IN_PAIR;
  }

  private inFlow(): boolean {
    return (this.within.at(-1) as number) >= IN_FLOW;
  }

  /** A block cannot begin behind a key, on its line; js-yaml lets it when properties are before. */
  private checkBlockStart(start: number, style: number): void {
    if (style === COLLECTION_STYLE.FLOW || !this.builder.atValue()) return;
    if (hasLineBreak(this.text, this.end, start)) return;
    throw new Refusal(colonNotAllowed(), start);
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

  /** A line that begins with a tab is refused between nodes of a block, even when nothing else is on it. */
  private checkTabs(start: number): void {
    const { tabs } = this;
    while (tabs.length > 0 && (tabs.at(-1) as number) < this.end) tabs.pop();
    const tab = tabs.at(-1);
    if (tab !== undefined && tab < start) throw new Refusal(tabIndents(), tab, tab + 1);
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
    if (event.valueStart === NONE) {
      this.emptyScalar(event);
      return;
    }
    if (this.inFlow()) {
      this.flowScalar(event);
      return;
    }
    if (this.builder.atKey()) this.checkKeyBegins(event);
    this.content(event, event.valueStart);
  }

  /** A key of a block begins a line, or its block; js-yaml lets it follow the last item of a list (`- "a"b: c`). */
  private checkKeyBegins(event: ScalarEvent): void {
    if (this.end === this.opened || event.tagStart !== NONE || event.anchorStart !== NONE) return;
    // A block scalar ends after its line break.
    if (!hasLineBreak(this.text, this.end - 1, event.valueStart)) {
      throw new Refusal(textAfterValue(), event.valueStart, event.valueEnd);
    }
  }

  private content(event: ScalarEvent, start: number): void {
    const { builder, text } = this;
    const { valueEnd: end, style } = event;
    if (end - start > LONGEST_KEY - 2 && builder.atKey()) checkKey(this.text, event);
    const isPlain = style === SCALAR_STYLE.PLAIN;
    const quote = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
    this.end = end + quote;
    if (isPlain && event.fast && event.tagStart === NONE && event.anchorStart === NONE) {
      builder.plain(start, end);
      return;
    }
    let content = getScalarValue(text, start === event.valueStart ? event : { ...event, valueStart: start });
    // libyaml adds no line break that the text does not have.
    const isCutShort = style >= SCALAR_STYLE.LITERAL_BLOCK && end === text.length && !this.endsWithBreak;
    if (isCutShort && content.endsWith('\n')) content = content.slice(0, -1);
    const tag = this.tag(event.tagStart, event.tagEnd);
    const anchor = this.anchor(event.anchorStart, event.anchorEnd);
    builder.scalar(content, isPlain, tag, anchor, start - quote, this.end);
  }

  private flowScalar(event: ScalarEvent): void {
    const { builder, text } = this;
    let { valueStart: start } = event;
    const { valueEnd: end } = event;
    if (event.style === SCALAR_STYLE.PLAIN) {
      start = checkFlowPlain(text, start, end, builder.atKey());
      if (this.hasColonQuestion) checkColonQuestion(text, start, end);
    }
    if (!(event.fast && text.charCodeAt(end) === 0x3a) && builder.atKey()) checkKey(this.text, event);
    this.content(event, start);
  }

  private emptyScalar(event: ScalarEvent): void {
    const { builder } = this;
    const tag = this.tag(event.tagStart, event.tagEnd);
    const anchor = this.anchor(event.anchorStart, event.anchorEnd);
    if (tag === null && anchor === null) {
      if (builder.atKey()) checkEmptyKey(this.text, this.end);
      builder.plain(this.end, this.end);
      return;
    }
    this.end = Math.max(event.tagEnd, event.anchorEnd);
    builder.scalar('', tag === null, tag === '!' ? `${STANDARD}str` : tag, anchor, this.end, this.end);
  }

  private anchor(start: number, end: number): string | null {
    return start === NONE ? null : anchorName(this.text, start, end);
  }

  private tag(start: number, end: number): string | null {
    return start === NONE ? null : fullTag(this.text, start, end, this.handles);
  }
}

/** Where a node begins in the text; undefined for what has no place of its own. */
function startOf(event: Event): number | undefined {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart === NONE ? undefined : event.valueStart;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart;
    default:
      return undefined;
  }
}
