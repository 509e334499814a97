import { emptySeparator, wrongType } from '../diagnostics/functions.ts';
import { splitAtSpaces } from '../values/text-operations.ts';
import { typeName, type Value } from '../values/value.ts';
import { PythonError } from './python-error.ts';

/** Python's `text.split(delimiter)`. @throws PythonError TypeError, ValueError for an empty delimiter */
export function splitText(name: string, text: string, delimiter: Value): string[] {
  if (delimiter === null) return splitAtSpaces(text);
  if (typeof delimiter !== 'string') {
    throw new PythonError('TypeError', wrongType(name, 'the delimiter', 'a text', typeName(delimiter)));
  }
  if (delimiter === '') throw new PythonError('ValueError', emptySeparator(name));
  return text.split(delimiter);
}
