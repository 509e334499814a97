import type { Path, PathStep } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import type { ReferenceKind } from './definition.ts';
import { Call, type Expression, ExpressionList, ExpressionMap } from './expression.ts';
import type { FunctionProblem } from './parse.ts';
import { PythonError } from './python-error.ts';
import { resourceName } from './resource-lookup.ts';
import type { Runtime } from './runtime.ts';

/** A place that refers to a resource. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** The name as resolved; nobody has looked yet whether there is such a resource. */
  readonly name: Value;
  /** For get_attr: the attribute and, where the version passes it on, the path in it; empty: all attributes. */
  readonly attribute?: readonly Value[];
  /** Of the arguments: ends with the name of the function. */
  readonly path: Path;
}

/**
 * Every reference to a resource, in the order of Heat's `Function.dependencies`: those in the arguments of a call
 * before the call's own, every argument searched whether it is used or not, of a macro only the branch taken.
 *
 * @param report where a name cannot be resolved or cannot be a name; without it the first such PythonError is thrown.
 * @throws PythonError UserParameterMissing, TypeError (a name that is a list or map), ...
 */
export function references(
  expression: Expression,
  runtime: Runtime,
  path: Path,
  visit: (reference: Reference) => void,
  report?: (problem: FunctionProblem) => void,
): void {
  new Walk(runtime, path, visit, report).visit(expression);
}

class Walk {
  readonly #runtime: Runtime;
  readonly #steps: PathStep[];
  readonly #visitor: (reference: Reference) => void;
  readonly #report: ((problem: FunctionProblem) => void) | undefined;

  constructor(
    runtime: Runtime,
    path: Path,
    visitor: (reference: Reference) => void,
    report: ((problem: FunctionProblem) => void) | undefined,
  ) {
    this.#runtime = runtime;
    this.#steps = [...path];
    this.#visitor = visitor;
    this.#report = report;
  }

  visit(node: Expression): void {
    if (typeof node !== 'object' || node === null) return;
    if (node instanceof Call) this.#visitCall(node);
    else if (node instanceof ExpressionMap) for (const [key, item] of node) this.#visitAt(item, key);
    else if (node instanceof ExpressionList)
      for (let i = 0; i < node.length; i++) this.#visitAt(node[i] as Expression, i);
  }

  #visitAt(node: Expression, step: Value): void {
    if (typeof node !== 'object' || node === null) return;
    this.#steps.push(step);
    this.visit(node);
    this.#steps.pop();
  }

  #visitCall(call: Call): void {
    const depth = this.#steps.length;
    this.#steps.push(call.name);
    if (call.branch !== undefined) this.#steps.push(call.branch);
    this.visit(call.args);
    this.#steps.length = depth + 1;
    if (call.definition.kind !== undefined) this.#visitReference(call, call.definition.kind);
    this.#steps.length = depth;
  }

  #visitReference(call: Call, kind: ReferenceKind): void {
    const path = [...this.#steps];
    let name: Value;
    try {
      name = resourceName(call, this.#runtime);
    } catch (error) {
      if (!(error instanceof PythonError) || this.#report === undefined) throw error;
      const { type: heat } = error;
      this.#report({ path, functionName: call.name, error, heat, expected: call.definition.form });
      return;
    }
    const attribute = attributeOf(call, this.#runtime);
    this.#visitor(attribute === undefined ? { kind, name, path } : { kind, name, attribute, path });
  }
}

/** The attribute that a call needs; undefined when it cannot be told yet. Heat ignores failures here as well. */
function attributeOf(call: Call, runtime: Runtime): readonly Value[] | undefined {
  try {
    return call.definition.attribute?.(call, runtime);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

/**
 * The attributes of resources that an expression needs, in Heat's order (`function.all_dep_attrs`): a resource's name
 * and `[attribute, ...path]`, which is empty for all attributes. What cannot be resolved yet is left out.
 */
export function neededAttributes(
  expression: Expression,
  runtime: Runtime,
  visit: (resource: Value, attribute: readonly Value[]) => void,
): void {
  const found = (reference: Reference): void => {
    if (reference.attribute !== undefined) visit(reference.name, reference.attribute);
  };
  references(expression, runtime, [], found, () => {});
}
