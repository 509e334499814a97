import type { Path, PathStep } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import { Call, type Expression, ExpressionList, ExpressionMap } from './expression.ts';
import type { FunctionProblem } from './parse.ts';
import { PythonError } from './python-error.ts';
import type { Runtime } from './runtime.ts';

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
  const steps: PathStep[] = [...path];
  const visit = (node: Expression): void => {
    if (node instanceof Call) visitCall(node);
    else if (node instanceof ExpressionMap)
      node.forEach((item, key) => {
        visitAt(item, key);
      });
    else if (node instanceof ExpressionList)
      node.forEach((item, index) => {
        visitAt(item, index);
      });
  };
  const visitAt = (node: Expression, step: Value): void => {
    steps.push(step);
    visit(node);
    steps.pop();
  };
  const visitCall = (call: Call): void => {
    const depth = steps.length;
    steps.push(call.name);
    if (call.branch !== undefined) steps.push(call.branch);
    visit(call.args);
    steps.length = depth + 1;
    try {
      call.definition.validate?.(call, context);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      const { form: expected } = call.definition;
      report({ path: [...steps], functionName: call.name, error, heat: 'StackValidationFailed', expected });
    }
    steps.length = depth;
  };
  visit(expression);
}
