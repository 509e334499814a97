import type { Path, PathStep } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import { Call, type Expression, type ExpressionList, hasCalls, holdsCalls } from './expression.ts';

/** @param at makes the path of the arguments, which ends with the name of the function. */
export type VisitCall = (call: Call, at: CallPlace) => void;

export interface CallPlace {
  /** A new array. */
  path(): Path;
}

/**
 * Visits every call in expressions: those in the arguments of a call before the call, every argument whether it is used
 * or not, of a macro only the branch taken. One walk may go over many expressions, one after the other.
 */
export class CallWalk implements CallPlace {
  readonly #visit: VisitCall;
  #base: Path = [];
  /** From `#base` on. One stack for the whole walk, copied only for who asks; an array that shrinks is made anew. */
  readonly #steps: PathStep[] = [];
  #depth = 0;

  constructor(visit: VisitCall) {
    this.#visit = visit;
  }

  /** @param path where the expression stands; with `key`, a step further. */
  over(expression: Expression, path: Path, key?: string): void {
    if (!hasCalls(expression)) return;
    this.#base = path;
    this.#depth = 0;
    if (key !== undefined) this.#push(key);
    this.#node(expression);
  }

  path(): Path {
    const base = this.#base;
    // Of its length from the beginning: every edge of a large graph keeps one.
    const path = new Array<PathStep>(base.length + this.#depth);
    for (let i = 0; i < base.length; i++) path[i] = base[i] as PathStep;
    for (let i = 0; i < this.#depth; i++) path[base.length + i] = this.#steps[i] as PathStep;
    return path;
  }

  #push(step: PathStep): void {
    this.#steps[this.#depth++] = step;
  }

  #node(node: Expression): void {
    if (node instanceof Call) this.#call(node);
    else if (!holdsCalls(node)) return;
    else if (node instanceof Map) {
      const map = node as ReadonlyMap<Value, Expression>;
      for (const key of map.keys()) this.#at(map.get(key) as Expression, key);
    } else
      for (let i = 0; i < (node as ExpressionList).length; i++) this.#at((node as ExpressionList)[i] as Expression, i);
  }

  #at(node: Expression, step: Value): void {
    if (typeof node !== 'object') return;
    this.#push(step);
    this.#node(node);
    this.#depth--;
  }

  #call(call: Call): void {
    this.#push(call.name);
    if (call.branch === undefined) this.#node(call.args);
    else this.#at(call.args, call.branch);
    this.#visit(call, this);
    this.#depth--;
  }
}
