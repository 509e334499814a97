import { CompiledPattern } from './compiled-pattern.ts';
import type { CharacterNames } from './escapes.ts';
import type { PatternFlags } from './flags.ts';
import { parsePattern } from './parser.ts';
import { PatternError } from './pattern-error.ts';

/** A compiled pattern, or why it is none. */
export type PatternResult =
  | { readonly ok: true; readonly pattern: CompiledPattern }
  | { readonly ok: false; readonly error: PatternError };

/**
 * Compiles a regular expression of Python 3.11's `re` (text patterns): the same syntax, the same matches.
 *
 * @param names finds characters for `\N{...}`; without it such escapes are errors
 */
export function compilePattern(
  source: string,
  flags: PatternFlags = {},
  names: CharacterNames = () => undefined,
): PatternResult {
  try {
    return { ok: true, pattern: new CompiledPattern(source, parsePattern(source, flags, names)) };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, error };
    throw error;
  }
}

export type { CompiledPattern, Scanner, TemplateResult } from './compiled-pattern.ts';
export type { PatternFlags } from './flags.ts';
export type { PatternMatch } from './match.ts';
export type { StepBudget } from './matcher.ts';
export type { PatternError } from './pattern-error.ts';
