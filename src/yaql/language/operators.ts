/** How an operator binds: the lower the level, the tighter. Python YAQL's table, from its factory. */
export interface BinaryOperator {
  readonly level: number;
  readonly right?: boolean;
  /** The function that the operator calls. */
  readonly call: string;
}

const binary = (level: number, ...symbols: string[]): [string, BinaryOperator][] =>
  symbols.map((symbol) => [symbol, { level, call: `#operator_${symbol}` }]);

export const INDEX_LEVEL = 2;

export const BINARY: ReadonlyMap<string, BinaryOperator> = new Map([
  ...binary(1, '.', '?.'),
  // 2 is indexing, 3 unary plus and minus.
  ...binary(4, '=~', '!~'),
  ...binary(5, '*', '/', 'mod'),
  ...binary(6, '+', '-'),
  ...binary(7, '>', '<', '>=', '<=', 'in'),
  ['!=', { level: 7, call: '*not_equal' }],
  ['=', { level: 7, call: '*equal' }],
  // 8 is not.
  ...binary(9, 'and'),
  ...binary(10, 'or'),
  ['->', { level: 11, right: true, call: '#operator_->' }],
]);

export const UNARY: ReadonlyMap<string, number> = new Map([
  ['+', 3],
  ['-', 3],
  ['not', 8],
]);

/** Nothing binds looser. */
export const LOOSEST = 12;

/** Words that are operators; followed by `(` they are function names like any other. */
export const WORD_OPERATORS: ReadonlySet<string> = new Set(['mod', 'in', 'not', 'and', 'or']);

export const MAPPING = '=>';
