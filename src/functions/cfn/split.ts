import { wrongType } from '../../diagnostics/functions.ts';
import { typeName } from '../../values/value.ts';
import { unpack } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, expressionType, type FunctionDefinition, isExpressionMap } from '../expression.ts';
import { PythonError } from '../python-error.ts';
import { splitText } from '../split-text.ts';

/** `Fn::Split: [delimiter, text]`; the delimiter must be written out, not computed. Mirrors Split. */
export const SPLIT: FunctionDefinition<readonly Expression[]> = Object.freeze<
  FunctionDefinition<readonly Expression[]>
>({
  heatClass: 'Split',
  form: '[delimiter, text]',
  parse(args, name) {
    if (typeof args === 'string' || isExpressionMap(args)) {
      throw new PythonError('TypeError', wrongType(name, 'its arguments', 'a list', expressionType(args)));
    }
    return unpack(args, 2, name);
  },
  evaluate({ name, state }, runtime) {
    const delimiter = state[0] as Expression;
    const text = evaluate(state[1] as Expression, runtime);
    if (typeof delimiter !== 'string') {
      throw new PythonError('TypeError', wrongType(name, 'the delimiter', 'a text', expressionType(delimiter)));
    }
    if (typeof text !== 'string') {
      throw new PythonError('TypeError', wrongType(name, 'what to split', 'a text', typeName(text)));
    }
    return splitText(name, text, delimiter);
  },
});
