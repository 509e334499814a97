import { wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { isList, type Value } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, expressionType, type FunctionDefinition, isExpressionList } from '../expression.ts';
import { PythonError } from '../python-error.ts';
import type { Runtime } from '../runtime.ts';

/** `and: [condition, condition, ...]`; names behind the first false one are not looked up. Mirrors And. */
export const AND: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'And',
  form: '[condition, condition, ...]',
  parse: requireConditions,
  evaluate: ({ args }, runtime) => conditions(args, runtime).every((condition) => conditionHolds(condition, runtime)),
});

/** `or: [condition, condition, ...]`; names behind the first true one are not looked up. Mirrors Or. */
export const OR: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'Or',
  form: '[condition, condition, ...]',
  parse: requireConditions,
  evaluate: ({ args }, runtime) => conditions(args, runtime).some((condition) => conditionHolds(condition, runtime)),
});

function requireConditions(args: Expression, name: string): void {
  if (!isExpressionList(args)) {
    throw new PythonError('ValueError', wrongType(name, 'its arguments', 'a list of conditions', expressionType(args)));
  }
  if (args.length < 2) throw new PythonError('ValueError', wrongCount(name, 'at least two conditions', args.length));
}

function conditions(args: Expression, runtime: Runtime): readonly Value[] {
  const list = evaluate(args, runtime);
  return isList(list) ? list : [];
}

/** A boolean, or the condition of that name. @throws PythonError ValueError for an unknown name. */
export function conditionHolds(condition: Value, runtime: Runtime): boolean {
  return typeof condition === 'boolean' ? condition : runtime.condition(condition);
}
