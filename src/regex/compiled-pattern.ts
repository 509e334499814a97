import type { PatternFlags } from './flags.ts';
import { PatternMatch } from './match.ts';
import { Matcher, type MatchRules, type StepBudget } from './matcher.ts';
import type { ParsedPattern } from './parser.ts';
import { PatternError } from './pattern-error.ts';
import { compileProgram, type Program } from './program.ts';
import { expandTemplate, parseTemplate } from './template.ts';
import { CodePoints } from './text.ts';

/** A replacement text that was read, or why it could not be. */
export type TemplateResult =
  | { readonly ok: true; readonly expand: (match: PatternMatch) => string }
  | { readonly ok: false; readonly error: PatternError };

/** Finds one match after another, as Python's `finditer`. */
export interface Scanner {
  /** The next match; undefined at the end, and when the budget is used up (then it is below zero). */
  next(budget: StepBudget): PatternMatch | undefined;
  /** A part of the text, by code points. */
  slice(start: number, end?: number): string;
}

const ANYWHERE: MatchRules = { whole: false, notEmpty: false };
const WHOLE: MatchRules = { whole: true, notEmpty: false };
const NOT_EMPTY: MatchRules = { whole: false, notEmpty: true };
const FLAG_NAMES: readonly (readonly [keyof PatternFlags, string])[] = [
  ['ascii', 're.ASCII'],
  ['ignoreCase', 're.IGNORECASE'],
  ['multiLine', 're.MULTILINE'],
  ['dotAll', 're.DOTALL'],
  ['verbose', 're.VERBOSE'],
];

/** A Python regular expression. Immutable; all methods are bounded by a budget of steps, which they count down. */
export class CompiledPattern {
  readonly source: string;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
  /** The flags as Python's `repr` of the pattern writes them. */
  readonly flagsText: string;
  readonly #program: Program;

  constructor(source: string, parsed: ParsedPattern) {
    this.source = source;
    this.groupCount = parsed.groupCount;
    this.groupNames = parsed.groupNames;
    this.flagsText = FLAG_NAMES.filter(([flag]) => parsed.flags[flag])
      .map(([, name]) => name)
      .join('|');
    this.#program = compileProgram(parsed.tree, parsed.groupCount);
  }

  /** Python's `match`: at the start of the text. Undefined when there is none, or the budget is below zero. */
  match(text: string, budget: StepBudget): PatternMatch | undefined {
    return this.#at(text, ANYWHERE, budget);
  }

  /** Python's `fullmatch`: the whole text. */
  fullmatch(text: string, budget: StepBudget): PatternMatch | undefined {
    return this.#at(text, WHOLE, budget);
  }

  /** Python's `search`: the first match anywhere. */
  search(text: string, budget: StepBudget): PatternMatch | undefined {
    return this.scanner(text).next(budget);
  }

  scanner(text: string): Scanner {
    const points = new CodePoints(text);
    const { codes } = points;
    const matcher = new Matcher(this.#program, codes);
    const { first } = this.#program;
    let position = 0;
    let notEmpty = false;
    const next = (budget: StepBudget): PatternMatch | undefined => {
      for (let start = position; start <= codes.length; start++) {
        if (first !== undefined && (start === codes.length || !first(codes[start] as number))) {
          if (--budget.steps < 0) return undefined;
          continue;
        }
        const rules = notEmpty && start === position ? NOT_EMPTY : ANYWHERE;
        const groups = matcher.run(start, this.groupCount, rules, budget);
        if (groups !== undefined) {
          position = groups[1] as number;
          notEmpty = groups[0] === groups[1];
          return new PatternMatch(groups, points, this.groupNames);
        }
        if (budget.steps < 0) return undefined;
      }
      position = codes.length + 1;
      return undefined;
    };
    return { next, slice: (start, end) => points.slice(start, end) };
  }

  /** Python's `split`: the parts between matches, with the groups of each match between them; 0 is no limit. */
  split(text: string, limit: number, budget: StepBudget): (string | undefined)[] {
    const scanner = this.scanner(text);
    const parts: (string | undefined)[] = [];
    let end = 0;
    // A negative limit is one that is already reached.
    for (let done = 0; limit === 0 || done < limit; done++) {
      const match = scanner.next(budget);
      if (match === undefined) break;
      parts.push(scanner.slice(end, match.start(0)));
      for (let group = 1; group <= this.groupCount; group++) parts.push(match.group(group));
      end = match.end(0);
    }
    parts.push(scanner.slice(end));
    return parts;
  }

  /** Python's `findall`: the matches, or their groups where the pattern has some; groups that took no part are ''. */
  findall(text: string, budget: StepBudget): (string | string[])[] {
    const scanner = this.scanner(text);
    const found: (string | string[])[] = [];
    for (let match = scanner.next(budget); match !== undefined; match = scanner.next(budget)) {
      const groups = Array.from({ length: this.groupCount }, (_, i) => match?.group(i + 1) ?? '');
      found.push(groups.length === 0 ? (match.group(0) ?? '') : groups.length === 1 ? (groups[0] as string) : groups);
    }
    return found;
  }

  /** Reads a replacement text for this pattern. */
  template(replacement: string): TemplateResult {
    try {
      const parts = parseTemplate(replacement, this.groupCount, this.groupNames);
      return { ok: true, expand: (match) => expandTemplate(parts, match) };
    } catch (error) {
      if (error instanceof PatternError) return { ok: false, error };
      throw error;
    }
  }

  /** Python's `sub`, with a function or a replacement text already read; 0 is no limit. */
  sub(replace: (match: PatternMatch) => string, text: string, limit: number, budget: StepBudget): string {
    const scanner = this.scanner(text);
    let result = '';
    let end = 0;
    for (let done = 0; limit === 0 || done < limit; done++) {
      const match = scanner.next(budget);
      if (match === undefined) break;
      result += scanner.slice(end, match.start(0)) + replace(match);
      end = match.end(0);
    }
    return result + scanner.slice(end);
  }

  #at(text: string, rules: MatchRules, budget: StepBudget): PatternMatch | undefined {
    const points = new CodePoints(text);
    const groups = new Matcher(this.#program, points.codes).run(0, this.groupCount, rules, budget);
    return groups === undefined ? undefined : new PatternMatch(groups, points, this.groupNames);
  }
}
