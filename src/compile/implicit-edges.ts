import { implicitDependencies, type RuleResource, readProperties } from '../catalog/catalog.ts';
import * as say from '../diagnostics/compile.ts';
import { providerType } from '../stack/provider-type.ts';
import { rawProperty } from '../stack/raw-property.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Draft } from './draft.ts';

/**
 * Edges that resource types add by rules of their own, after the explicit ones, which some rules look at. Mirrors
 * `Resource.add_dependencies`.
 */
export function addImplicitEdges(draft: Draft): void {
  const { stack, catalog, builder, report } = draft;
  if (!hasRuledType(draft)) return;
  const explicit = builder.build();
  const resources = stack.resources.map((resource, index) => ruleResource(draft, resource, index));
  const keys = stack.template.dialect.resourceKeys;
  const edges = implicitDependencies(
    resources,
    (index) => explicit.requires(index),
    catalog.implicitRules,
    ({ index, property, failure }) => {
      const { name, path } = stack.resources[index] as ResourceDefinition;
      const message = failure?.message ?? `there is no property '${property}'`;
      const at = [...path, keys.properties, property];
      report(say.implicitRuleRefused(stack.template.document, at, name, message, failure?.heat ?? 'KeyError'));
    },
  );
  for (const { requirer, required, rule, path } of edges) {
    const at = [...(stack.resources[requirer] as ResourceDefinition).path, keys.properties, ...path];
    builder.edge(requirer, required, { kind: 'implicit', rule, path: at });
  }
}

function hasRuledType({ stack, catalog }: Draft): boolean {
  const ruled = new Set(catalog.implicitRules.flatMap((rule) => rule.types));
  return stack.resources.some(({ resolvedType }) => resolvedType?.kind === 'plugin' && ruled.has(resolvedType.type));
}

function ruleResource({ stack, catalog }: Draft, resource: ResourceDefinition, index: number): RuleResource {
  const { name, type, resolvedType, description } = resource;
  const plugin = resolvedType?.kind === 'plugin' ? catalog.get(resolvedType.type) : undefined;
  const facts = plugin ?? (resolvedType?.kind === 'template' ? providerType(stack, resolvedType.file) : undefined);
  const reader = facts && readProperties(facts, rawProperty(stack.runtime, resource), description);
  return {
    index,
    name,
    type: resolvedType?.kind === 'template' ? resolvedType.file : (resolvedType?.type ?? type),
    interfaces: resolvedType?.kind === 'plugin' ? [type, resolvedType.type] : [type],
    property: (property) => reader?.property(property),
    writtenAs: (property) => reader?.writtenAs(property) ?? property,
  };
}
