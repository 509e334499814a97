import { parse, tokenize } from '@huggingface/jinja';
import type { Node } from './nodes.ts';
import { nestTestArguments } from './test-arguments.ts';

export type ParsedTemplate =
  | { readonly ok: true; readonly body: readonly Node[] }
  | { readonly ok: false; readonly why: string };

// The tokenizer's own regular expressions take the square of a run of spaces.
const LONGEST = 100_000;
const TOO_MANY_SPACES = /\s{1000}/;

/**
 * Reads a template with the options of Mistral's environment (`trim_blocks`, `lstrip_blocks`). Only the syntax is the
 * library's: evaluating is our own (expression-evaluator.ts), so that nothing of the host can be reached and Python's rules hold.
 */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > LONGEST || TOO_MANY_SPACES.test(text)) return { ok: false, why: 'The template is too long' };
  try {
    const tokens = nestTestArguments(tokenize(text, { trim_blocks: true, lstrip_blocks: true })) as Parameters<
      typeof parse
    >[0];
    const body = parse(tokens).body as unknown as readonly Node[];
    return { ok: true, body };
  } catch (error) {
    // Beside SyntaxErrors: TypeErrors at an unexpected end, RangeErrors for nesting that is too deep.
    const why = error instanceof SyntaxError ? error.message : 'The template ends too early, or is nested too deeply';
    return { ok: false, why: why.replace(/\.$/, '') };
  }
}
