import { at, type Diagnostic, type Locator, type Path } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';
import { unknownSection } from './template.ts';

/** Messages about software components. Heat of today has no such section, so there is no class of its to name. */

function refused(
  locator: Locator,
  path: Path,
  code: string,
  message: string,
  expected: string,
  more: Partial<Diagnostic> = {},
): Diagnostic {
  return { code, severity: 'error', message, ...at(locator, path), expected, ...more };
}

export function componentsOff(locator: Locator, known: readonly string[], possible: boolean): Diagnostic {
  const hint = possible
    ? "Software components are an extension: switch them on with the option 'components: true', on the command line --components."
    : 'Software components can be had in HOT templates only.';
  return { ...unknownSection(locator, 'components', known), hint };
}

export function componentNameNotText(locator: Locator, path: Path, name: string): Diagnostic {
  return refused(locator, path, 'NAME_NOT_TEXT', `The component '${name}' is not named by text.`, 'text', {
    ...at(locator, path, 'key'),
    hint: `YAML reads it as another type; write it in quotes: '${name}'.`,
  });
}

export function componentNameSlash(locator: Locator, path: Path, name: string): Diagnostic {
  const expected = "a name without '/', which separates a component from its steps";
  return refused(locator, path, 'COMPONENT_NAME_SLASH', `The component name '${name}' has a slash in it.`, expected, {
    ...at(locator, path, 'key'),
  });
}

export function componentNameTwice(
  locator: Locator,
  path: Path,
  name: string,
  other: 'resource' | 'parameter',
  otherPath: Path,
): Diagnostic {
  const place = locator.locate(otherPath, 'key');
  const message = `A component and a ${other} are both named '${name}'.`;
  return refused(locator, path, 'NAME_TWICE', message, 'names that differ', {
    ...at(locator, path, 'key'),
    related: [{ message: `the ${other}`, ...(place === undefined ? {} : { place }) }],
  });
}

export function componentNotAMap(locator: Locator, path: Path, name: string, found: string): Diagnostic {
  return refused(locator, path, 'COMPONENT_NOT_A_MAP', `The component '${name}' is a ${found}.`, 'a map');
}

/** A key of a component, a step of its scripts, a kind of relationship, a key of a config. */
export function componentKeyUnknown(
  locator: Locator,
  path: Path,
  name: string,
  what: string,
  key: string,
  known: readonly string[],
): Diagnostic {
  const message = `The component '${name}' has the ${what} '${key}', which is not known.`;
  return refused(locator, path, 'COMPONENT_KEY_UNKNOWN', message, `one of ${known.join(', ')}`, {
    ...at(locator, path, 'key'),
    ...didYouMean(key, known),
  });
}

export function componentFieldType(
  locator: Locator,
  path: Path,
  name: string,
  field: string,
  found: string,
  expected: string,
): Diagnostic {
  return refused(
    locator,
    path,
    'COMPONENT_FIELD_TYPE',
    `'${field}' of the component '${name}' is a ${found}.`,
    expected,
  );
}

export function relationshipInvalid(locator: Locator, path: Path, name: string, keys: number): Diagnostic {
  const message = `A relationship of the component '${name}' has ${keys} keys.`;
  return refused(locator, path, 'COMPONENT_RELATIONSHIP', message, 'a map of one key, such as {hosted_on: server}');
}

export function relatedToItself(locator: Locator, path: Path, name: string, kind: string): Diagnostic {
  const message = `The component '${name}' names itself in ${kind}.`;
  return refused(locator, path, 'COMPONENT_OF_ITSELF', message, 'another component, or a resource');
}

export function relatedTwice(locator: Locator, path: Path, name: string, kind: string, other: string): Diagnostic {
  const message = `The component '${name}' names '${other}' in ${kind} more than once.`;
  return refused(locator, path, 'COMPONENT_RELATED_TWICE', message, 'each name once', { hint: 'Remove this one.' });
}

