import { wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { truthy } from '../../values/equality.ts';
import { Membership } from '../../values/membership.ts';
import { isList, typeName } from '../../values/value.ts';
import { requireList } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import type { Expression, FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

interface FilterCall {
  readonly values: Expression;
  readonly sequence: Expression;
}

/** `filter: [values, list]`: the list without the values. Mirrors Filter. */
export const FILTER: FunctionDefinition<FilterCall> = Object.freeze<FunctionDefinition<FilterCall>>({
  heatClass: 'Filter',
  form: '[[value to leave out, ...], list]',
  parse(args, name) {
    const list = requireList(args, name);
    if (list.length !== 2) throw new PythonError('ValueError', wrongCount(name, 'values and a list', list.length));
    const [values, sequence] = list as [Expression, Expression];
    return { values, sequence };
  },
  evaluate({ name, state }, runtime) {
    const sequence = evaluate(state.sequence, runtime);
    if (!truthy(sequence)) return sequence;
    if (!isList(sequence)) {
      throw new PythonError('TypeError', wrongType(name, 'what to filter', 'a list', typeName(sequence)));
    }
    const values = evaluate(state.values, runtime);
    if (!truthy(values)) return sequence;
    if (!isList(values)) throw new PythonError('TypeError', wrongType(name, 'the values', 'a list', typeName(values)));
    const left = new Membership(values);
    return sequence.filter((item) => !left.has(item));
  },
});
