import {
  badCharacter,
  badIndentation,
  loneSurrogate,
  nodeExpected,
  separatorExpected,
  severalDocuments,
  unclosedBracket,
  unhashableKey,
} from '../diagnostics/yaml.ts';
import type { Builder } from './builder.ts';
import { Refusal } from './refusal.ts';
import { Scanner, TOKEN } from './scanner.ts';

/** What the parser is in the middle of. */
const STATE = {
  DONE: 0,
  BLOCK_LIST: 1,
  /** A list as the value of a key, indented no further than the key. */
  INDENTLESS_LIST: 2,
  BLOCK_KEY: 3,
  BLOCK_VALUE: 4,
  FLOW_LIST_FIRST: 5,
  FLOW_LIST: 6,
  /** `[key: value]` is a list of a mapping of one entry. */
  PAIR_KEY: 7,
  PAIR_VALUE: 8,
  PAIR_END: 9,
  FLOW_MAP_FIRST: 10,
  FLOW_MAP: 11,
  FLOW_VALUE: 12,
  FLOW_NO_VALUE: 13,
} as const;

// What no YAML may hold, as the readers of libyaml and PyYAML have it.
const NOT_ALLOWED = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ud800-\udfff\ue000-\ufffd]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const BEYOND_LATIN1 = /[\ud800-\udfff]/;

/**
 * Reads a text of one document and tells the builder of its nodes: the grammar of libyaml's parser, without recursion.
 * `text` ends in NUL and holds none before, as `checkCharacters` sees to.
 *
 * @throws Refusal
 */
export function parseYaml(text: string, builder: Builder): void {
  new Parser(text, builder).document();
}

/**
 * Refuses what no YAML may hold.
 *
 * @throws Refusal
 */
export function checkCharacters(text: string): void {
  const bad = NOT_ALLOWED.exec(text);
  if (bad !== null) throw new Refusal(badCharacter(text.charCodeAt(bad.index)), bad.index, bad.index + 1);
  if (!BEYOND_LATIN1.test(text)) return;
  const lone = LONE_SURROGATE.exec(text);
  if (lone !== null) throw new Refusal(loneSurrogate(), lone.index, lone.index + 1);
}

class Parser {
  private readonly scanner: Scanner;
  private readonly builder: Builder;
  private state: number = STATE.DONE;
  private readonly states: number[] = [];
  /** Where the open brackets stand. */
  private readonly brackets: number[] = [];
  /** Where the last thing ended. */
  private end = 0;

  constructor(text: string, builder: Builder) {
    this.scanner = new Scanner(text);
    this.builder = builder;
  }

  document(): void {
    const { scanner } = this;
    scanner.advance();
    while (scanner.token === TOKEN.DOCUMENT_END) scanner.advance();
    let isExplicit = false;
    while (scanner.token === TOKEN.DIRECTIVE) {
      isExplicit = true;
      scanner.advance();
    }
    if (scanner.token === TOKEN.DOCUMENT_START) scanner.advance();
    else if (isExplicit) throw new Refusal(separatorExpected('---'), scanner.start, scanner.end);
    else if (scanner.token === TOKEN.END) return;
    this.root();
    while (scanner.token === TOKEN.DOCUMENT_END) scanner.advance();
    if (scanner.token !== TOKEN.END) this.refuseRest();
  }

  private refuseRest(): never {
    const { start, end, token } = this.scanner;
    const isNext = token === TOKEN.DOCUMENT_START || token === TOKEN.DIRECTIVE;
    throw new Refusal(isNext ? severalDocuments() : badIndentation(), start, end);
  }

  private root(): void {
    const { token } = this.scanner;
    const isEmpty =
      token === TOKEN.END || token === TOKEN.DOCUMENT_START || token === TOKEN.DOCUMENT_END || token === TOKEN.DIRECTIVE;
    if (isEmpty) this.empty();
    else this.node(STATE.DONE, true, false);
    while (this.state !== STATE.DONE) this.step();
  }

  private step(): void {
    switch (this.state) {
      case STATE.BLOCK_LIST:
        return this.blockList();
      case STATE.INDENTLESS_LIST:
        return this.indentlessList();
      case STATE.BLOCK_KEY:
        return this.blockKey();
      case STATE.BLOCK_VALUE:
        return this.blockValue();
      case STATE.FLOW_LIST_FIRST:
        return this.flowList(true);
      case STATE.FLOW_LIST:
        return this.flowList(false);
      case STATE.PAIR_KEY:
        return this.pairKey();
      case STATE.PAIR_VALUE:
        return this.pairValue();
      case STATE.PAIR_END:
        this.builder.close(this.end);
        this.state = STATE.FLOW_LIST;
        return;
      case STATE.FLOW_MAP_FIRST:
        return this.flowMap(true);
      case STATE.FLOW_MAP:
        return this.flowMap(false);
      case STATE.FLOW_VALUE:
        return this.flowValue();
      default:
        this.empty();
        this.state = STATE.FLOW_MAP;
    }
  }

