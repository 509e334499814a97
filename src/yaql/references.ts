import type { YaqlExpression } from './expression.ts';
import { Call, Constant, type Expression, MappingExpression, Wrap } from './language/expression.ts';

/** What an expression mentions, without evaluating it. Each list in the order of the text, without repetition. */
export interface YaqlReferences {
  /** `$`, `$name`, ... as written. */
  readonly variables: readonly string[];
  /** Names of functions and methods that are called, operators left out. */
  readonly functions: readonly string[];
  /** Attributes that are followed from a variable: `$.data.servers` is `['$', 'data', 'servers']`. The longest ones only. */
  readonly paths: readonly (readonly string[])[];
  /** Calls whose arguments are literals: `task(one)` is `{name: 'task', arguments: ['one']}`. */
  readonly calls: readonly {
    readonly name: string;
    readonly arguments: readonly unknown[];
    readonly position: number;
  }[];
}

export function references(expression: YaqlExpression): YaqlReferences {
  const variables = new Set<string>();
  const functions = new Set<string>();
  const paths = new Map<string, readonly string[]>();
  const calls: { name: string; arguments: readonly unknown[]; position: number }[] = [];
  const pending: Expression[] = [expression.root];
  while (pending.length > 0) {
    const node = pending.pop() as Expression;
    const path = pathOf(node);
    if (path !== undefined) {
      variables.add(path[0] as string);
      paths.set(JSON.stringify(path), path);
      continue;
    }
    if (node instanceof Wrap) pending.push(node.inner);
    if (node instanceof MappingExpression) pending.push(node.destination, node.source);
    if (!(node instanceof Call)) continue;
    if (node.form === 'call') {
      functions.add(node.name);
      const literals = node.args.map((arg) => (arg instanceof Constant ? arg.value : undefined));
      if (!literals.includes(undefined)) calls.push({ name: node.name, arguments: literals, position: node.position });
    }
    for (const arg of [...node.args].reverse()) if (arg !== undefined) pending.push(arg);
  }
  return { variables: [...variables], functions: [...functions], paths: [...paths.values()], calls };
}

/** `$a.b.c` as its parts; undefined for anything else. */
function pathOf(node: Expression): string[] | undefined {
  const parts: string[] = [];
  let at: Expression = node;
  while (at instanceof Call && (at.name === '#operator_.' || at.name === '#operator_?.')) {
    const [left, right] = at.args;
    if (left === undefined || !(right instanceof Constant) || !right.keyword) return undefined;
    parts.push(right.value as string);
    at = left;
  }
  if (!(at instanceof Call) || at.form !== 'variable') return undefined;
  return [(at.args[0] as Constant).value as string, ...parts.reverse()].map(String);
}
