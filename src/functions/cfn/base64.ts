import { wrongType } from '../../diagnostics/functions.ts';
import { typeName } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/** `Fn::Base64: text` gives the text as it is: Heat takes user data in plain text. Mirrors Base64. */
export const BASE64: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'Base64',
  form: 'a text',
  evaluate({ name, args }, runtime) {
    const text = evaluate(args, runtime);
    if (typeof text === 'string') return text;
    throw new PythonError('TypeError', wrongType(name, 'its argument', 'a text', typeName(text)));
  },
});
