import { at, type Diagnostic, type Locator, type Path, refusal } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages about environments and the files that templates and environments refer to. */

const refused = refusal('ValueError', 'environment');

export function environmentNotAMap(locator: Locator, found: string): Diagnostic {
  return refused(locator, [], 'ENVIRONMENT_NOT_A_MAP', `The environment is a ${found}.`, 'a map of sections');
}

export function environmentSectionUnknown(locator: Locator, name: string, sections: readonly string[]): Diagnostic {
  const message = `An environment has no section '${name}'.`;
  return refused(locator, [name], 'ENVIRONMENT_SECTION_UNKNOWN', message, `one of ${sections.join(', ')}`, {
    ...at(locator, [name], 'key'),
    ...didYouMean(name, sections),
  });
}

export function environmentSectionNotAMap(locator: Locator, name: string, found: string): Diagnostic {
  const message = `The section '${name}' of the environment is a ${found}.`;
  return refused(locator, [name], 'ENVIRONMENT_SECTION_NOT_A_MAP', message, 'a map', {
    heat: 'AttributeError',
    ...(found === 'NoneType' ? { hint: 'Remove the empty section, or write {} after it.' } : {}),
  });
}

export function hookUnknown(
  locator: Locator,
  path: Path,
  found: string,
  known: readonly string[],
  part?: 'key',
): Diagnostic {
  return refused(
    locator,
    path,
    'HOOK_UNKNOWN',
    `'${found}' is no hook.`,
    `one of ${known.join(', ')}, or a list of them`,
    {
      ...at(locator, path, part),
      ...didYouMean(found, known),
      heat: 'InvalidBreakPointHook',
    },
  );
}

export function hookDefinitionInvalid(locator: Locator, path: Path, found: string): Diagnostic {
  const message = `What the hook does is a ${found}.`;
  return refused(
    locator,
    path,
    'HOOK_DEFINITION_INVALID',
    message,
    'a map, such as {workflow: notify}, or a list of them',
    {
      hint: 'For a breakpoint write the name of the hook alone, without a colon.',
      heat: 'InvalidBreakPointHook',
    },
  );
}

export function restrictedActionUnknown(locator: Locator, path: Path, found: string): Diagnostic {
  const message = `'${found}' is no action that can be restricted.`;
  return refused(locator, path, 'RESTRICTED_ACTION_UNKNOWN', message, 'update, replace, or a list of them', {
    ...didYouMean(found, ['update', 'replace']),
    heat: 'InvalidRestrictedAction',
  });
}

export function registryValueInvalid(locator: Locator, path: Path, found: string): Diagnostic {
  const message = `The resource registry maps a type to a ${found}.`;
  return refused(locator, path, 'REGISTRY_VALUE_INVALID', message, 'the name of a type or of a template file', {
    heat: 'AttributeError',
  });
}

/** A file that could not be had: python-heatclient stops here. */
export function fileMissing(locator: Locator, path: Path, reference: string, reason: string): Diagnostic {
  return {
    code: 'FILE_MISSING',
    severity: 'error',
    message: `The file '${reference}' can not be read: ${reason}.`,
    ...at(locator, path),
    expected: 'the path of a file, relative to the file that refers to it',
    heat: 'CommandError',
    stage: 'files',
  };
}
