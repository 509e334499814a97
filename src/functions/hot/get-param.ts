import { noArguments, wrongType } from '../../diagnostics/functions.ts';
import { truthy } from '../../values/equality.ts';
import { parseInteger } from '../../values/number-text.ts';
import { subscript } from '../../values/subscript.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { isPathStep } from '../path-step.ts';
import { PythonError } from '../python-error.ts';

/** `get_param: name` or `[name, key or index, ...]`; a path that leads nowhere gives `''`. Mirrors GetParam. */
export const GET_PARAM: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'GetParam',
  form: 'name, or [name, key or index, ...]',
  evaluate({ name: functionName, args }, runtime) {
    const resolved = evaluate(args, runtime);
    if (!truthy(resolved)) throw new PythonError('ValueError', noArguments(functionName));
    if (typeof resolved !== 'string' && !isList(resolved)) {
      throw new PythonError(
        'TypeError',
        wrongType(functionName, 'its argument', 'a text or a list', typeName(resolved)),
      );
    }
    const [name, ...path] = typeof resolved === 'string' ? [resolved] : resolved;
    if (typeof name !== 'string') {
      throw new PythonError('TypeError', wrongType(functionName, 'the name', 'a text', typeName(name as Value)));
    }
    return selectFrom(runtime.parameter(name), path);
  },
});

function selectFrom(value: Value, path: readonly Value[]): Value {
  let selected = value;
  for (const step of path) {
    const key = keyFor(selected, step);
    const found = key === undefined ? undefined : subscript(selected, key);
    if (found === undefined || 'failure' in found) return '';
    selected = found.value;
  }
  return selected;
}

/** The key to use: text that reads as an integer is an index of a list or of text. */
function keyFor(collection: Value, step: Value): Value | undefined {
  if (!isPathStep(step)) return undefined;
  return typeof step === 'string' && !isMap(collection) ? parseInteger(step) : step;
}
