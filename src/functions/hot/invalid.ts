import { notInConditions } from '../../diagnostics/functions.ts';
import type { FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/** What a function that conditions may not use is while a condition is parsed. Mirrors `function.Invalid`. */
export const INVALID: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'Invalid',
  form: '',
  parse(_args, name) {
    throw new PythonError('ValueError', notInConditions(name));
  },
  evaluate: () => null,
});
