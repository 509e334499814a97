import type { Diagnostic, Locator, Path, Place } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/environment.ts';
import { str } from '../values/text.ts';
import { isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import { type LoadedText, loadYaml } from '../yaml/document.ts';
import type { Source, SourceText } from '../yaml/source.ts';
import { findFile, joinReference, type ResolveFile } from './files.ts';
import { ResourceRegistry } from './resource-registry.ts';

/** Several environment files as one, the later over the earlier. Mirrors `heat.engine.environment.Environment`. */
export interface Environment {
  readonly parameters: ReadonlyMap<string, Value>;
  readonly parameterDefaults: ReadonlyMap<string, Value>;
  readonly registry: ResourceRegistry;
  readonly encryptedParameterNames: readonly string[];
  /** Files that the registry refers to, by the name under which it does. */
  readonly files: ReadonlyMap<string, SourceText>;
  /** Where a parameter's value was given. */
  locateParameter(name: string): Locator | undefined;
  /** Where a path of the merged environment was given. */
  locate(path: Path, part?: 'key' | 'value'): Place | undefined;
}

const SECTIONS = [
  'parameter_defaults',
  'parameters',
  'resource_registry',
  'encrypted_param_names',
  'event_sinks',
  'parameter_merge_strategies',
];

/** An environment that says nothing. */
export const EMPTY_ENVIRONMENT: Environment = {
  parameters: new Map(),
  parameterDefaults: new Map(),
  registry: new ResourceRegistry(),
  encryptedParameterNames: [],
  files: new Map(),
  locateParameter: () => undefined,
  locate: () => undefined,
};

/**
 * Reads and merges environments as python-heatclient does: maps are merged key by key, a null does not replace a map,
 * anything else is replaced. Problems are Heat's at the stage `environment`; what is readable is kept.
 */
export function readEnvironments(
  sources: readonly Source[],
  resolve: ResolveFile,
  report: (diagnostic: Diagnostic) => void,
): Environment {
  if (sources.length === 0) return EMPTY_ENVIRONMENT;
  let merged: ValueMap = new Map();
  const files = new Map<string, SourceText>();
  const givenBy = new Map<string, Locator>();
  const documents: LoadedText[] = [];
  for (const source of sources) {
    const loaded = loadYaml(source);
    for (const diagnostic of loaded.diagnostics) report({ ...diagnostic, stage: 'environment' });
    if (!loaded.ok) continue;
    const { document } = loaded;
    documents.push(document);
    const value = document.value ?? new Map();
    if (!isMap(value)) {
      report(say.environmentNotAMap(document, typeName(value)));
      continue;
    }
    for (const key of value.keys()) {
      if (!SECTIONS.includes(key as string)) report(say.environmentSectionUnknown(document, str(key), SECTIONS));
    }
    const parameters = value.get('parameters');
    if (isMap(parameters)) for (const name of parameters.keys()) givenBy.set(str(name), document);
    const registry = value.get('resource_registry') ?? null;
    const resolved = isMap(registry)
      ? new Map([...value, ['resource_registry', resolveRegistry(registry, document, resolve, files, report)]])
      : value;
    merged = deepUpdate(merged, resolved);
  }
  const locator: Locator = { locate: (path, part) => locateInLast(documents, path, part) };
  const section = (name: string): ValueMap => {
    const value = merged.get(name);
    if (isMap(value)) return value;
    if (merged.has(name)) report(say.environmentSectionNotAMap(locator, name, typeName(value as Value)));
    return new Map();
  };
  const names = merged.get('encrypted_param_names');
  return {
    parameters: byName(section('parameters')),
    parameterDefaults: byName(section('parameter_defaults')),
    registry: ResourceRegistry.load(section('resource_registry'), locator, report),
    encryptedParameterNames: Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [],
    files,
    locateParameter: (name) => givenBy.get(name),
    locate: locator.locate,
  };
}

/** The later environment stands over the earlier ones, so the last one that has the path is the one that gave it. */
function locateInLast(documents: readonly LoadedText[], path: Path, part?: 'key' | 'value'): Place | undefined {
  const has = documents.findLast(({ value }) => reaches(value, path)) ?? documents.at(-1);
  return has?.locate(path, part);
}

function reaches(value: Value, path: Path): boolean {
  let here: Value | undefined = value;
  for (const step of path) {
    if (isMap(here)) here = here.get(step as Value);
    else if (Array.isArray(here)) here = (here as readonly Value[])[step as number];
    else return false;
    if (here === undefined) return false;
  }
  return true;
}

function byName(section: ValueMap): ReadonlyMap<string, Value> {
  return new Map([...section].map(([key, value]) => [str(key), value]));
}

/** Mirrors `heatclient.common.template_utils.deep_update`. */
function deepUpdate(old: ValueMap, update: ValueMap): ValueMap {
  const result = new Map(old);
  for (const [key, value] of update) {
    const before = result.get(key) ?? null;
    if (isMap(value)) result.set(key, deepUpdate(isMap(before) ? before : new Map(), value));
    else if (!(value === null && isMap(before))) result.set(key, value);
  }
  return result;
}

/** References to template files become names, relative to the environment's own. Mirrors `resolve_environment_urls`. */
function resolveRegistry(
  registry: ValueMap,
  document: Locator & { readonly source: SourceText },
  resolve: ResolveFile,
  files: Map<string, SourceText>,
  report: (diagnostic: Diagnostic) => void,
): ValueMap {
  const level = (entries: ValueMap, base: string, path: Path): ValueMap => {
    const here = baseOf(entries, base);
    return new Map(
      [...entries].map(([key, value]): [Value, Value] => {
        if (isReference(key, value)) {
          const file = findFile(resolve, value as string, here);
          if ('reason' in file) {
            report(say.fileMissing(document, [...path, key], value as string, file.reason));
            return [key, joinReference(here, value as string)];
          }
          files.set(file.name, file);
          return [key, file.name];
        }
        if (key === 'hooks') return [key, hooks(value, here, [...path, key])];
        return [key, isMap(value) ? level(value, here, [...path, key]) : value];
      }),
    );
  };
  /** Of what hooks do, only `workflow: {file: ...}` names a file. */
  const hooks = (value: Value, here: string, path: Path): Value => {
    if (Array.isArray(value))
      return (value as readonly Value[]).map((item, index) => hooks(item, here, [...path, index]));
    if (!isMap(value)) return value;
    return new Map(
      [...value].map(([key, item]): [Value, Value] => {
        const file = key === 'workflow' && isMap(item) ? item.get('file') : undefined;
        if (typeof file !== 'string') return [key, key === 'input' ? item : hooks(item, here, [...path, key])];
        const found = findFile(resolve, file, here);
        if ('reason' in found) report(say.fileMissing(document, [...path, key, 'file'], file, found.reason));
        else files.set(found.name, found);
        const name = 'reason' in found ? joinReference(here, file) : found.name;
        return [key, new Map([...(item as ValueMap), ['file', name]])];
      }),
    );
  };
  return level(registry, document.source.name, ['resource_registry']);
}

function baseOf(entries: ValueMap, base: string): string {
  const url = entries.get('base_url');
  return typeof url === 'string' ? `${url.replace(/\/$/, '')}/` : base;
}

/** What has `::` is a type; breakpoints and restrictions name no files. */
function isReference(key: Value, value: Value): boolean {
  if (typeof value !== 'string' || key === 'base_url' || key === 'hooks' || key === 'restricted_actions') return false;
  return !value.includes('::');
}
