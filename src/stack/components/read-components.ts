import type { Catalog } from '../../catalog/catalog.ts';
import * as say from '../../diagnostics/components.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Call } from '../../functions/expression.ts';
import type { ParseContext } from '../../functions/parse.ts';
import { COMPONENTS } from '../../template/components.ts';
import type { Template } from '../../template/template.ts';
import { typeName, type Value } from '../../values/value.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import type { ResolvedType, ResourceRegistry } from '../resource-registry.ts';
import { type Component, heatType, NO_COMPONENTS } from './component.ts';
import { type ComponentDefinition, readComponent } from './component-reader.ts';
import { findServers } from './servers.ts';

/** What the components of a stack are among. */
export interface ComponentSurroundings {
  readonly template: Template;
  readonly context: ParseContext;
  readonly enabled: ReadonlyMap<string, ResourceDefinition>;
  readonly disabled: ReadonlyMap<string, ResourceDefinition>;
  readonly registry: ResourceRegistry;
  readonly catalog: Catalog;
  readonly unknownTypes: 'refuse' | 'accept';
}

/**
 * Reads the section `components` and looks its names up. Every problem is reported; a component with a refused
 * relationship is there without it.
 *
 * Diagnostics: NAME_NOT_TEXT, NAME_TWICE, COMPONENT_*, REFERENCE_DISABLED, RESOURCE_TYPE_UNKNOWN.
 */
export function readComponents(
  surroundings: ComponentSurroundings,
  report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<string, Component> {
  const { template, context } = surroundings;
  if (template.components.size === 0) return NO_COMPONENTS;
  const definitions = new Map<string, ComponentDefinition>();
  for (const [key, source] of template.components) {
    const definition = readComponent(template, context, key, source, report);
    if (definition !== undefined && isNameFree(surroundings, definition, report)) {
      definitions.set(definition.name, definition);
    }
  }
  const names = [...definitions.keys(), ...surroundings.enabled.keys()];
  const related = new Map<string, ComponentDefinition>();
  for (const [name, definition] of definitions) {
    related.set(name, withKnownRelationships(surroundings, definition, definitions, names, report));
  }
  const servers = findServers(related, surroundings.enabled);
  const components = new Map<string, Component>();
  for (const [name, definition] of related) {
    const resolvedType = resolveType(surroundings, definition, report);
    const component = { ...definition, resolvedType, server: servers.get(name) };
    checkScripts(template, component, report);
    components.set(name, component);
  }
  return components;
}

function isNameFree(
  { template }: ComponentSurroundings,
  { name, path }: ComponentDefinition,
  report: (diagnostic: Diagnostic) => void,
): boolean {
  const { document, dialect } = template;
  if (name.includes('/')) {
    report(say.componentNameSlash(document, path, name));
    return false;
  }
  for (const [what, section] of [
    ['resource', 'resources'],
    ['parameter', 'parameters'],
  ] as const) {
    if (!template[section].has(name)) continue;
    report(say.componentNameTwice(document, path, name, what, [dialect.sections[section], name]));
    return false;
  }
  return true;
}

/**
 * Without what leads nowhere. As for resources, a `depends_on` to what its condition disabled is dropped; a host has to
 * be there.
 */
function withKnownRelationships(
  { template, enabled, disabled }: ComponentSurroundings,
  definition: ComponentDefinition,
  definitions: ReadonlyMap<string, ComponentDefinition>,
  names: readonly string[],
  report: (diagnostic: Diagnostic) => void,
): ComponentDefinition {
  const { document, dialect } = template;
  const isThere = ({ kind, name, path }: ComponentDefinition['dependsOn'][number]): boolean => {
    if (definitions.has(name) || enabled.has(name)) return true;
    const off = disabled.get(name);
    if (off === undefined) {
      // What was refused has a diagnostic of its own.
      if (!template.resources.has(name) && !template.components.has(name)) {
        report(say.relatedUnknown(document, path, definition.name, kind, name, names));
      }
    } else if (kind === 'hosted_on') {
      const condition = [...off.path, dialect.resourceKeys.condition as string];
      report(say.hostDisabled(document, path, definition.name, name, condition));
    }
    return false;
  };
  const { hostedOn, dependsOn, connectsTo } = definition;
  return {
    ...definition,
    hostedOn: hostedOn !== undefined && isThere(hostedOn) ? hostedOn : undefined,
    dependsOn: dependsOn.filter(isThere),
    connectsTo: connectsTo.filter(isThere),
  };
}

function resolveType(
  { template, registry, catalog, unknownTypes }: ComponentSurroundings,
  { name, type }: ComponentDefinition,
  report: (diagnostic: Diagnostic) => void,
): ResolvedType | undefined {
  const resolved = registry.resolve(type, name, (one) => catalog.has(one));
  if (resolved === undefined && (unknownTypes === 'refuse' || type === '')) {
    report(say.typeUnknown(template.document, [COMPONENTS, name, 'type'], type, catalog.suggest(type)));
  }
  return resolved;
}

/** Heat's own types take text, a StructuredConfig a map; nothing at all is an empty script. */
function checkScripts(template: Template, component: Component, report: (diagnostic: Diagnostic) => void): void {
  const type = heatType(component);
  if (type === undefined) return;
  const { name, steps, configs } = component;
  const isStructured = type === 'OS::Heat::StructuredConfig' && configs === undefined;
  for (const { script, path } of new Set(configs ?? steps.values())) {
    if (
      script === null ||
      script instanceof Call ||
      (isStructured ? script instanceof Map : typeof script === 'string')
    ) {
      continue;
    }
    const expected = isStructured ? 'a map, or a function that gives one' : 'text, or a function that gives it';
    const field = String(path.at(-1));
    report(say.componentFieldType(template.document, path, name, field, typeName(script as Value), expected));
  }
}
