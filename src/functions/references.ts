import type { Path } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import type { Call, Expression, ReferenceKind } from './expression.ts';
import type { FunctionProblem } from './parse.ts';
import { PythonError } from './python-error.ts';
import { resourceName } from './resource-lookup.ts';
import type { Runtime } from './runtime.ts';
import { type CallPlace, CallWalk } from './walk.ts';

/** A place that refers to a resource. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** The name as resolved; nobody has looked yet whether there is such a resource. */
  readonly name: Value;
  /** Of the arguments: ends with the name of the function. */
  readonly path: Path;
}

/** Finds the references in an expression that stands at `path`; with `key`, a step further. */
export type FindReferences = (expression: Expression, path: Path, key?: string) => void;

/**
 * Every reference to a resource, in the order of Heat's `Function.dependencies`: those in the arguments of a call
 * before the call's own, every argument searched whether it is used or not, of a macro only the branch taken.
 *
 * @param report where a name cannot be resolved or cannot be a name; without it the first such PythonError is thrown.
 */
export function referenceFinder(
  runtime: Runtime,
  visit: (reference: Reference) => void,
  report?: (problem: FunctionProblem) => void,
): FindReferences {
  const walk = new CallWalk((call, at) => {
    const { kind } = call.definition;
    if (kind === undefined) return;
    const name = nameOf(call, at, runtime, report);
    if (name !== undefined) visit({ kind, name, path: at.path() });
  });
  return (expression, path, key) => walk.over(expression, path, key);
}

/**
 * The references of one expression, as `referenceFinder` finds them.
 *
 * @throws PythonError UserParameterMissing, TypeError (a name that is a list or map), ... without `report`.
 */
export function references(
  expression: Expression,
  runtime: Runtime,
  path: Path,
  visit: (reference: Reference) => void,
  report?: (problem: FunctionProblem) => void,
): void {
  referenceFinder(runtime, visit, report)(expression, path);
}

function nameOf(
  call: Call,
  at: CallPlace,
  runtime: Runtime,
  report: ((problem: FunctionProblem) => void) | undefined,
): Value | undefined {
  try {
    return resourceName(call, runtime);
  } catch (error) {
    if (!(error instanceof PythonError) || report === undefined) throw error;
    const { form: expected } = call.definition;
    report({ path: at.path(), functionName: call.name, error, heat: error.type, expected });
    return undefined;
  }
}

/** The attribute that a call needs; undefined when it cannot be told yet. Heat ignores failures here as well. */
export function attributeOf(call: Call, runtime: Runtime): readonly Value[] | undefined {
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
  const walk = new CallWalk((call, at) => {
    if (call.definition.attribute === undefined) return;
    const name = nameOf(call, at, runtime, () => {});
    const attribute = name === undefined ? undefined : attributeOf(call, runtime);
    if (name !== undefined && attribute !== undefined) visit(name, attribute);
  });
  walk.over(expression, []);
}
