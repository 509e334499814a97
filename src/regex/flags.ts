import { PatternError } from './pattern-error.ts';
import type { Source } from './source.ts';

/** Python's flags for text patterns. All default to false. */
export interface PatternFlags {
  readonly ignoreCase?: boolean;
  readonly multiLine?: boolean;
  readonly dotAll?: boolean;
  readonly verbose?: boolean;
  readonly ascii?: boolean;
}

export type Flags = Required<PatternFlags>;
type FlagName = keyof Flags;

const FLAG_LETTERS: ReadonlyMap<string, FlagName | 'locale' | 'unicode'> = new Map([
  ['i', 'ignoreCase'],
  ['m', 'multiLine'],
  ['s', 'dotAll'],
  ['x', 'verbose'],
  ['a', 'ascii'],
  ['L', 'locale'],
  ['u', 'unicode'],
]);

export function completeFlags(flags: PatternFlags): Flags {
  const { ignoreCase = false, multiLine = false, dotAll = false, verbose = false, ascii = false } = flags;
  return { ignoreCase, multiLine, dotAll, verbose, ascii };
}

/** Whether flags are what a `(?` goes on with. */
export function beginsFlags(char: string): boolean {
  return FLAG_LETTERS.has(char) || char === '-';
}

/** `(?i-s:` or `(?i)`. */
export interface InlineFlags {
  /** Of the whole pattern: `(?i)`. */
  readonly isGlobal: boolean;
  readonly on: ReadonlySet<FlagName>;
  readonly off: ReadonlySet<FlagName>;
  readonly unicode: boolean;
}

/** Reads flags up to the `)` or `:` behind them. @throws PatternError */
export function readInlineFlags(source: Source, firstChar: string): InlineFlags {
  const on = new Set<FlagName>();
  const off = new Set<FlagName>();
  let unicode = false;
  let char = firstChar;
  while (char !== '-' && char !== ')' && char !== ':') {
    const flag = FLAG_LETTERS.get(char);
    if (flag === undefined) throw source.error(`there is no flag ${char}`, source.position - 1);
    if (flag === 'locale') throw source.error('the flag L is only for patterns of bytes');
    if (flag === 'unicode') unicode = true;
    else on.add(flag);
    if (unicode && on.has('ascii')) throw source.error("the flags 'a' and 'u' exclude each other");
    char = nextChar(source);
  }
  if (char === ')') return { isGlobal: true, on, off, unicode };
  if (char === '-') readFlagsOff(source, off);
  for (const flag of on) if (off.has(flag)) throw source.error('a flag is turned both on and off');
  return { isGlobal: false, on, off, unicode };
}

function readFlagsOff(source: Source, off: Set<FlagName>): void {
  let char = nextChar(source);
  if (!FLAG_LETTERS.has(char)) throw source.error(`a flag is missing after '-'`, source.position - 1);
  while (char !== ':') {
    const flag = FLAG_LETTERS.get(char);
    if (flag === undefined) throw source.error(`there is no flag ${char}, or ':' is missing`, source.position - 1);
    if (flag === 'ascii' || flag === 'locale' || flag === 'unicode') {
      throw source.error("the flags 'a', 'u' and 'L' cannot be turned off");
    }
    off.add(flag);
    char = nextChar(source);
  }
}

function nextChar(source: Source): string {
  const next = source.get();
  if (next === undefined) throw source.error("'-', ':' or ')' is missing after flags");
  return next;
}

/** The flags inside `(?i-s:...)`; behind `(?i)`, where `u` changes nothing. */
export function withFlags(flags: Flags, { isGlobal, on, off, unicode }: InlineFlags): Flags {
  const result: Record<FlagName, boolean> = { ...flags };
  if (unicode && !isGlobal) result.ascii = false;
  for (const flag of on) result[flag] = true;
  for (const flag of off) result[flag] = false;
  return result;
}

/** @param initial the flags that were given with the pattern. @throws PatternError */
export function checkGlobalFlags({ unicode }: InlineFlags, initial: Flags, start: number): void {
  if (unicode && initial.ascii) throw new PatternError('ASCII and UNICODE exclude each other', start, 'ValueError');
}
