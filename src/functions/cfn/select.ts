import { invalidJson, wrongType } from '../../diagnostics/functions.ts';
import { lookup } from '../../values/equality.ts';
import { JsonError, loadJson } from '../../values/load-json.ts';
import { subscript } from '../../values/subscript.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { unpack } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import type { Expression, FunctionDefinition } from '../expression.ts';
import { isPythonError, PythonError } from '../python-error.ts';
import { pythonInt } from '../python-int.ts';

/**
 * `Fn::Select: [index, list]` or `[key, map]`; the collection can be JSON text, nothing selected is `''`. Mirrors
 * Select.
 */
export const SELECT: FunctionDefinition<readonly Expression[]> = Object.freeze<
  FunctionDefinition<readonly Expression[]>
>({
  heatClass: 'Select',
  form: '[index, list], or [key, map]',
  parse: (args, name) => unpack(args, 2, name),
  evaluate({ name, state }, runtime) {
    const key = evaluate(state[0] as Expression, runtime);
    const resolved = evaluate(state[1] as Expression, runtime);
    // What is not known yet is often an empty text.
    if (resolved === '') return '';
    const collection = typeof resolved === 'string' ? readJson(name, resolved) : resolved;
    if (isMap(collection)) {
      if (typeof key !== 'string')
        throw new PythonError('TypeError', wrongType(name, 'the key', 'a text', typeName(key)));
      return lookup(collection, key) ?? (collection.has(key) ? null : '');
    }
    const index = asIndex(key);
    if (isList(collection)) return selectItem(name, collection, index);
    if (collection === null) return '';
    throw new PythonError('TypeError', wrongType(name, 'the second argument', 'a list or a map', typeName(collection)));
  },
});

function readJson(name: string, text: string): Value {
  try {
    return loadJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new PythonError('ValueError', invalidJson(name));
    throw error;
  }
}

/** The key as an integer where Python can make one of it. */
function asIndex(key: Value): Value {
  try {
    return pythonInt(key, () => '');
  } catch (error) {
    if (isPythonError(error, 'ValueError', 'TypeError')) return key;
    throw error;
  }
}

function selectItem(name: string, list: readonly Value[], index: Value): Value {
  const found = subscript(list, index);
  if (!('failure' in found)) return found.value;
  if (found.failure === 'IndexError') return '';
  throw new PythonError('TypeError', wrongType(name, 'the index', 'an integer', typeName(index)));
}
