import type { Path, PathStep } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import { Call, type Expression, type ExpressionList, hasCalls, holdsCalls } from './expression.ts';

/**
 * Visits every call in an expression that stands at `path`: those in the arguments of a call before the call, every
 * argument whether it is used or not, of a macro only the branch taken.
 *
 * @param visit is given the call and what makes the path of its arguments, which ends with the name of the function.
 */
export function forEachCall(expression: Expression, path: Path, visit: (call: Call, at: CallPlace) => void): void {
  if (hasCalls(expression)) new Walk(path, visit).node(expression);
}

export interface CallPlace {
  /** A new array. */
  path(): Path;
}

class Walk implements CallPlace {
  /** One stack for the whole walk, copied only for who asks. */
  readonly #steps: PathStep[];
  readonly #visit: (call: Call, at: CallPlace) => void;

  constructor(path: Path, visit: (call: Call, at: CallPlace) => void) {
    this.#steps = path.slice();
    this.#visit = visit;
  }

  path(): Path {
    return this.#steps.slice();
  }

  node(node: Expression): void {
    if (node instanceof Call) this.#call(node);
    else if (!holdsCalls(node)) return;
    else if (node instanceof Map) for (const [key, item] of node as ReadonlyMap<Value, Expression>) this.#at(item, key);
    else
      for (let i = 0; i < (node as ExpressionList).length; i++) this.#at((node as ExpressionList)[i] as Expression, i);
  }

  #at(node: Expression, step: Value): void {
    if (typeof node !== 'object') return;
    this.#steps.push(step);
    this.node(node);
    this.#steps.pop();
  }

  #call(call: Call): void {
    this.#steps.push(call.name);
    if (call.branch === undefined) this.node(call.args);
    else this.#at(call.args, call.branch);
    this.#visit(call, this);
    this.#steps.pop();
  }
}
