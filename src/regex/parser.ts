import { folded } from './case-folding.ts';
import { readCharacterSet } from './character-set.ts';
import { category } from './characters.ts';
import { type CharacterNames, CONTROL, isOctal, namedCode, octalCode } from './escapes.ts';
import {
  beginsFlags,
  checkGlobalFlags,
  completeFlags,
  type Flags,
  type PatternFlags,
  readInlineFlags,
  withFlags,
} from './flags.ts';
import { Groups, readGroupName } from './groups.ts';
import { PatternError } from './pattern-error.ts';
import { Source } from './source.ts';
import { type Anchor, type CharTest, EMPTY, type Node, widthOf } from './syntax-tree.ts';

export interface ParsedPattern {
  readonly tree: Node;
  readonly flags: Flags;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}

const MOST_REPEATS = 4294967295;
// Python's own limit is the interpreter's recursion limit, at about 100 to 300 levels.
const DEEPEST = 200;
/** Thrown to start again: `(?x)` at the start changes how the text before it is read. */
class Verbose {
  readonly flag = 'verbose';
}

/** Parses a pattern as Python 3.11's `re` does. @throws PatternError */
export function parsePattern(text: string, flags: PatternFlags, names: CharacterNames): ParsedPattern {
  try {
    return new PatternParser(text, flags, names).parse();
  } catch (error) {
    if (!(error instanceof Verbose)) throw error;
    return new PatternParser(text, { ...flags, verbose: true }, names).parse();
  }
}

class PatternParser {
  readonly #source: Source;
  readonly #names: CharacterNames;
  #flags: Flags;
  readonly #initial: Flags;
  readonly #groups: Groups;
  #depth = 0;

  constructor(text: string, flags: PatternFlags, names: CharacterNames) {
    this.#source = new Source(text);
    this.#groups = new Groups(this.#source);
    this.#names = names;
    this.#flags = completeFlags(flags);
    this.#initial = this.#flags;
  }

