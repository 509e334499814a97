import {
  type Catalog,
  PROVIDER_DECISION,
  type PropertySchema,
  type PropertyTranslation,
  type ReplaceDecision,
  type ResourceType,
  replaceDecision,
} from '../catalog/catalog.ts';
import { providerType } from '../stack/provider-type.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import type { FrozenDefinition } from '../state/stack-state.ts';

/** What a plan knows of a resource's class. */
export interface ResourceSchema {
  readonly properties: ReadonlyMap<string, PropertySchema>;
  readonly translations: readonly PropertyTranslation[];
  readonly typed?: NonNullable<ResourceType['typed']>;
  readonly decision: ReplaceDecision;
  /** No update changes it. */
  readonly placeholder: boolean;
}

/** Undefined: nothing is known of the type, or its template cannot be read. */
export function schemaOf(stack: Stack, resource: ResourceDefinition, catalog: Catalog): ResourceSchema | undefined {
  const { resolvedType } = resource;
  if (resolvedType?.kind === 'template') {
    const provider = providerType(stack, resolvedType.file);
    return provider && { ...provider, decision: PROVIDER_DECISION, placeholder: false };
  }
  const type = resolvedType && catalog.get(resolvedType.type);
  if (type === undefined) return undefined;
  const { properties, translations, typed, placeholder } = type;
  const decision = replaceDecision(type);
  return { properties, translations, decision, placeholder, ...(typed !== undefined && { typed }) };
}

/** The definition as far as its class looks at it: a placeholder takes any property, and looks at none. */
export function readableBy(schema: ResourceSchema | undefined, wanted: ResourceDefinition): ResourceDefinition {
  return schema?.placeholder ? { ...wanted, properties: undefined } : wanted;
}

const ANYTHING: PropertySchema = {
  type: 'Any',
  required: false,
  updateAllowed: true,
  immutable: false,
  constraints: [],
  implemented: true,
  allowConversion: false,
  support: [],
};

/** For a type that nobody knows: any property, each of which can be changed. */
export function openSchema(...definitions: readonly FrozenDefinition[]): ResourceSchema {
  const names = definitions.flatMap(({ properties }) => [...(properties?.keys() ?? [])]);
  const properties = new Map<string, PropertySchema>();
  for (const name of names) if (typeof name === 'string') properties.set(name, ANYTHING);
  return { properties, translations: [], decision: {}, placeholder: false };
}
