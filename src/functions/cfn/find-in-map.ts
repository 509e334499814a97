import {
  noSuchIndex,
  noSuchKey,
  notSubscriptable,
  unhashableKey,
  wrongIndexType,
} from '../../diagnostics/functions.ts';
import { hashable } from '../../values/equality.ts';
import { subscript } from '../../values/subscript.ts';
import { repr } from '../../values/text.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { unpack } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import type { Expression, FunctionDefinition } from '../expression.ts';
import { isPythonError, PythonError } from '../python-error.ts';

/** `Fn::FindInMap: [mapping, key, value]`, in the Mappings of the template. Mirrors FindInMap. */
export const FIND_IN_MAP: FunctionDefinition<readonly Expression[]> = Object.freeze<
  FunctionDefinition<readonly Expression[]>
>({
  heatClass: 'FindInMap',
  form: '[name of a mapping, key, name of a value]',
  parse(args, name) {
    try {
      return unpack(args, 3, name);
    } catch (error) {
      if (isPythonError(error, 'ValueError')) throw new PythonError('KeyError', error.message);
      throw error;
    }
  },
  evaluate({ state }, runtime) {
    const [name, key, value] = state as readonly [Expression, Expression, Expression];
    const mapping = select(runtime.mappings(), evaluate(name, runtime));
    const [resolvedKey, resolvedValue] = [evaluate(key, runtime), evaluate(value, runtime)];
    return select(select(mapping, resolvedKey), resolvedValue);
  },
});

/** Python's `collection[key]`. @throws PythonError KeyError, IndexError, TypeError */
function select(collection: Value, key: Value): Value {
  const found = subscript(collection, key);
  if (!('failure' in found)) return found.value;
  switch (found.failure) {
    case 'KeyError':
      throw new PythonError('KeyError', noSuchKey(repr(key)));
    case 'IndexError':
      throw new PythonError('IndexError', noSuchIndex(repr(key)));
    default:
      throw new PythonError('TypeError', whyNot(collection, key));
  }
}

function whyNot(collection: Value, key: Value): string {
  if (isMap(collection) && !hashable(key)) return unhashableKey(typeName(key));
  const indexed = isList(collection) || typeof collection === 'string';
  return indexed ? wrongIndexType(typeName(key)) : notSubscriptable(typeName(collection));
}
