import type { YaqlError, YaqlExpression } from './expression.ts';
import { Parser } from './language/parser.ts';
import { Raised } from './raised.ts';

export interface ParseOptions {
  /** Whether what an expression gives can be called, `$f(1)`, and `lambda()` exists. Default false, as in Heat and Mistral. */
  readonly delegates?: boolean;
}

export type ParseResult =
  | { readonly ok: true; readonly expression: YaqlExpression }
  | { readonly ok: false; readonly error: YaqlError };

/**
 * Parses an expression of YAQL 2.0. Never throws.
 *
 * Errors: `YaqlLexicalException` (a character that means nothing), `YaqlGrammarException` (a token in the wrong place),
 * `UnicodeDecodeError` (an escape that is no character), `RecursionError` (nested too deeply), `ValueError` (a number of
 * more than 4,300 digits).
 */
export function parse(source: string, options: ParseOptions = {}): ParseResult {
  const delegates = options.delegates === true;
  try {
    return { ok: true, expression: { source, delegates, root: new Parser(source, delegates).parse() } };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

/** @throws what is not an exception of the language */
export function errorOf(error: unknown): YaqlError {
  if (error instanceof Raised) return { className: error.className, message: error.message, position: error.position };
  if (error instanceof RangeError) {
    // The host's own limits: a stack that is full, a string that is too long.
    const deep = /call stack/i.test(error.message);
    const className = deep ? 'RecursionError' : 'MemoryQuotaExceededException';
    return {
      className,
      message: deep ? 'nested too deeply' : 'the expression needs too much memory',
      position: undefined,
    };
  }
  throw error;
}
