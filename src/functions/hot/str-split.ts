import { indexOutOfRange, invalidIndex, notText, wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { subscript } from '../../values/subscript.ts';
import { repr } from '../../values/text.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { popsFromMap } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import { expressionType, type FunctionDefinition, isExpressionMap } from '../expression.ts';
import { PythonError } from '../python-error.ts';
import { pythonInt } from '../python-int.ts';
import { splitText } from '../split-text.ts';

/** `str_split: [delimiter, text]` or with an index; null text gives null. Mirrors StrSplit. */
export const STR_SPLIT: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'StrSplit',
  form: '[delimiter, text], or [delimiter, text, index]',
  parse(args, name) {
    if (typeof args !== 'string' && !isExpressionMap(args)) return;
    throw new PythonError('TypeError', wrongType(name, 'its arguments', 'a list', expressionType(args)));
  },
  evaluate({ name, args }, runtime) {
    const list = evaluate(args, runtime);
    if (isMap(list)) throw popsFromMap(name);
    if (!isList(list)) throw new PythonError('ValueError', wrongType(name, 'its arguments', 'a list', typeName(list)));
    const [delimiter, text, index] = list;
    if (delimiter === undefined || text === undefined) {
      throw new PythonError('ValueError', wrongCount(name, 'a delimiter and a text', list.length));
    }
    if (text === null) return null;
    if (typeof text !== 'string') throw new PythonError('AttributeError', notText(name, typeName(text)));
    const parts = splitText(name, text, delimiter);
    return index === undefined ? parts : select(name, parts, index);
  },
});

function select(name: string, parts: readonly string[], index: Value): Value {
  const number = pythonInt(index, () => invalidIndex(name, repr(index)));
  const found = subscript(parts, number);
  if ('failure' in found) throw new PythonError('ValueError', indexOutOfRange(name, parts.length - 1));
  return found.value;
}
