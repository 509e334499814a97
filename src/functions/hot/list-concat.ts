import { wrongType } from '../../diagnostics/functions.ts';
import { Membership } from '../../values/membership.ts';
import { isList, typeName, type Value } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/** `list_concat: [list, ...]`; null is an empty list. Mirrors ListConcat. */
export const LIST_CONCAT: FunctionDefinition = concatFunction('ListConcat', (items) => items);

/** `list_concat_unique`: of equal items the first alone. Mirrors ListConcatUnique. */
export const LIST_CONCAT_UNIQUE: FunctionDefinition = concatFunction('ListConcatUnique', (items) => {
  const seen = new Membership();
  return items.filter((item) => {
    if (seen.has(item)) return false;
    seen.add(item);
    return true;
  });
});

function concatFunction(heatClass: string, finish: (items: Value[]) => Value[]): FunctionDefinition {
  return Object.freeze<FunctionDefinition>({
    heatClass,
    form: '[list, ...]',
    evaluate({ name, args }, runtime) {
      const lists = evaluate(args, runtime);
      if (!isList(lists))
        throw new PythonError('TypeError', wrongType(name, 'its arguments', 'a list', typeName(lists)));
      const items: Value[] = [];
      for (const list of lists) {
        if (list === null) continue;
        if (!isList(list)) throw new PythonError('TypeError', wrongType(name, 'an item', 'a list', typeName(list)));
        for (const item of list) items.push(item);
      }
      return finish(items);
    },
  });
}
