import { at, type Diagnostic, type Locator, type Path } from './diagnostic.ts';

/** Messages about graphs that start from what is there. */

export function adoptWithoutId(locator: Locator, path: Path, name: string): Diagnostic {
  return {
    code: 'ADOPT_WITHOUT_ID',
    severity: 'error',
    message: `There is nothing that '${name}' could take over.`,
    ...at(locator, path),
    expected: 'a state that has the physical id of each resource',
    hint: 'Take the resource out of the template, adopt, and put it in again with an update.',
    heat: 'ResourceFailure',
  };
}
