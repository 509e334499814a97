import { missingKeys, unknownKeys, wrongType } from '../../diagnostics/functions.ts';
import { str } from '../../values/text.ts';
import { typeName } from '../../values/value.ts';
import { requireMap } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { Call, type Expression, expressionType } from '../expression.ts';
import { PythonError } from '../python-error.ts';

interface YaqlCall {
  readonly expression: Expression;
  readonly data: Expression;
}

/** `yaql: {expression, data}`; the language itself is the runtime's. Mirrors Yaql. */
export const YAQL: FunctionDefinition<YaqlCall> = Object.freeze<FunctionDefinition<YaqlCall>>({
  heatClass: 'Yaql',
  form: '{expression: text, data: value}',
  parse(args, name) {
    const map = requireMap(args, name);
    const expression = map.get('expression');
    if (expression === undefined) throw new PythonError('KeyError', missingKeys(name, ['expression']));
    const unknown = [...map.keys()].filter((key) => key !== 'expression' && key !== 'data');
    if (unknown.length > 0) throw new PythonError('KeyError', unknownKeys(name, unknown.map(str)));
    const data = map.get('data');
    return { expression, data: data === undefined ? new Map() : data };
  },
  validate({ name, state }, context) {
    const { expression } = state;
    if (expression instanceof Call) return;
    if (typeof expression !== 'string') throw notAText(name, expressionType(expression));
    context.runtime.yaqlCheck(expression);
  },
  evaluate({ name, state }, runtime) {
    const expression = evaluate(state.expression, runtime);
    if (typeof expression !== 'string') throw notAText(name, typeName(expression));
    // A bad expression is reported before whatever is wrong with the data.
    runtime.yaqlCheck(expression);
    return runtime.yaql(expression, evaluate(state.data, runtime));
  },
});

function notAText(name: string, found: string): PythonError {
  return new PythonError('TypeError', wrongType(name, 'expression', 'a text', found));
}
