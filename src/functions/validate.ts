import type { Path } from '../diagnostics/diagnostic.ts';
import type { Expression, ValidationContext } from './expression.ts';
import type { FunctionProblem } from './parse.ts';
import { PythonError } from './python-error.ts';
import { CallWalk } from './walk.ts';

/** Checks an expression that stands at `path`; with `key`, a step further. */
export type ValidateExpression = (expression: Expression, path: Path, key?: string) => void;

/**
 * What Heat checks of the calls in an expression when it validates, without the results of resources: every problem,
 * those of the arguments before those of the call. Mirrors `function.validate`.
 */
export function expressionValidator(
  context: ValidationContext,
  report: (problem: FunctionProblem) => void,
): ValidateExpression {
  const walk = new CallWalk((call, at) => {
    try {
      call.definition.validate?.(call, context);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      const { form: expected } = call.definition;
      report({ path: at.path(), functionName: call.name, error, heat: 'StackValidationFailed', expected });
    }
  });
  return (expression, path, key) => walk.over(expression, path, key);
}
