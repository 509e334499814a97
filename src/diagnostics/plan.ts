import { at, type Diagnostic, type Locator, type Path } from './diagnostic.ts';

/** Messages about what an update would do. */

export function immutableProperty(locator: Locator, path: Path, resource: string, property: string): Diagnostic {
  return {
    code: 'PROPERTY_IMMUTABLE',
    severity: 'error',
    message: `The property '${property}' of '${resource}' can not be changed once the resource is there.`,
    ...at(locator, path),
    expected: 'the value that it has now',
    hint: 'Give the resource another name: then a new one is made, and the old one deleted.',
    heat: 'NotSupported',
  };
}

export function immutableParameter(locator: Locator, path: Path, name: string): Diagnostic {
  return {
    code: 'PARAMETER_IMMUTABLE',
    severity: 'error',
    message: `The parameter '${name}' is immutable, and has another value than before.`,
    ...at(locator, path),
    expected: 'the value that it had when the stack was made',
    heat: 'ImmutableParameterModified',
  };
}

export function externalIdChanged(locator: Locator, path: Path, resource: string): Diagnostic {
  return {
    code: 'EXTERNAL_ID_CHANGED',
    severity: 'error',
    message: `The external id of '${resource}' can not be changed.`,
    ...at(locator, path),
    expected: 'the external id that it has now',
    hint: 'Take the resource in under another name.',
    heat: 'NotSupported',
  };
}

export function actionRestricted(
  locator: Locator,
  path: Path,
  resource: string,
  action: 'update' | 'replace',
): Diagnostic {
  return {
    code: 'ACTION_RESTRICTED',
    severity: 'error',
    message: `The environment does not let '${resource}' be ${action === 'update' ? 'updated' : 'replaced'}.`,
    ...at(locator, path),
    expected: 'a template that leaves this resource as it is',
    hint: "Take 'restricted_actions' of the resource out of the environment.",
    heat: 'ResourceActionRestricted',
  };
}

export function changeUnreadable(
  locator: Locator,
  path: Path,
  resource: string,
  problem: string,
  heat: string,
): Diagnostic {
  return {
    code: 'CHANGE_UNREADABLE',
    severity: 'error',
    message: `What becomes of '${resource}' can not be told: ${problem}.`,
    ...at(locator, path),
    expected: 'properties that can be read before the update runs',
    heat,
  };
}

/** Of the command line: one line of text. */
export function plansTwo(): string {
  return 'plan takes two files: the template or state that there is, and the template that it is to become';
}
