import { wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { listHas } from '../../values/equality.ts';
import { isList, typeName } from '../../values/value.ts';
import { requireList } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import type { Expression, FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/** `contains: [value, list or text]`. Mirrors Contains. */
export const CONTAINS: FunctionDefinition<readonly Expression[]> = Object.freeze<
  FunctionDefinition<readonly Expression[]>
>({
  heatClass: 'Contains',
  form: '[value, list or text]',
  parse(args, name) {
    const list = requireList(args, name);
    if (list.length === 2) return list;
    const type = list.length === 0 ? 'TypeError' : 'ValueError';
    throw new PythonError(type, wrongCount(name, 'a value and a list', list.length));
  },
  evaluate({ name, state }, runtime) {
    const value = evaluate(state[0] as Expression, runtime);
    const sequence = evaluate(state[1] as Expression, runtime);
    if (isList(sequence)) return listHas(sequence, value);
    if (typeof sequence !== 'string') {
      throw new PythonError(
        'TypeError',
        wrongType(name, 'the second argument', 'a list or a text', typeName(sequence)),
      );
    }
    if (typeof value === 'string') return sequence.includes(value);
    throw new PythonError('TypeError', wrongType(name, 'what to find in a text', 'a text', typeName(value)));
  },
});
