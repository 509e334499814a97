import type { Path } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import type { Expression } from './expression.ts';
import type { FunctionProblem } from './parse.ts';
import { PythonError } from './python-error.ts';
import type { Runtime } from './runtime.ts';
import { forEachCall } from './walk.ts';

export interface ValidationContext {
  readonly runtime: Runtime;
  /** Whether the type of an enabled resource has that attribute; true when the type is not known. */
  hasAttribute(resource: Value, attribute: Value): boolean;
}

/**
 * What Heat checks of the calls in an expression when it validates, without the results of resources: every problem,
 * those of the arguments before those of the call. Mirrors `function.validate`.
 */
export function validateExpression(
  expression: Expression,
  context: ValidationContext,
  path: Path,
  report: (problem: FunctionProblem) => void,
): void {
  forEachCall(expression, path, (call, at) => {
    try {
      call.definition.validate?.(call, context);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      const { form: expected } = call.definition;
      report({ path: at.path(), functionName: call.name, error, heat: 'StackValidationFailed', expected });
    }
  });
}
