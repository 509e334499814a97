import { unserialisable } from '../diagnostics/functions.ts';
import { dumpJson, NotSerialisable } from '../values/dump-json.ts';
import type { Value } from '../values/value.ts';
import { PythonError } from './python-error.ts';

/** JSON as functions print it: keys sorted. @throws PythonError TypeError */
export function toJson(functionName: string, value: Value): string {
  try {
    return dumpJson(value, true);
  } catch (error) {
    if (!(error instanceof NotSerialisable)) throw error;
    throw new PythonError('TypeError', unserialisable(functionName, error.message));
  }
}
