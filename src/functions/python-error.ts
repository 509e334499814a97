/**
 * What Python would raise: a function failed, or refused its arguments. `type` is the name of the exception class, so
 * that whoever catches it can tell as Heat does what to wrap and what to let through.
 */
export class PythonError extends Error {
  /** `ValueError`, `TypeError`, `KeyError`, `InvalidTemplateReference`, `UserParameterMissing`, ... */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'PythonError';
    this.type = type;
  }
}

const BASES: ReadonlyMap<string, string> = new Map([
  ['UnicodeEncodeError', 'ValueError'],
  ['UnicodeDecodeError', 'ValueError'],
  ['JSONDecodeError', 'ValueError'],
]);

/** Python's `isinstance(error, (...))`, for the classes that Heat's code distinguishes. */
export function isPythonError(error: unknown, ...types: readonly string[]): error is PythonError {
  return error instanceof PythonError && isClass(error.type, types);
}

function isClass(type: string, types: readonly string[]): boolean {
  return types.includes(type) || types.includes(BASES.get(type) ?? type);
}

/** The class that Heat's parser raises when a function's constructor raised `error`. Mirrors `template.parse`. */
export function classOfParseError(error: PythonError): string {
  return isClass(error.type, ['ValueError', 'TypeError', 'KeyError']) ? 'StackValidationFailed' : error.type;
}
