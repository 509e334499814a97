import { at, type Diagnostic, type Locator, type Path } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages about the graph of a stack. */

export function unknownReference(locator: Locator, path: Path, name: string, names: Iterable<string>): Diagnostic {
  return {
    code: 'REFERENCE_UNKNOWN',
    severity: 'error',
    message: `There is no resource '${name}'.`,
    ...at(locator, path),
    expected: 'the name of a resource of this template',
    ...didYouMean(name, names),
    heat: 'InvalidTemplateReference',
    stage: 'dependencies',
  };
}

export function referenceToParameter(locator: Locator, path: Path, name: string): Diagnostic {
  return {
    ...unknownReference(locator, path, name, []),
    hint: `'${name}' is a parameter: use get_param.`,
  };
}

export function disabledReference(locator: Locator, path: Path, name: string, condition: Path): Diagnostic {
  const place = locator.locate(condition);
  return {
    code: 'REFERENCE_DISABLED',
    severity: 'error',
    message: `The resource '${name}' is not there: its condition is false.`,
    ...at(locator, path),
    expected: 'a resource whose condition is true whenever that of the one that refers to it is',
    hint: "Choose by the same condition with 'if', or give both resources the same condition.",
    related: [{ message: 'its condition', ...(place === undefined ? {} : { place }) }],
    heat: 'InvalidTemplateReference',
    stage: 'dependencies',
  };
}

export function externalWithDependsOn(locator: Locator, path: Path, name: string): Diagnostic {
  return {
    code: 'EXTERNAL_WITH_DEPENDS_ON',
    severity: 'error',
    message: `The resource '${name}' is an external one: it exists already, and can not depend on others.`,
    ...at(locator, path),
    expected: 'either an external id or dependencies',
    heat: 'InvalidExternalResourceDependency',
    stage: 'dependencies',
  };
}

export function implicitRuleRefused(
  locator: Locator,
  path: Path,
  name: string,
  message: string,
  heat: string,
): Diagnostic {
  return {
    code: 'PROPERTY_AMBIGUOUS',
    severity: 'error',
    message: `The properties of '${name}' can not be read: ${message}.`,
    ...at(locator, path),
    expected: 'a valid value',
    heat,
    stage: 'dependencies',
  };
}