  private blockList(): void {
    const { scanner } = this;
    if (scanner.token === TOKEN.BLOCK_ENTRY) {
      const token = this.advance();
      if (token !== TOKEN.BLOCK_ENTRY && token !== TOKEN.BLOCK_END) {
        this.node(STATE.BLOCK_LIST, true, false);
      } else {
        this.empty();
      }
    } else if (scanner.token === TOKEN.BLOCK_END) {
      this.close();
      scanner.advance();
    } else {
      throw new Refusal(badIndentation(), scanner.start, scanner.end);
    }
  }

  private indentlessList(): void {
    const { scanner } = this;
    if (scanner.token !== TOKEN.BLOCK_ENTRY) {
      this.close();
      return;
    }
    const token = this.advance();
    if (token === TOKEN.BLOCK_ENTRY || token === TOKEN.KEY || token === TOKEN.VALUE || token === TOKEN.BLOCK_END) {
      this.empty();
    } else {
      this.node(STATE.INDENTLESS_LIST, true, false);
    }
  }

  private blockKey(): void {
    const { scanner } = this;
    if (scanner.token === TOKEN.KEY) {
      this.advance();
      if (this.atBlockGap()) {
        this.empty();
        this.state = STATE.BLOCK_VALUE;
      } else {
        this.node(STATE.BLOCK_VALUE, true, true);
      }
    } else if (scanner.token === TOKEN.BLOCK_END) {
      this.close();
      scanner.advance();
    } else {
      throw new Refusal(badIndentation(), scanner.start, scanner.end);
    }
  }

  private blockValue(): void {
    const { scanner } = this;
    if (scanner.token === TOKEN.VALUE) {
      this.advance();
      if (!this.atBlockGap()) {
        this.node(STATE.BLOCK_KEY, true, true);
        return;
      }
    }
    this.empty();
    this.state = STATE.BLOCK_KEY;
  }

  private atBlockGap(): boolean {
    const { token } = this.scanner;
    return token === TOKEN.KEY || token === TOKEN.VALUE || token === TOKEN.BLOCK_END;
  }

  private flowList(isFirst: boolean): void {
    const { scanner } = this;
    if (scanner.token !== TOKEN.FLOW_LIST_END) {
      if (!isFirst) this.flowSeparator(']');
      if (scanner.token === TOKEN.KEY) {
        this.builder.openMap(null, null, scanner.start);
        this.advance();
        this.state = STATE.PAIR_KEY;
        return;
      }
      if (scanner.token !== TOKEN.FLOW_LIST_END) {
        this.node(STATE.FLOW_LIST, false, false);
        return;
      }
    }
    this.closeBracket();
  }

  private flowSeparator(bracket: string): void {
    const { scanner } = this;
    if (scanner.token !== TOKEN.FLOW_ENTRY) this.refuseInFlow(bracket);
    this.advance();
  }

  private refuseInFlow(bracket: string): never {
    const { scanner } = this;
    const open = this.brackets.at(-1) as number;
    if (scanner.token === TOKEN.END) throw new Refusal(unclosedBracket(bracket), open, open + 1);
    if (scanner.token === TOKEN.VALUE) {
      const before = scanner.cursor.text.charCodeAt(this.end - 1);
      if (before === 0x5d || before === 0x7d) throw new Refusal(unhashableKey(before === 0x5d ? 'list' : 'dict'), scanner.start);
    }
    const related = { message: `the '${bracket}' that is expected closes this one`, offset: open };
    throw new Refusal(separatorExpected(`',' or '${bracket}'`), scanner.start, scanner.end, related);
  }

  private pairKey(): void {
    const { token } = this.scanner;
    if (token === TOKEN.VALUE || token === TOKEN.FLOW_ENTRY || token === TOKEN.FLOW_LIST_END) {
      this.empty();
      this.state = STATE.PAIR_VALUE;
    } else {
      this.node(STATE.PAIR_VALUE, false, false);
    }
  }

  private pairValue(): void {
    const { scanner } = this;
    if (scanner.token === TOKEN.VALUE) {
      const token = this.advance();
      if (token !== TOKEN.FLOW_ENTRY && token !== TOKEN.FLOW_LIST_END) {
        this.node(STATE.PAIR_END, false, false);
        return;
      }
    }
    this.empty();
    this.state = STATE.PAIR_END;
  }

