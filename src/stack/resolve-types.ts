import { type Catalog, isFailure, type ResourceType, readProperties } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/stack.ts';
import { Call } from '../functions/expression.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { Template } from '../template/template.ts';
import type { Environment } from './environment.ts';
import { rawProperty } from './raw-property.ts';
import type { ResourceDefinition } from './resource-definition.ts';
import type { ResolvedType } from './resource-registry.ts';

/**
 * Finds what the types of resources stand for, and refuses what Heat refuses when it makes Resource objects: unknown
 * types, names with a slash, properties that are a function as a whole where the type reads them at once. Stage
 * `resources`.
 */
export function resolveTypes(
  template: Template,
  definitions: ReadonlyMap<string, ResourceDefinition>,
  environment: Environment,
  catalog: Catalog,
  unknownTypes: 'refuse' | 'accept',
  runtime: Runtime,
  report: (diagnostic: Diagnostic) => void,
): ResourceDefinition[] {
  const { document, dialect } = template;
  const typeOf = typeResolver(environment, catalog);
  const resources: ResourceDefinition[] = [];
  for (const definition of definitions.values()) {
    const { name, type, path } = definition;
    const resolvedType = typeOf(type, name);
    if (name.includes('/')) report(say.resourceNameSlash(document, path, name));
    if (resolvedType === undefined) {
      const at = [...path, dialect.resourceKeys.type];
      if (type === '') report(say.resourceTypeEmpty(document, at, name));
      else if (unknownTypes === 'refuse') report(say.resourceTypeUnknown(document, at, type, catalog.suggest(type)));
    } else if (resolvedType.kind === 'plugin') {
      checkReadWhenMade(template, definition, catalog.get(resolvedType.type), runtime, report);
    }
    // The definition was made a moment ago and nobody else has it yet: no need for a second object.
    (definition as { resolvedType: ResolvedType | undefined }).resolvedType = resolvedType;
    resources.push(definition);
  }
  return resources;
}

function typeResolver(
  { registry }: Environment,
  catalog: Catalog,
): (type: string, name: string) => ResolvedType | undefined {
  const hasPlugin = (type: string): boolean => catalog.has(type);
  if (!registry.isEmpty) return (type, name) => registry.resolve(type, name, hasPlugin);
  // Names mean nothing then, and most resources of a large template share a few types.
  const known = new Map<string, ResolvedType | undefined>();
  return (type, name) => {
    let resolved = known.get(type);
    if (resolved === undefined && !known.has(type)) {
      resolved = registry.resolve(type, name, hasPlugin);
      known.set(type, resolved);
    }
    return resolved;
  };
}

/** Some classes read properties while Heat makes an object of them: what is wrong with those stops it there. */
function checkReadWhenMade(
  { document, dialect }: Template,
  definition: ResourceDefinition,
  type: ResourceType | undefined,
  runtime: Runtime,
  report: (diagnostic: Diagnostic) => void,
): void {
  if (type === undefined || type.readWhenMade.length === 0) return;
  const { name, path, properties, description } = definition;
  const at = [...path, dialect.resourceKeys.properties];
  if (properties instanceof Call) {
    report(say.propertiesAreAFunction(document, at, name, type.name, properties.name));
    return;
  }
  const reader = readProperties(type, rawProperty(runtime, definition), description);
  for (const property of type.readWhenMade) {
    const value = reader.property(property);
    if (!isFailure(value)) continue;
    report(say.propertyUnreadable(document, [...at, reader.writtenAs(property)], property, value.message, value.heat));
  }
}
