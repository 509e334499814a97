import { wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { equals } from '../../values/equality.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, expressionType, type FunctionDefinition, isExpressionList } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/** `equals: [value, value]`, compared as Python does: `1`, `1.0` and `true` are equal. Mirrors Equals. */
export const EQUALS: FunctionDefinition<readonly [Expression, Expression]> = Object.freeze<
  FunctionDefinition<readonly [Expression, Expression]>
>({
  heatClass: 'Equals',
  form: '[value, value]',
  parse(args, name) {
    if (!isExpressionList(args)) {
      throw new PythonError('ValueError', wrongType(name, 'its arguments', 'a list', expressionType(args)));
    }
    if (args.length !== 2) throw new PythonError('ValueError', wrongCount(name, 'two values', args.length));
    return args as unknown as readonly [Expression, Expression];
  },
  evaluate: ({ state: [left, right] }, runtime) => equals(evaluate(left, runtime), evaluate(right, runtime)),
});
