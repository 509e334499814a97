import { type Argument, type Expression, MappingExpression } from './expression.ts';

/** What the list of arguments needs of the parser. */
export interface ArgumentSource {
  /** The symbol that comes next, '' if what comes is none. */
  peekSymbol(): string;
  skip(): void;
  value(): Expression;
  /** Reports that what comes next cannot stand here. */
  unexpected(): never;
}

/**
 * The arguments up to a closing bracket, which is left to the caller: values first, of which all but the last may be
 * left out (`f(,1,,2)`), then `key => value` pairs.
 */
export function parseArguments(source: ArgumentSource, close: string): Argument[] {
  const args: Argument[] = [];
  if (source.peekSymbol() === close) return args;
  while (source.peekSymbol() === ',') {
    source.skip();
    args.push(undefined);
  }
  const first = source.value();
  if (source.peekSymbol() === '=>') {
    // A pair cannot follow arguments that were left out.
    if (args.length > 0) source.unexpected();
    return pairs(source, first, args);
  }
  args.push(first);
  while (source.peekSymbol() === ',') {
    source.skip();
    let omitted = 0;
    while (source.peekSymbol() === ',') {
      source.skip();
      args.push(undefined);
      omitted++;
    }
    const next = source.value();
    if (source.peekSymbol() === '=>') {
      if (omitted > 1) source.unexpected();
      return pairs(source, next, args);
    }
    args.push(next);
  }
  return args;
}

function pairs(source: ArgumentSource, key: Expression, args: Argument[]): Argument[] {
  let left = key;
  for (;;) {
    if (source.peekSymbol() !== '=>') source.unexpected();
    source.skip();
    args.push(new MappingExpression(left.position, left, source.value()));
    if (source.peekSymbol() !== ',') return args;
    source.skip();
    left = source.value();
  }
}
