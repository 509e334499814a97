import { at, type Diagnostic, type HeatStage, type Locator, type Path } from './diagnostic.ts';

/** Messages of the functions room: diagnostics first, then the texts of the errors that functions raise. */

interface Problem {
  readonly path: Path;
  readonly functionName: string;
  readonly error: { readonly message: string };
  readonly heat: string;
  readonly expected: string;
}

/** A call that Heat's parser refuses, or whose references cannot be resolved. */
export function functionRefused(locator: Locator, problem: Problem, stage: HeatStage): Diagnostic {
  return { code: 'FUNCTION_ARGUMENTS', ...about(locator, problem), stage };
}

/** A call that is parsed, but does not pass Heat's validation. */
export function functionInvalid(locator: Locator, problem: Problem): Diagnostic {
  return { code: 'FUNCTION_INVALID', ...about(locator, problem), stage: 'validate' };
}

function about(locator: Locator, problem: Problem): Omit<Diagnostic, 'code' | 'stage'> {
  const { functionName, error, heat, expected } = problem;
  return {
    severity: 'error',
    message: error.message,
    ...at(locator, problem.path),
    ...(expected === '' ? {} : { expected: `${functionName}: ${expected}` }),
    heat,
  };
}

/** `what` is a part of the call: `its arguments`, `the delimiter`. */
export function wrongType(functionName: string, what: string, expected: string, found: string): string {
  return `In ${functionName}, ${what} must be ${expected}, not ${found}.`;
}

export function wrongCount(functionName: string, expected: string, found: number): string {
  return `${functionName} takes ${expected}, not ${found}.`;
}

export function noArguments(functionName: string): string {
  return `${functionName} has no arguments.`;
}

export function missingKeys(functionName: string, keys: readonly string[]): string {
  return `${functionName} lacks ${keys.join(', ')}.`;
}

export function unknownKeys(functionName: string, keys: readonly string[]): string {
  return `${functionName} does not know ${keys.join(', ')}.`;
}

export function notOneOf(functionName: string, allowed: readonly string[]): string {
  return `${functionName} takes one of ${allowed.join(', ')}.`;
}

export function removedFunction(functionName: string): string {
  return `This version of HOT no longer has ${functionName}.`;
}

export function notInConditions(functionName: string): string {
  return `${functionName} cannot be used in a condition.`;
}

export function unknownResource(name: string): string {
  return `There is no resource ${name} to refer to.`;
}

export function unknownParameterOrResource(name: string): string {
  return `There is no parameter and no resource ${name} to refer to.`;
}

export function unknownAttribute(resource: string, attribute: string): string {
  return `The resource ${resource} has no attribute ${attribute}.`;
}

export function unusableName(type: string, shown: string): string {
  return `A ${type} cannot be the name of a resource: ${shown}`;
}

export function unhashableKey(type: string): string {
  return `A ${type} cannot be a key.`;
}

export function notSubscriptable(type: string): string {
  return `Nothing can be selected from a ${type}.`;
}

export function noSuchKey(shown: string): string {
  return `There is no key ${shown}.`;
}

export function noSuchIndex(shown: string): string {
  return `There is no item ${shown}.`;
}

export function wrongIndexType(type: string): string {
  return `An index must be an integer, not a ${type}.`;
}

export function notText(functionName: string, type: string): string {
  return `${functionName} works on a text, not on a ${type}.`;
}

export function emptySeparator(functionName: string): string {
  return `${functionName} cannot split at an empty text.`;
}

export function unusedParams(functionName: string, names: readonly string[]): string {
  return `${functionName} has params that its template does not contain: ${names.join(', ')}.`;
}

export function emptyParam(functionName: string, name: string): string {
  return `In ${functionName}, the value of the param ${name} is empty.`;
}

export function unserialisable(functionName: string, why: string): string {
  return `${functionName} cannot write a value as JSON: ${why}`;
}

export function invalidJson(functionName: string): string {
  return `${functionName} got a text that is not JSON.`;
}

export function missingFile(functionName: string, key: string): string {
  return `${functionName} finds no file '${key}'.`;
}

export function keyCollision(functionName: string, shown: string, where: 'input' | 'output'): string {
  return `In ${functionName}, the replacement ${shown} is already a key of the ${where}.`;
}

export function differentLengths(functionName: string): string {
  return `${functionName} without permutations needs lists of one length in for_each.`;
}

export function emptyForEach(functionName: string): string {
  return `The for_each of ${functionName} is empty.`;
}

export function tooManyItems(functionName: string, limit: number): string {
  return `${functionName} would make more than ${limit} items.`;
}

export function unknownAlgorithm(functionName: string, name: string, known: readonly string[]): string {
  return `${functionName} does not know the algorithm '${name}'; it knows ${known.join(', ')}.`;
}

export function digestNeedsLength(functionName: string, name: string): string {
  return `${functionName} cannot use '${name}': its digest has no length of its own.`;
}

export function notEncodable(functionName: string, encoding: string): string {
  return `${functionName} got a character that ${encoding} does not have.`;
}

export function invalidIndex(functionName: string, shown: string): string {
  return `In ${functionName}, ${shown} is not an index.`;
}

export function indexOutOfRange(functionName: string, last: number): string {
  return `The index of ${functionName} must be between 0 and ${last}.`;
}

export function invalidPort(functionName: string, shown: string): string {
  return `In ${functionName}, the port ${shown} is not a number from 1 to 65535.`;
}

export function colonInScheme(functionName: string): string {
  return `In ${functionName}, the scheme must not contain a colon.`;
}

export function notAPair(functionName: string, shown: string): string {
  return `${functionName} expects items of the form name=value, not ${shown}.`;
}

export function tooLarge(functionName: string, deep: boolean): string {
  return deep ? `${functionName} is nested too deeply.` : `What ${functionName} makes is too large.`;
}

export function textTooLong(functionName: string, limit: number): string {
  return `${functionName} makes a text of more than ${limit} characters.`;
}
