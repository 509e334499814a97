import { at, type Diagnostic, type Locator, type Path } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages of the template room. */

export function missingVersion(locator: Locator, keys: readonly string[]): Diagnostic {
  return {
    code: 'TEMPLATE_VERSION_MISSING',
    severity: 'error',
    message: 'The template does not state its version.',
    ...at(locator, []),
    expected: `one of the keys ${keys.join(', ')}, with text as its value`,
    hint: "Add a line such as 'heat_template_version: 2021-04-16' at the top.",
    heat: 'InvalidTemplateVersion',
    stage: 'template',
  };
}

export function duplicatedVersion(locator: Locator, keys: readonly string[]): Diagnostic {
  return {
    code: 'TEMPLATE_VERSION_AMBIGUOUS',
    severity: 'error',
    message: `The template states its version more than once: ${keys.join(', ')}.`,
    ...at(locator, [keys[1] as string], 'key'),
    expected: 'one version',
    hint: 'Remove all but one of these keys.',
    related: keys.map((key) => ({ message: 'stated here', ...onlyPlace(locator, [key]) })),
    heat: 'InvalidTemplateVersion',
    stage: 'template',
  };
}

export function unknownVersion(locator: Locator, key: string, value: string, known: readonly string[]): Diagnostic {
  return {
    code: 'TEMPLATE_VERSION_UNKNOWN',
    severity: 'error',
    message: `'${value}' is no ${key}.`,
    ...at(locator, [key]),
    expected: `one of ${known.join(', ')}`,
    ...didYouMean(value, known),
    heat: 'InvalidTemplateVersion',
    stage: 'template',
  };
}

/** Heat finds it only when it validates: the graph can be had nevertheless. */
export function unknownSection(locator: Locator, name: string, known: readonly string[], since?: string): Diagnostic {
  return {
    code: 'SECTION_UNKNOWN',
    severity: 'error',
    message: `A template of this version has no section '${name}'.`,
    ...at(locator, [name], 'key'),
    expected: `one of ${known.join(', ')}`,
    ...(since === undefined ? didYouMean(name, known) : { hint: `There is one since ${since}.` }),
    heat: 'InvalidTemplateSection',
    stage: 'template',
    onValidation: true,
  };
}

export function sectionNotAMap(
  locator: Locator,
  name: string,
  found: string,
  stage: 'template' | 'parameters' | 'outputs',
): Diagnostic {
  return {
    code: 'SECTION_NOT_A_MAP',
    severity: 'error',
    message: `The section '${name}' is a ${found}.`,
    ...at(locator, [name]),
    expected: 'a map: a name, a colon, and its definition, for each entry',
    heat: 'AttributeError',
    stage,
    ...(stage === 'outputs' ? { onValidation: true } : {}),
  };
}

export function onlyPlace(locator: Locator, path: Path): { place?: NonNullable<Diagnostic['place']> } {
  const place = locator.locate(path, 'key');
  return place === undefined ? {} : { place };
}
