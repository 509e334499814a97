import type { Catalog } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/stack.ts';
import { Call } from '../functions/expression.ts';
import type { Template } from '../template/template.ts';
import type { Environment } from './environment.ts';
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
  report: (diagnostic: Diagnostic) => void,
): ResourceDefinition[] {
  const { document, dialect } = template;
  const hasPlugin = (type: string): boolean => catalog.has(type);
  // Most resources of a large template share a few types.
  const plain = new Map<string, ResolvedType | undefined>();
  const resources: ResourceDefinition[] = [];
  for (const definition of definitions.values()) {
    const { name, type, path } = definition;
    const resolvedType = environment.registry.isEmpty
      ? cached(plain, type, () => environment.registry.resolve(type, name, hasPlugin))
      : environment.registry.resolve(type, name, hasPlugin);
    if (name.includes('/')) report(say.resourceNameSlash(document, path, name));
    if (resolvedType === undefined) {
      if (unknownTypes === 'refuse' || type === '') {
        report(say.resourceTypeUnknown(document, [...path, dialect.resourceKeys.type], type, catalog.suggest(type)));
      }
    } else if (definition.properties instanceof Call && readsPropertiesAtOnce(catalog, resolvedType)) {
      const at = [...path, dialect.resourceKeys.properties];
      report(say.propertiesAreAFunction(document, at, name, type, definition.properties.name));
    }
    // The definition was made a moment ago and nobody else has it yet: no need for a second object.
    resources.push(Object.assign(definition, { resolvedType }));
  }
  return resources;
}

function cached<T>(known: Map<string, T>, key: string, find: () => T): T {
  if (known.has(key)) return known.get(key) as T;
  const found = find();
  known.set(key, found);
  return found;
}

function readsPropertiesAtOnce(catalog: Catalog, type: ResolvedType): boolean {
  return type.kind === 'plugin' && (catalog.get(type.type)?.readWhenMade.length ?? 0) > 0;
}