export function hostedTwice(
  locator: Locator,
  path: Path,
  name: string,
  other: string,
  first: { readonly name: string; readonly path: Path },
): Diagnostic {
  const place = locator.locate(first.path);
  const message = `The component '${name}' is hosted on '${first.name}' already, and here on '${other}'.`;
  return refused(locator, path, 'COMPONENT_HOSTED_TWICE', message, 'one host', {
    hint: 'For several hosts write a component for each.',
    related: [{ message: 'the first one', ...(place === undefined ? {} : { place }) }],
  });
}

export function relatedUnknown(
  locator: Locator,
  path: Path,
  name: string,
  kind: string,
  other: string,
  names: Iterable<string>,
): Diagnostic {
  const message = `The component '${name}' names '${other}' in ${kind}, and there is none.`;
  return refused(locator, path, 'COMPONENT_RELATED_UNKNOWN', message, 'the name of a component or of a resource', {
    ...didYouMean(other, names),
  });
}

export function hostDisabled(
  locator: Locator,
  path: Path,
  name: string,
  host: string,
  conditionPath: Path,
): Diagnostic {
  const place = locator.locate(conditionPath);
  const message = `The component '${name}' is hosted on '${host}', which is not there: its condition is false.`;
  return refused(locator, path, 'REFERENCE_DISABLED', message, 'a host that is there', {
    related: [{ message: 'its condition', ...(place === undefined ? {} : { place }) }],
  });
}

export function scriptsAndConfigs(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `The component '${name}' has both scripts and configs.`;
  return refused(locator, path, 'COMPONENT_SCRIPTS_AND_CONFIGS', message, 'one of them', at(locator, path, 'key'));
}

export function configsEmpty(locator: Locator, path: Path, name: string, field: string): Diagnostic {
  const message = `'${field}' of the component '${name}' is empty.`;
  return refused(locator, path, 'COMPONENT_CONFIGS_EMPTY', message, 'one entry at least');
}

export function toolMissing(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `A config of the component '${name}' does not say which tool applies it.`;
  return refused(locator, path, 'COMPONENT_TOOL_MISSING', message, "the key 'tool', such as 'tool: script'");
}

export function actionTwice(locator: Locator, path: Path, name: string, action: string): Diagnostic {
  const message = `Two configs of the component '${name}' are for ${action}.`;
  return refused(locator, path, 'COMPONENT_ACTION_TWICE', message, 'one config at most for each action');
}

export function refersToItself(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `The component '${name}' refers to itself.`;
  return refused(locator, path, 'COMPONENT_OF_ITSELF', message, 'another component, or a resource', {
    hint: 'A step is given what the steps before it gave: no function is needed.',
  });
}

export function inputAmbiguous(
  locator: Locator,
  path: Path,
  name: string,
  input: string,
  others: readonly [string, string],
): Diagnostic {
  const message = `The component '${name}' is connected to '${others[0]}' and to '${others[1]}', which both give '${input}'.`;
  return refused(locator, path, 'COMPONENT_INPUT_AMBIGUOUS', message, 'one source for each input', {
    hint: `Say which: '${input}: {get_attr: [${others[0]}, ${input}]}' in the inputs.`,
  });
}

export function typeUnknown(locator: Locator, path: Path, type: string, similar: readonly string[]): Diagnostic {
  const hint =
    similar.length === 0
      ? 'Map it in the resource_registry of an environment, add it to the catalog, or accept unknown types.'
      : `Did you mean ${similar.map((one) => `'${one}'`).join(' or ')}?`;
  return refused(
    locator,
    path,
    'RESOURCE_TYPE_UNKNOWN',
    `There is no type '${type}'.`,
    'OS::Heat::SoftwareConfig, OS::Heat::StructuredConfig, OS::Heat::SoftwareComponent, or a type of your own',
    { hint },
  );
}