  parse(): ParsedPattern {
    const tree = this.#choice(true);
    if (this.#source.next !== undefined) throw this.#source.error('a parenthesis is closed that was not opened');
    this.#groups.checkAwaited();
    checkLookBehinds(tree, this.#groups.closed);
    return { tree, flags: this.#flags, groupCount: this.#groups.count, groupNames: this.#groups.names };
  }

  #choice(first = false): Node {
    if (++this.#depth > DEEPEST)
      throw new PatternError('the pattern is nested too deeply', this.#source.position, 'RecursionError');
    const branches = [this.#sequence(first)];
    while (this.#source.match('|')) branches.push(this.#sequence(false));
    this.#depth--;
    return branches.length === 1 ? (branches[0] as Node) : { kind: 'choice', branches };
  }

  #sequence(first: boolean): Node {
    const items: Node[] = [];
    const source = this.#source;
    for (;;) {
      const { next } = source;
      if (next === undefined || next === '|' || next === ')') break;
      const start = source.position;
      source.get();
      if (this.#flags.verbose) {
        if (/^[ \t\n\r\v\f]$/.test(next)) continue;
        if (next === '#') {
          let char = source.get();
          while (char !== undefined && char !== '\n') char = source.get();
          continue;
        }
      }
      const node = this.#item(next, start, items, first);
      if (node !== undefined) items.push(node);
    }
    return items.length === 1 ? (items[0] as Node) : { kind: 'sequence', items };
  }

  #item(char: string, start: number, items: Node[], first: boolean): Node | undefined {
    if (char.startsWith('\\')) return this.#escape(char, start);
    switch (char) {
      case '.':
        return { kind: 'char', literal: undefined, test: this.#flags.dotAll ? () => true : (code) => code !== 10 };
      case '^':
        return anchor(this.#flags.multiLine ? 'line start' : 'text start');
      case '$':
        return anchor(this.#flags.multiLine ? 'line end' : 'text end');
      case '[':
        return set(readCharacterSet(this.#source, start, this.#flags, this.#names));
      case '(':
        return this.#parenthesis(start, first && items.length === 0);
      case '*':
      case '+':
      case '?':
      case '{':
        return this.#repeat(char, start, items);
      default:
        return this.#literal(char.codePointAt(0) as number);
    }
  }

  #literal(code: number): Node {
    const { ignoreCase, ascii } = this.#flags;
    if (!ignoreCase) return { kind: 'char', literal: code, test: (other) => other === code };
    const wanted = folded(code, ascii);
    return { kind: 'char', literal: undefined, test: (other) => folded(other, ascii) === wanted };
  }

  #escape(sequence: string, start: number): Node {
    const source = this.#source;
    const letter = sequence.slice(1);
    const { ascii } = this.#flags;
    switch (letter) {
      case 'A':
        return anchor('text start');
      case 'Z':
        return anchor('very end');
      case 'b':
        return anchor(ascii ? 'ascii boundary' : 'boundary');
      case 'B':
        return anchor(ascii ? 'no ascii boundary' : 'no boundary');
      default:
    }
    if ('dDsSwW'.includes(letter)) return { kind: 'char', literal: undefined, test: category(letter, ascii) };
    const code = CONTROL.get(letter) ?? namedCode(source, letter, start, this.#names);
    if (code !== undefined) return this.#literal(code);
    if (letter === '0') return this.#literal(octalCode(source, letter + source.take(/^[0-7]$/, 2), start));
    if (/^[1-9]$/.test(letter)) return this.#numbered(letter, start);
    if (/^[A-Za-z]$/.test(letter)) throw source.error(`${sequence} means nothing`, start);
    return this.#literal(letter.codePointAt(0) as number);
  }

  /** A reference to a group, or three octal digits. */
  #numbered(firstDigit: string, start: number): Node {
    const source = this.#source;
    let digits = firstDigit + source.take(/^[0-9]$/, 1);
    if (digits.length === 2 && isOctal(digits[0]) && isOctal(digits[1]) && isOctal(source.next)) {
      digits += source.get();
      return this.#literal(octalCode(source, digits, start));
    }
    const group = Number(digits);
    if (group > this.#groups.count) throw source.error(`there is no group ${group}`, start + 1);
    return this.#reference(group, start);
  }

  #reference(group: number, start: number): Node {
    this.#groups.checkReference(group, start);
    const { ignoreCase, ascii } = this.#flags;
    return { kind: 'back-reference', index: group, ignoreCase, ascii };
  }

  #repeat(char: string, start: number, items: Node[]): Node | undefined {
    const source = this.#source;
    let [min, max] = char === '*' ? [0, Infinity] : char === '+' ? [1, Infinity] : [0, 1];
    if (char === '{') {
      if (source.next === '}') return this.#literal(123);
      const after = source.position;
      const low = source.take(/^[0-9]$/, 1000);
      const high = source.match(',') ? source.take(/^[0-9]$/, 1000) : low;
      if (!source.match('}')) {
        source.position = after;
        return this.#literal(123);
      }
      min = bound(low, 0, start);
      max = bound(high, Infinity, start);
      if (max < min) throw source.error('the fewest repeats are more than the most', start);
    }
    const body = items.pop();
    if (body === undefined || body.kind === 'anchor') throw source.error('there is nothing to repeat', start);
    if (body.kind === 'repeat') throw source.error('what is repeated is a repeat already', start);
    const mode = source.match('?') ? 'lazy' : source.match('+') ? 'possessive' : 'greedy';
    return { kind: 'repeat', body, min, max, mode };
  }

  #parenthesis(start: number, mayBeGlobal: boolean): Node | undefined {
    const source = this.#source;
    if (!source.match('?')) return this.#group(undefined, start);
    const char = this.#extensionChar();
    switch (char) {
      case 'P':
        return this.#named(start);
      case ':':
        return { kind: 'scope', body: this.#body(start), plain: true };
      case '>':
        return { kind: 'atomic', body: this.#body(start) };
      case '#':
        for (;;) {
          const skipped = source.get();
          if (skipped === undefined) throw source.error('a comment is not closed', start);
          if (skipped === ')') return undefined;
        }
      case '=':
      case '!':
        return this.#look(false, char === '!', start);
      case '<': {
        const kind = this.#extensionChar();
        if (kind !== '=' && kind !== '!') throw source.error(`(?<${kind} is unknown`, start + 1);
        return this.#look(true, kind === '!', start);
      }
      case '(':
        return this.#condition(start);
      default:
        if (beginsFlags(char)) return this.#inlineFlags(char, start, mayBeGlobal);
        throw source.error(`(?${char} is unknown`, start + 1);
    }
  }

  #extensionChar(): string {
    const char = this.#source.get();
    if (char === undefined) throw this.#source.error('the pattern ends too early');
    return char;
  }

  #named(start: number): Node {
    const source = this.#source;
    if (source.match('<')) return this.#group(readGroupName(source, '>').name, start);
    if (source.match('=')) {
      const { name, position } = readGroupName(source, ')');
      return this.#reference(this.#groups.named(name, position), position);
    }
    const char = this.#extensionChar();
    throw source.error(`(?P${char} is unknown`, start + 1);
  }

  #group(name: string | undefined, start: number): Node {
    const index = this.#groups.open(name, start);
    const body = this.#body(start);
    this.#groups.close(index, body);
    return { kind: 'group', index, body };
  }

  #body(start: number): Node {
    const outer = this.#flags;
    const body = this.#choice();
    this.#flags = outer;
    if (!this.#source.match(')')) throw this.#source.error('a parenthesis is not closed', start);
    return body;
  }

  #look(behind: boolean, negative: boolean, start: number): Node {
    const body = behind ? this.#groups.behind(() => this.#body(start)) : this.#body(start);
    return { kind: 'look', behind, negative, body };
  }

  #condition(start: number): Node {
    const source = this.#source;
    const position = source.position;
    const name = source.until(')', 'the name of a group');
    const index = this.#groups.ofCondition(name, position);
    const outer = this.#flags;
    const yes = this.#sequence(false);
    const no = source.match('|') ? this.#sequence(false) : EMPTY;
    this.#flags = outer;
    if (source.next === '|') throw source.error('a condition has more than two branches');
    if (!source.match(')')) throw source.error('a parenthesis is not closed', start);
    return { kind: 'condition', index, yes, no };
  }

  #inlineFlags(firstChar: string, start: number, mayBeGlobal: boolean): Node | undefined {
    const source = this.#source;
    const inline = readInlineFlags(source, firstChar);
    const { isGlobal, on, off } = inline;
    if (isGlobal) {
      if (!mayBeGlobal) throw source.error('flags for all must be at the start of the pattern', start);
      checkGlobalFlags(inline, this.#initial, start);
      if (on.has('verbose') && !this.#flags.verbose) throw new Verbose();
      this.#flags = withFlags(this.#flags, inline);
      return undefined;
    }
    const outer = this.#flags;
    this.#flags = withFlags(outer, inline);
    const body = this.#choice();
    this.#flags = outer;
    if (!source.match(')')) throw source.error('a parenthesis is not closed', start);
    return { kind: 'scope', body, plain: on.size + off.size === 0 };
  }
}

function checkLookBehinds(node: Node, groups: ReadonlyMap<number, Node>): void {
  if (node.kind === 'look' && node.behind) {
    const [least, most] = widthOf(node.body, groups);
    if (least !== most) throw new PatternError('a look-behind must always have the same width', 0);
  }
  for (const child of childrenOf(node)) checkLookBehinds(child, groups);
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'sequence') return node.items;
  if (node.kind === 'choice') return node.branches;
  if (node.kind === 'condition') return [node.yes, node.no];
  return 'body' in node ? [node.body] : [];
}

function anchor(kind: Anchor): Node {
  return { kind: 'anchor', anchor: kind };
}

function set(test: CharTest): Node {
  return { kind: 'char', literal: undefined, test };
}

function bound(digits: string, missing: number, start: number): number {
  if (digits === '') return missing;
  const value = Number(digits);
  if (value >= MOST_REPEATS) throw new PatternError('the number of repeats is too large', start, 'OverflowError');
  return value;
}
