import { noArguments, wrongType } from '../../diagnostics/functions.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, expressionType, type FunctionDefinition, isExpressionList } from '../expression.ts';
import { PythonError } from '../python-error.ts';
import { conditionHolds } from './and-or.ts';

/** `not: condition`. Mirrors Not. */
export const NOT: FunctionDefinition<Expression> = Object.freeze<FunctionDefinition<Expression>>({
  heatClass: 'Not',
  form: 'a condition',
  parse(args, name) {
    if (args === null) throw new PythonError('ValueError', noArguments(name));
    return args;
  },
  evaluate: ({ state }, runtime) => !conditionHolds(evaluate(state, runtime), runtime),
});

/** `Fn::Not: [condition]`. Mirrors the Not of CFN. */
export const FN_NOT: FunctionDefinition<Expression> = Object.freeze<FunctionDefinition<Expression>>({
  ...NOT,
  form: '[condition]',
  parse(args, name) {
    if (isExpressionList(args) && args.length === 1) return args[0] as Expression;
    const found = isExpressionList(args) ? `a list of ${args.length}` : expressionType(args);
    throw new PythonError('ValueError', wrongType(name, 'its arguments', 'a list of one condition', found));
  },
});
