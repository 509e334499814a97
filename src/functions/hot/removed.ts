import { removedFunction } from '../../diagnostics/functions.ts';
import type { FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';
import { toValue } from '../to-value.ts';

/**
 * A function of earlier versions: its arguments are searched for references, its value is the call itself, and
 * validation refuses it. Mirrors Removed.
 */
export const REMOVED: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'Removed',
  form: '',
  validate({ name }) {
    throw new PythonError('InvalidTemplateVersion', removedFunction(name));
  },
  evaluate: (call) => toValue(call),
});