  private flowMap(isFirst: boolean): void {
    const { scanner } = this;
    if (scanner.token !== TOKEN.FLOW_MAP_END) {
      if (!isFirst) this.flowSeparator('}');
      if (scanner.token === TOKEN.KEY) {
        const token = this.advance();
        if (token === TOKEN.VALUE || token === TOKEN.FLOW_ENTRY || token === TOKEN.FLOW_MAP_END) {
          this.empty();
          this.state = STATE.FLOW_VALUE;
        } else {
          this.node(STATE.FLOW_VALUE, false, false);
        }
        return;
      }
      if (scanner.token !== TOKEN.FLOW_MAP_END) {
        this.node(STATE.FLOW_NO_VALUE, false, false);
        return;
      }
    }
    this.closeBracket();
  }

  private flowValue(): void {
    const { scanner } = this;
    if (scanner.token === TOKEN.VALUE) {
      const token = this.advance();
      if (token !== TOKEN.FLOW_ENTRY && token !== TOKEN.FLOW_MAP_END) {
        this.node(STATE.FLOW_MAP, false, false);
        return;
      }
    }
    this.empty();
    this.state = STATE.FLOW_MAP;
  }

  /** One value with its properties; `next` is the state after it. */
  private node(next: number, isBlock: boolean, isIndentless: boolean): void {
    const { scanner, builder } = this;
    const { start } = scanner;
    let tag: string | null = null;
    let anchor: string | null = null;
    let hasProperties = false;
    while (scanner.token === TOKEN.PROPERTIES) {
      if ((tag !== null && scanner.tag !== null) || (anchor !== null && scanner.anchor !== null)) break;
      tag ??= scanner.tag;
      anchor ??= scanner.anchor;
      hasProperties = true;
      this.advance();
    }
    switch (scanner.token) {
      case TOKEN.SCALAR:
        if (scanner.content === null && !hasProperties) builder.plain(scanner.start, scanner.end);
        else this.scalar(tag, anchor);
        this.advance();
        this.state = next;
        return;
      case TOKEN.ALIAS:
        if (hasProperties) break;
        builder.alias(scanner.name, scanner.start, scanner.end);
        this.advance();
        this.state = next;
        return;
      case TOKEN.FLOW_LIST:
      case TOKEN.FLOW_MAP:
        this.brackets.push(scanner.start);
        this.open(next, scanner.token === TOKEN.FLOW_MAP, tag, anchor);
        this.state = scanner.token === TOKEN.FLOW_MAP ? STATE.FLOW_MAP_FIRST : STATE.FLOW_LIST_FIRST;
        this.advance();
        return;
      case TOKEN.BLOCK_LIST:
      case TOKEN.BLOCK_MAP:
        if (!isBlock) break;
        this.open(next, scanner.token === TOKEN.BLOCK_MAP, tag, anchor);
        this.state = scanner.token === TOKEN.BLOCK_MAP ? STATE.BLOCK_KEY : STATE.BLOCK_LIST;
        scanner.advance();
        return;
      case TOKEN.BLOCK_ENTRY:
        if (!isIndentless) break;
        this.open(next, false, tag, anchor);
        this.state = STATE.INDENTLESS_LIST;
        return;
      default:
    }
    if (!hasProperties) this.refuseNode();
    builder.scalar('', tag === null, tag, anchor, start, this.end);
    this.state = next;
  }

  private scalar(tag: string | null, anchor: string | null): void {
    const { scanner, builder } = this;
    const { content, start, end, isPlain } = scanner;
    builder.scalar(content ?? scanner.cursor.text.slice(start, end), isPlain, tag, anchor, start, end);
  }

  private refuseNode(): never {
    const { scanner } = this;
    const { token, start, end } = scanner;
    if (token === TOKEN.END && this.brackets.length > 0) this.refuseInFlow('}');
    throw new Refusal(nodeExpected(scanner.cursor.text.slice(start, Math.min(end, start + 20))), start, end);
  }

  private open(next: number, isMap: boolean, tag: string | null, anchor: string | null): void {
    const { start } = this.scanner;
    if (isMap) this.builder.openMap(tag, anchor, start);
    else this.builder.openList(tag, anchor, start);
    this.states.push(next);
  }

  private close(): void {
    this.builder.close(this.end);
    this.state = this.states.pop() as number;
  }

  private closeBracket(): void {
    this.brackets.pop();
    this.advance();
    this.close();
  }

  private empty(): void {
    this.builder.plain(this.end, this.end);
  }

  /** Steps to the next token and gives it. */
  private advance(): number {
    this.end = this.scanner.end;
    this.scanner.advance();
    return this.scanner.token;
  }
}
