/** The tokens of the library, as far as they are read here. */
export interface Token {
  readonly value: string;
  readonly type: string;
}

type Tokens = readonly Token[];

const NO_ARGUMENT = new Set(['and', 'or', 'not', 'if', 'else', 'is', 'in', 'recursive']);
const LITERALS = new Set(['NumericLiteral', 'StringLiteral', 'Identifier']);

/**
 * The library's parser knows tests without arguments only. One with arguments, `x is divisibleby(3)` or `x is
 * divisibleby 3`, binds as a filter does, so it is handed over as the filter `is divisibleby`.
 */
export function nestTestArguments(tokens: Tokens): Token[] {
  const result: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (!isWord(token, 'is')) {
      result.push(token);
      continue;
    }
    const negated = isWord(tokens[i + 1], 'not');
    const at = i + (negated ? 2 : 1);
    const test = tokens[at];
    const next = tokens[at + 1];
    const bare =
      next !== undefined && LITERALS.has(next.type) && !(next.type === 'Identifier' && NO_ARGUMENT.has(next.value));
    const brackets = next !== undefined && next.type in CLOSERS ? bracketed(tokens, at + 1) : undefined;
    if (test?.type === 'Identifier' && brackets !== undefined) {
      result.push(make('|', 'Pipe'), make(`is ${negated ? 'not ' : ''}${test.value}`, 'Identifier'));
      result.push(
        make('(', 'OpenParen'),
        ...nestTestArguments(tokens.slice(at + 1, brackets + 1)),
        make(')', 'CloseParen'),
      );
      i = brackets;
      continue;
    }
    if (test?.type !== 'Identifier' || next === undefined || !(bare || next.type === 'OpenParen')) {
      result.push(token);
      continue;
    }
    const name = `is ${negated ? 'not ' : ''}${test.value}`;
    result.push(make('|', 'Pipe'), make(name, 'Identifier'));
    if (bare) result.push(make('(', 'OpenParen'), next, make(')', 'CloseParen'));
    i = bare ? at + 1 : at;
  }
  return result;
}

const CLOSERS: Readonly<Record<string, string>> = {
  OpenSquareBracket: 'CloseSquareBracket',
  OpenCurlyBracket: 'CloseCurlyBracket',
};

/** Where the bracket that opens at `from` is closed; undefined when it is not. */
function bracketed(tokens: Tokens, from: number): number | undefined {
  const open = tokens[from]?.type ?? '';
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    if (tokens[i]?.type === open) depth++;
    else if (tokens[i]?.type === CLOSERS[open] && --depth === 0) return i;
  }
  return undefined;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.type === 'Identifier' && token.value === word;
}

function make(value: string, type: string): Token {
  return { value, type };
}
