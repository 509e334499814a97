import type { Float } from '../../values/value.ts';

/** What a literal can be. */
export type Literal = null | boolean | number | bigint | string | Float;

/** How a call was written; the parts of the language are all calls of functions with names such as `#operator_+`. */
export type CallForm = 'call' | 'binary' | 'unary' | 'index' | 'list' | 'map' | 'variable';

/** An argument, or its absence: `f(1,,2)`. */
export type Argument = Expression | undefined;

/** A node of a parsed expression. Immutable; `position` is its offset in the text, in UTF-16 units. */
export abstract class Expression {
  readonly position: number;

  constructor(position: number) {
    this.position = position;
  }
}

export class Constant extends Expression {
  readonly value: Literal;
  /** A bare word, `name` rather than `'name'`: only these are attribute and argument names. */
  readonly keyword: boolean;

  constructor(position: number, value: Literal, keyword = false) {
    super(position);
    this.value = value;
    this.keyword = keyword;
  }
}

export class Call extends Expression {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly form: CallForm;
  /** Whether no argument is left out. */
  readonly complete: boolean;

  constructor(position: number, name: string, args: readonly Argument[], form: CallForm) {
    super(position);
    this.name = name;
    this.args = args;
    this.form = form;
    this.complete = !args.includes(undefined);
  }
}

/** An expression in parentheses. */
export class Wrap extends Expression {
  readonly inner: Expression;

  constructor(position: number, inner: Expression) {
    super(position);
    this.inner = inner;
  }
}

/** `source => destination` among arguments: a named argument, or an entry of a dict. */
export class MappingExpression extends Expression {
  readonly source: Expression;
  readonly destination: Expression;

  constructor(position: number, source: Expression, destination: Expression) {
    super(position);
    this.source = source;
    this.destination = destination;
  }
}
