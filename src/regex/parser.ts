import { folded, ignoringCase } from './case-folding.ts';
import { category } from './characters.ts';
import { type CharacterNames, CONTROL, classEscape, isOctal, namedCode, octalCode } from './escapes.ts';
import { PatternError } from './pattern-error.ts';
import { Source } from './source.ts';
import { type Anchor, type CharTest, EMPTY, type Node, widthOf } from './syntax-tree.ts';

/** Python's flags for text patterns. All default to false. */
export interface PatternFlags {
  readonly ignoreCase?: boolean;
  readonly multiLine?: boolean;
  readonly dotAll?: boolean;
  readonly verbose?: boolean;
  readonly ascii?: boolean;
}

export interface ParsedPattern {
  readonly tree: Node;
  readonly flags: Required<PatternFlags>;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}

type Flags = Required<PatternFlags>;
type FlagName = keyof Flags;

const MOST_REPEATS = 4294967295;
// Python's own limit is the interpreter's recursion limit, at about 100 to 300 levels.
const DEEPEST = 200;
const FLAG_LETTERS: ReadonlyMap<string, FlagName | 'locale' | 'unicode'> = new Map([
  ['i', 'ignoreCase'],
  ['m', 'multiLine'],
  ['s', 'dotAll'],
  ['x', 'verbose'],
  ['a', 'ascii'],
  ['L', 'locale'],
  ['u', 'unicode'],
]);

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
  readonly #groupNames = new Map<string, number>();
  /** Closed groups; a group that is still open is missing. */
  readonly #groups = new Map<number, Node>();
  #groupCount = 0;
  /** Groups referred to before they might exist: `(?(2)...)`. */
  readonly #awaited = new Map<number, number>();
  /** Group count at the start of the look-behind that is being parsed. */
  #behindFrom: number | undefined;
  #depth = 0;

  constructor(text: string, flags: PatternFlags, names: CharacterNames) {
    this.#source = new Source(text);
    this.#names = names;
    const { ignoreCase = false, multiLine = false, dotAll = false, verbose = false, ascii = false } = flags;
    this.#flags = { ignoreCase, multiLine, dotAll, verbose, ascii };
    this.#initial = this.#flags;
  }

  parse(): ParsedPattern {
    const tree = this.#choice(true);
    if (this.#source.next !== undefined) throw this.#source.error('a parenthesis is closed that was not opened');
    for (const [group, position] of this.#awaited) {
      if (group > this.#groupCount) throw this.#source.error(`there is no group ${group}`, position);
    }
    this.#checkLookBehinds(tree);
    return { tree, flags: this.#flags, groupCount: this.#groupCount, groupNames: this.#groupNames };
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
        return this.#set(start);
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
    if (group > this.#groupCount) throw source.error(`there is no group ${group}`, start + 1);
    return this.#reference(group, start);
  }

  #reference(group: number, start: number): Node {
    if (!this.#groups.has(group)) throw this.#source.error(`group ${group} is still open`, start);
    this.#checkBehind(group, start);
    const { ignoreCase, ascii } = this.#flags;
    return { kind: 'back-reference', index: group, ignoreCase, ascii };
  }

  #checkBehind(group: number, start: number): void {
    if (this.#behindFrom === undefined) return;
    if (!this.#groups.has(group)) throw this.#source.error(`group ${group} is still open`, start);
    if (group > this.#behindFrom) {
      throw this.#source.error('a look-behind cannot refer to a group inside it', start);
    }
  }

  #set(start: number): Node {
    const source = this.#source;
    const negative = source.match('^');
    const { ignoreCase, ascii } = this.#flags;
    const codes = new Set<number>();
    const tests: CharTest[] = [];
    let count = 0;
    const unterminated = (): PatternError => source.error('a set of characters is not closed', start);
    const member = (): { code: number } | { test: CharTest } => {
      const char = source.get();
      if (char === undefined) throw unterminated();
      if (!char.startsWith('\\')) return { code: char.codePointAt(0) as number };
      const escaped = classEscape(source, char, ascii, this.#names);
      return escaped.kind === 'literal' ? { code: escaped.code } : { test: escaped.test };
    };
    const add = (one: { code: number } | { test: CharTest }): void => {
      if ('code' in one) codes.add(one.code);
      else tests.push(one.test);
    };
    for (; ; count++) {
      if (source.next === ']' && count > 0) {
        source.get();
        break;
      }
      const rangeStart = source.position;
      const low = member();
      if (!source.match('-')) {
        add(low);
        continue;
      }
      if (source.next === undefined) throw unterminated();
      if (source.match(']')) {
        add(low);
        codes.add(45);
        break;
      }
      const high = member();
      if (!('code' in low) || !('code' in high) || high.code < low.code) {
        throw source.error('a range of characters has no order', rangeStart);
      }
      const [from, to] = [low.code, high.code];
      tests.push((code) => code >= from && code <= to);
    }
    const listed: CharTest = (code) => codes.has(code) || tests.some((test) => test(code));
    const cased = ignoreCase ? ignoringCase(listed, ascii) : listed;
    const test = remembered(negative ? (code) => !cased(code) : cased);
    return { kind: 'char', literal: undefined, test };
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
        if (FLAG_LETTERS.has(char) || char === '-') return this.#inlineFlags(char, start, mayBeGlobal);
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
    if (source.match('<')) {
      const position = source.position;
      const name = source.until('>', 'the name of a group');
      checkName(source, name, position);
      return this.#group(name, start);
    }
    if (source.match('=')) {
      const position = source.position;
      const name = source.until(')', 'the name of a group');
      checkName(source, name, position);
      const group = this.#groupNames.get(name);
      if (group === undefined) throw source.error(`there is no group ${name}`, position);
      return this.#reference(group, position);
    }
    const char = this.#extensionChar();
    throw source.error(`(?P${char} is unknown`, start + 1);
  }

  #group(name: string | undefined, start: number): Node {
    const index = ++this.#groupCount;
    if (name !== undefined) {
      const before = this.#groupNames.get(name);
      if (before !== undefined) throw this.#source.error(`group ${before} is named ${name} already`, start + 4);
      this.#groupNames.set(name, index);
    }
    const body = this.#body(start);
    this.#groups.set(index, body);
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
    const outer = this.#behindFrom;
    if (behind) this.#behindFrom ??= this.#groupCount;
    const body = this.#body(start);
    if (behind) this.#behindFrom = outer;
    return { kind: 'look', behind, negative, body };
  }

  #condition(start: number): Node {
    const source = this.#source;
    const position = source.position;
    const name = source.until(')', 'the name of a group');
    const index = this.#conditionGroup(name, position);
    this.#checkConditionBehind(index, position);
    const outer = this.#flags;
    const yes = this.#sequence(false);
    const no = source.match('|') ? this.#sequence(false) : EMPTY;
    this.#flags = outer;
    if (source.next === '|') throw source.error('a condition has more than two branches');
    if (!source.match(')')) throw source.error('a parenthesis is not closed', start);
    return { kind: 'condition', index, yes, no };
  }

  #conditionGroup(name: string, position: number): number {
    const source = this.#source;
    if (isIdentifier(name)) {
      const group = this.#groupNames.get(name);
      if (group === undefined) throw source.error(`there is no group ${name}`, position);
      return group;
    }
    if (!/^[0-9]+$/.test(name)) throw source.error(`${name} is no name of a group`, position);
    const group = Number(name);
    if (group === 0) throw source.error('groups are numbered from 1', position);
    if (group > 1073741823) throw source.error(`there is no group ${group}`, position);
    if (!this.#awaited.has(group)) this.#awaited.set(group, position);
    return group;
  }

  #checkConditionBehind(group: number, position: number): void {
    if (this.#behindFrom !== undefined) this.#checkBehind(group, position);
  }

  #inlineFlags(firstChar: string, start: number, mayBeGlobal: boolean): Node | undefined {
    const source = this.#source;
    const on = new Set<FlagName>();
    const off = new Set<FlagName>();
    let unicode = false;
    let char = firstChar;
    const more = (): string => {
      const next = source.get();
      if (next === undefined) throw source.error("'-', ':' or ')' is missing after flags");
      return next;
    };
    while (char !== '-' && char !== ')' && char !== ':') {
      const flag = FLAG_LETTERS.get(char);
      if (flag === undefined) throw source.error(`there is no flag ${char}`, source.position - 1);
      if (flag === 'locale') throw source.error('the flag L is only for patterns of bytes');
      if (flag === 'unicode') unicode = true;
      else on.add(flag);
      if (unicode && on.has('ascii')) throw source.error("the flags 'a' and 'u' exclude each other");
      char = more();
    }
    if (char === ')') {
      if (!mayBeGlobal) throw source.error('flags for all must be at the start of the pattern', start);
      if (unicode && this.#initial.ascii)
        throw new PatternError('ASCII and UNICODE exclude each other', start, 'ValueError');
      if (on.has('verbose') && !this.#flags.verbose) throw new Verbose();
      this.#flags = withFlags(this.#flags, on, off);
      return undefined;
    }
    if (char === '-') {
      char = more();
      if (!FLAG_LETTERS.has(char)) throw source.error(`a flag is missing after '-'`, source.position - 1);
      while (char !== ':') {
        const flag = FLAG_LETTERS.get(char);
        if (flag === undefined) throw source.error(`there is no flag ${char}, or ':' is missing`, source.position - 1);
        if (flag === 'ascii' || flag === 'locale' || flag === 'unicode') {
          throw source.error("the flags 'a', 'u' and 'L' cannot be turned off");
        }
        off.add(flag);
        char = more();
      }
    }
    for (const flag of on) if (off.has(flag)) throw source.error('a flag is turned both on and off');
    const outer = this.#flags;
    this.#flags = withFlags(outer, on, off, unicode);
    const body = this.#choice();
    this.#flags = outer;
    if (!source.match(')')) throw source.error('a parenthesis is not closed', start);
    return { kind: 'scope', body, plain: on.size + off.size === 0 };
  }

  #checkLookBehinds(node: Node): void {
    if (node.kind === 'look' && node.behind) {
      const [least, most] = widthOf(node.body, this.#groups);
      if (least !== most) throw new PatternError('a look-behind must always have the same width', 0);
    }
    for (const child of childrenOf(node)) this.#checkLookBehinds(child);
  }
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

function withFlags(flags: Flags, on: ReadonlySet<FlagName>, off: ReadonlySet<FlagName>, unicode = false): Flags {
  const result: Record<FlagName, boolean> = { ...flags };
  if (unicode) result.ascii = false;
  for (const flag of on) result[flag] = true;
  for (const flag of off) result[flag] = false;
  return result;
}

function bound(digits: string, missing: number, start: number): number {
  if (digits === '') return missing;
  const value = Number(digits);
  if (value >= MOST_REPEATS) throw new PatternError('the number of repeats is too large', start, 'OverflowError');
  return value;
}

function isIdentifier(name: string): boolean {
  return /^[\p{L}\p{Nl}_][\p{L}\p{N}\p{Mn}\p{Mc}\p{Pc}]*$/u.test(name);
}

function checkName(source: Source, name: string, position: number): void {
  if (!isIdentifier(name)) throw source.error(`${name} cannot be the name of a group`, position);
}

/** Sets are asked for the same few characters again and again. */
function remembered(test: CharTest): CharTest {
  const ascii = new Int8Array(128).fill(-1);
  return (code) => {
    if (code >= 128) return test(code);
    const known = ascii[code] as number;
    if (known >= 0) return known === 1;
    const result = test(code);
    ascii[code] = result ? 1 : 0;
    return result;
  };
}
