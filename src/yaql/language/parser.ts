import { Raised } from '../raised.ts';
import { type ArgumentSource, parseArguments } from './arguments.ts';
import { Call, Constant, type Expression, Wrap } from './expression.ts';
import { Lexer, type Token } from './lexer.ts';
import { BINARY, INDEX_LEVEL, LOOSEST, UNARY } from './operators.ts';

/** Brackets and prefixes within one another; each takes some of the JS stack. */
export const DEEPEST_NESTING = 300;

/**
 * The grammar of Python YAQL by precedence climbing: what its LALR tables accept, with the same first error.
 *
 * @throws YaqlGrammarException, YaqlLexicalException
 */
export class Parser implements ArgumentSource {
  readonly #lexer: Lexer;
  readonly #delegates: boolean;
  #ahead: Token | undefined;
  #nesting = 0;

  constructor(text: string, delegates: boolean) {
    this.#lexer = new Lexer(text);
    this.#delegates = delegates;
  }

  parse(): Expression {
    const expression = this.value();
    if (this.#peek().kind !== 'end') this.unexpected();
    return expression;
  }

  value(): Expression {
    return this.#climb(LOOSEST);
  }

  peekSymbol(): string {
    const token = this.#peek();
    return token.kind === 'symbol' ? token.text : '';
  }

  skip(): void {
    this.#ahead = undefined;
  }

  unexpected(): never {
    const token = this.#peek();
    if (token.kind === 'end') throw new Raised('YaqlGrammarException', 'the expression ends too early', token.position);
    throw new Raised('YaqlGrammarException', `'${token.text}' cannot stand here`, token.position);
  }

  // Reads no further than needed: a bad character after a wrong token must not be seen first.
  #peek(): Token {
    this.#ahead ??= this.#lexer.next();
    return this.#ahead;
  }

  /** A value, and the operators after it that bind tighter than `limit`. */
  #climb(limit: number): Expression {
    if (++this.#nesting > DEEPEST_NESTING) {
      throw new Raised('RecursionError', 'the expression is nested too deeply', this.#peek().position);
    }
    let left = this.#operand();
    for (;;) {
      const token = this.#peek();
      if (token.kind !== 'symbol') break;
      if (token.text === '[') {
        if (INDEX_LEVEL >= limit) break;
        this.skip();
        const args = parseArguments(this, ']');
        this.#expect(']');
        left = new Call(token.position, '#indexer', [left, ...args], 'index');
        continue;
      }
      if (token.text === '(' && this.#delegates) {
        // The grammar gives this bracket no precedence: everything to its left is what is called.
        if (limit < LOOSEST) break;
        this.skip();
        const args = parseArguments(this, ')');
        this.#expect(')');
        left = new Call(token.position, '#call', [left, ...args], 'call');
        continue;
      }
      const operator = BINARY.get(token.text);
      if (operator === undefined || (operator.right === true ? operator.level > limit : operator.level >= limit)) break;
      this.skip();
      left = new Call(token.position, operator.call, [left, this.#climb(operator.level)], 'binary');
    }
    this.#nesting--;
    return left;
  }

  #operand(): Expression {
    const token = this.#peek();
    const { position, kind } = token;
    switch (kind) {
      case 'number':
      case 'string':
      case 'literal':
        this.skip();
        return new Constant(position, token.value);
      case 'word':
        this.skip();
        return new Constant(position, token.value, true);
      case 'variable':
        this.skip();
        return new Call(position, '#get_context_data', [new Constant(position, token.value)], 'variable');
      case 'function': {
        this.skip();
        const args = parseArguments(this, ')');
        this.#expect(')');
        return new Call(position, token.text, args, 'call');
      }
      case 'symbol':
        return this.#symbol(token);
      default:
        return this.unexpected();
    }
  }

  #symbol(token: Token): Expression {
    const { position, text } = token;
    const level = UNARY.get(text);
    if (level !== undefined) {
      this.skip();
      return new Call(position, `#unary_operator_${text}`, [this.#climb(level)], 'unary');
    }
    if (text === '(') {
      this.skip();
      const inner = this.value();
      this.#expect(')');
      return new Wrap(position, inner);
    }
    if (text === '[' || text === '{') {
      this.skip();
      const close = text === '[' ? ']' : '}';
      const args = parseArguments(this, close);
      this.#expect(close);
      return new Call(position, text === '[' ? '#list' : '#map', args, text === '[' ? 'list' : 'map');
    }
    return this.unexpected();
  }

  #expect(symbol: string): void {
    if (this.peekSymbol() !== symbol) this.unexpected();
    this.skip();
  }
}
