import { missingFile, wrongType } from '../../diagnostics/functions.ts';
import { typeName } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/** `get_file: key`: the content of a file that was sent along with the template. Mirrors GetFile. */
export const GET_FILE: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'GetFile',
  form: 'the name of a file',
  evaluate({ name, args }, runtime) {
    const key = evaluate(args, runtime);
    if (typeof key !== 'string') {
      throw new PythonError('TypeError', wrongType(name, 'its argument', 'a text', typeName(key)));
    }
    const content = runtime.file(key);
    if (content === undefined) throw new PythonError('ValueError', missingFile(name, key));
    return content;
  },
});
