import { at, type Diagnostic, type Locator, type Path } from './diagnostic.ts';

/** Messages about writing a stack as plain HOT. */

function refused(locator: Locator, path: Path, code: string, message: string, expected: string): Diagnostic {
  return { code, severity: 'error', message, ...at(locator, path), expected };
}

export function notHot(locator: Locator, key: string): Diagnostic {
  return refused(locator, [key], 'HOT_NOT_HOT', 'This is no HOT template.', 'a template with a heat_template_version');
}

export function hostMissing(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `The component '${name}' is hosted on nothing, and a deployment needs a server.`;
  return refused(locator, path, 'HOT_HOST_MISSING', message, "'hosted_on' with the name of a server");
}

export function typeNotLowered(locator: Locator, path: Path, name: string, type: string): Diagnostic {
  const message = `The component '${name}' is of the type '${type}', for which Heat has no deployment.`;
  const expected = 'OS::Heat::SoftwareConfig, OS::Heat::StructuredConfig or OS::Heat::SoftwareComponent';
  return refused(locator, path, 'HOT_TYPE_UNKNOWN', message, expected);
}

export function structuredConfigs(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `The component '${name}' has configs, which Heat gives to OS::Heat::SoftwareComponent only.`;
  return { ...refused(locator, path, 'HOT_CONFIGS', message, 'scripts, each a map'), severity: 'warning' };
}

export function propertyLost(locator: Locator, path: Path, name: string, property: string): Diagnostic {
  const message = `The property '${property}' of the component '${name}' has no place in plain HOT and is left out.`;
  return { ...refused(locator, path, 'HOT_PROPERTY_LOST', message, 'group, options or config'), severity: 'warning' };
}

export function propertiesAreAFunction(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `The properties of the component '${name}' are a function as a whole.`;
  return refused(locator, path, 'HOT_PROPERTIES', message, 'a map; functions may stand inside');
}

export function userDataFormat(locator: Locator, path: Path, server: string, found: string): Diagnostic {
  const message = `The server '${server}' hosts components and has the user_data_format '${found}'.`;
  return refused(locator, path, 'HOT_USER_DATA_FORMAT', message, 'SOFTWARE_CONFIG, or none');
}

export function outputOfLastStep(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `Heat will look for the output of '${name}' at its last step only: this template version has no yaql.`;
  return {
    ...refused(locator, path, 'HOT_OUTPUT_OF_LAST_STEP', message, 'heat_template_version 2016-10-14 or later'),
    severity: 'warning',
  };
}

export function computedReference(locator: Locator, path: Path): Diagnostic {
  const message = 'The name of what is referred to here is computed; it is left as it is, and must be no component.';
  return { ...refused(locator, path, 'HOT_COMPUTED_REFERENCE', message, 'a name as text'), severity: 'warning' };
}
