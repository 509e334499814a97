import type { Path } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import type { ReferenceKind } from './definition.ts';
import type { Call, Expression } from './expression.ts';
import type { FunctionProblem } from './parse.ts';
import { PythonError } from './python-error.ts';
import { resourceName } from './resource-lookup.ts';
import type { Runtime } from './runtime.ts';
import { forEachCall } from './walk.ts';

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
  forEachCall(expression, path, (call, at) => {
    const { kind } = call.definition;
    if (kind === undefined) return;
    let name: Value;
    try {
      name = resourceName(call, runtime);
    } catch (error) {
      if (!(error instanceof PythonError) || report === undefined) throw error;
      const { form: expected } = call.definition;
      report({ path: at.path(), functionName: call.name, error, heat: error.type, expected });
      return;
    }
    const attribute = attributeOf(call, runtime);
    visit(attribute === undefined ? { kind, name, path: at.path() } : { kind, name, attribute, path: at.path() });
  });
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
  const found = ({ name, attribute }: Reference): void => {
    if (attribute !== undefined) visit(name, attribute);
  };
  references(expression, runtime, [], found, () => {});
}
