import { at, type Diagnostic, type HeatStage, type Locator, type Path, refusal } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages about conditions, resource definitions and outputs. */

const refused = refusal('StackValidationFailed', 'template');

export function conditionsNotAMap(locator: Locator, path: Path, found: string): Diagnostic {
  return refused(
    locator,
    path,
    'CONDITIONS_NOT_A_MAP',
    `The conditions are a ${found}.`,
    'a map: a name and a condition function for each',
    found === 'NoneType' ? { hint: 'Remove the empty section.' } : {},
  );
}

export function conditionNameNotText(locator: Locator, path: Path, name: string): Diagnostic {
  return refused(locator, path, 'NAME_NOT_TEXT', `The condition '${name}' is not named by text.`, 'text', {
    ...at(locator, path, 'key'),
    hint: `YAML reads it as another type; write it in quotes: '${name}'.`,
    heat: 'TypeError',
  });
}

export function conditionFailed(locator: Locator, path: Path, message: string, heat: string): Diagnostic {
  return refused(
    locator,
    path,
    'CONDITION_INVALID',
    message,
    'the name of a condition, true, false, or a condition function',
    {
      heat,
    },
  );
}

export function conditionUnknown(
  locator: Locator,
  path: Path,
  name: string,
  names: readonly string[],
  stage: HeatStage,
): Diagnostic {
  return refused(
    locator,
    path,
    'CONDITION_UNKNOWN',
    `There is no condition '${name}'.`,
    names.length === 0
      ? 'true or false: the template defines no conditions'
      : `one of ${names.slice(0, 20).join(', ')}`,
    {
      ...didYouMean(name, names),
      stage,
    },
  );
}

export function resourceNameNotText(locator: Locator, path: Path, name: string): Diagnostic {
  return refused(locator, path, 'NAME_NOT_TEXT', `The resource '${name}' is not named by text.`, 'text', {
    ...at(locator, path, 'key'),
    hint: `YAML reads it as another type; write it in quotes: '${name}'.`,
  });
}

export function resourceNotAMap(
  locator: Locator,
  path: Path,
  name: string,
  found: string,
  typeKey: string,
): Diagnostic {
  return refused(
    locator,
    path,
    'RESOURCE_NOT_A_MAP',
    `The resource '${name}' is a ${found}.`,
    `a map with at least the key '${typeKey}'`,
  );
}

export function resourceKeyUnknown(
  locator: Locator,
  path: Path,
  name: string,
  key: string,
  keys: readonly string[],
  since?: string,
): Diagnostic {
  return refused(
    locator,
    path,
    'RESOURCE_KEY_UNKNOWN',
    `The resource '${name}' has the key '${key}', which this template version does not know.`,
    `one of ${keys.join(', ')}`,
    {
      ...at(locator, path, 'key'),
      ...(since === undefined ? didYouMean(key, keys) : { hint: `It is known since ${since}.` }),
    },
  );
}

export function resourceTypeMissing(locator: Locator, path: Path, name: string, key: string): Diagnostic {
  return refused(
    locator,
    path,
    'RESOURCE_TYPE_MISSING',
    `The resource '${name}' has no type.`,
    `the key '${key}' with the name of a resource type`,
    at(locator, path, 'key'),
  );
}

export function resourceFieldType(
  locator: Locator,
  path: Path,
  name: string,
  key: string,
  found: string,
  expected: string,
): Diagnostic {
  return refused(locator, path, 'RESOURCE_FIELD_TYPE', `'${key}' of the resource '${name}' is a ${found}.`, expected);
}

export function deletionPolicyUnknown(
  locator: Locator,
  path: Path,
  found: string,
  known: readonly string[],
): Diagnostic {
  return refused(
    locator,
    path,
    'DELETION_POLICY_UNKNOWN',
    `'${found}' is no deletion policy of this template version.`,
    `one of ${known.join(', ')}`,
    didYouMean(found, known),
  );
}

export function resourceNameSlash(locator: Locator, path: Path, name: string): Diagnostic {
  return refused(
    locator,
    path,
    'RESOURCE_NAME_SLASH',
    `The resource name '${name}' has a slash in it.`,
    "a name without '/', which separates the names of nested stacks",
    {
      ...at(locator, path, 'key'),
      stage: 'resources',
    },
  );
}

export function resourceTypeEmpty(locator: Locator, path: Path, name: string): Diagnostic {
  return refused(
    locator,
    path,
    'RESOURCE_TYPE_EMPTY',
    `The type of the resource '${name}' is empty.`,
    'the name of a resource type',
    {
      stage: 'resources',
    },
  );
}

export function resourceTypeUnknown(
  locator: Locator,
  path: Path,
  type: string,
  similar: readonly string[],
): Diagnostic {
  const hint =
    similar.length === 0
      ? 'Map it in the resource_registry of an environment, add it to the catalog, or accept unknown types.'
      : `Did you mean ${similar.map((one) => `'${one}'`).join(' or ')}?`;
  const expected = 'a resource type that Heat or the environment knows';
  return refused(locator, path, 'RESOURCE_TYPE_UNKNOWN', `There is no resource type '${type}'.`, expected, {
    hint,
    stage: 'resources',
  });
}

/** Heat's plugin looks a property up in the function itself, and dies. */
export function propertiesAreAFunction(
  locator: Locator,
  path: Path,
  name: string,
  type: string,
  functionName: string,
): Diagnostic {
  return refused(
    locator,
    path,
    'PROPERTIES_ARE_A_FUNCTION',
    `The properties of '${name}' are given by '${functionName}' as a whole, and ${type} reads them too early for that.`,
    'a map of properties; functions may stand inside',
    {
      heat: 'TypeError',
      stage: 'resources',
    },
  );
}

export function propertyUnreadable(
  locator: Locator,
  path: Path,
  property: string,
  problem: string,
  heat: string,
): Diagnostic {
  return refused(
    locator,
    path,
    'PROPERTY_INVALID',
    `The property '${property}' is refused: ${problem}.`,
    'a valid value',
    {
      heat,
      stage: 'resources',
    },
  );
}

export function nameTwice(locator: Locator, path: Path, name: string): Diagnostic {
  return refused(
    locator,
    path,
    'NAME_TWICE',
    `A resource and a parameter are both named '${name}'.`,
    'names that differ',
    {
      ...at(locator, path, 'key'),
      stage: 'validate',
    },
  );
}

export function outputInvalid(locator: Locator, path: Path, message: string, expected: string): Diagnostic {
  return refused(locator, path, 'OUTPUT_INVALID', message, expected, { stage: 'outputs' });
}

export function outputNameNotText(locator: Locator, path: Path, name: string): Diagnostic {
  return refused(locator, path, 'NAME_NOT_TEXT', `The output '${name}' is not named by text.`, 'text', {
    ...at(locator, path, 'key'),
    hint: `YAML reads it as another type; write it in quotes: '${name}'.`,
    heat: 'TypeError',
    stage: 'outputs',
  });
}
