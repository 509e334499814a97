import type { Diagnostic, Locator, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/environment.ts';
import { str } from '../values/text.ts';
import { isMap, typeName, type Value, type ValueMap } from '../values/value.ts';

/** The points at which Heat's environment can have a hook. Mirrors `heat.engine.environment.HOOK_TYPES`. */
export const ENVIRONMENT_HOOK_POINTS = [
  'pre-create',
  'pre-update',
  'pre-delete',
  'post-create',
  'post-update',
  'post-delete',
] as const;
export type EnvironmentHookPoint = (typeof ENVIRONMENT_HOOK_POINTS)[number];

/** One hook of `resource_registry.resources.<name>.hooks`. */
export interface WrittenHook {
  readonly point: EnvironmentHookPoint;
  /** What is to be done there, which Heat does not know; without it, it is Heat's breakpoint. */
  readonly definition?: ValueMap;
  /** Where it stands in the environment. */
  readonly path: Path;
}

/**
 * What follows `hooks:`. Heat's form is a point or a list of points (`is_hook_definition`); beside it a map of points to
 * what is to be done there, or to a list of that, by itself or in the list. Undefined when any of it is wrong.
 */
export function readWrittenHooks(
  value: Value,
  path: Path,
  locator: Locator,
  report: (diagnostic: Diagnostic) => void,
): readonly WrittenHook[] | undefined {
  const written: WrittenHook[] = [];
  let wrong = false;
  const refuse = (diagnostic: Diagnostic): void => {
    report(diagnostic);
    wrong = true;
  };
  const asList = Array.isArray(value);
  for (const [index, item] of (asList ? (value as readonly Value[]) : [value]).entries()) {
    const at = asList ? [...path, index] : path;
    if (isMap(item)) written.push(...readDefinitions(item, at, locator, refuse));
    else if (isPoint(item)) written.push({ point: item, path: at });
    else refuse(say.hookUnknown(locator, at, str(item), ENVIRONMENT_HOOK_POINTS));
  }
  return wrong ? undefined : written;
}

function readDefinitions(
  map: ValueMap,
  path: Path,
  locator: Locator,
  refuse: (diagnostic: Diagnostic) => void,
): WrittenHook[] {
  const written: WrittenHook[] = [];
  for (const [point, given] of map) {
    const here = [...path, point];
    if (!isPoint(point)) {
      refuse(say.hookUnknown(locator, here, str(point), ENVIRONMENT_HOOK_POINTS, 'key'));
      continue;
    }
    const several = Array.isArray(given);
    for (const [index, definition] of (several ? (given as readonly Value[]) : [given]).entries()) {
      const at = several ? [...here, index] : here;
      if (isMap(definition)) written.push({ point, definition, path: at });
      else refuse(say.hookDefinitionInvalid(locator, at, typeName(definition)));
    }
  }
  return written;
}

function isPoint(value: Value): value is EnvironmentHookPoint {
  return (ENVIRONMENT_HOOK_POINTS as readonly Value[]).includes(value);
}
