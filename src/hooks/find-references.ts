import type { Path } from '../diagnostics/diagnostic.ts';
import type { FunctionTables, ReferenceKind } from '../functions/expression.ts';
import { type FunctionProblem, parseExpression } from '../functions/parse.ts';
import { PythonError } from '../functions/python-error.ts';
import { attributeOf } from '../functions/references.ts';
import { resourceName } from '../functions/resource-lookup.ts';
import type { Runtime } from '../functions/runtime.ts';
import { functionTables } from '../functions/tables.ts';
import { CallWalk } from '../functions/walk.ts';
import type { Scope } from '../graph/task.ts';
import type { Value } from '../values/value.ts';
import { attachRuntime } from './attach-runtime.ts';

/** A reference in an unresolved value. */
export interface FoundReference {
  readonly kind: ReferenceKind;
  readonly name: Value;
  /** Of `get_attr`, as far as it can be told: empty for all attributes. */
  readonly attribute?: readonly Value[] | undefined;
  readonly path: Path;
}

export type RefusedFunction = Pick<FunctionProblem, 'functionName' | 'error' | 'expected' | 'heat'>;

/** Finds what unresolved values of one scope refer to. */
export class ReferenceFinder {
  readonly #scope: Scope;
  readonly #tables: FunctionTables | undefined;
  readonly #runtime: Runtime;

  /** @param isThing whether a name is that of a resource, component or hook of the scope. */
  constructor(scope: Scope, isThing: (name: Value) => boolean) {
    this.#scope = scope;
    this.#tables = functionTables(scope.version);
    this.#runtime = attachRuntime(scope, isThing);
  }

  /** What is wrong with functions for good is given to `refused`. */
  visit(
    value: Value,
    path: Path,
    found: (reference: FoundReference) => void,
    refused: (problem: RefusedFunction) => void = () => {},
  ): void {
    if (typeof value !== 'object' || value === null || this.#tables === undefined) return;
    const runtime = this.#runtime;
    const { parameters } = this.#scope;
    const context = {
      tables: this.#tables,
      runtime,
      declaresResource: (name: Value) => runtime.hasResource(name) || typeof name !== 'string' || !parameters.has(name),
      isEnabled: (name: Value) => runtime.condition(name),
      report: refused,
    };
    const walk = new CallWalk((call, at) => {
      const { kind, form: expected } = call.definition;
      if (kind === undefined) return;
      try {
        found({ kind, name: resourceName(call, runtime), attribute: attributeOf(call, runtime), path: at.path() });
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
        refused({ functionName: call.name, error, expected, heat: error.type });
      }
    });
    walk.over(parseExpression(value, context, path), path);
  }
}
