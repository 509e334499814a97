import { suggest } from '../diagnostics/suggest.ts';
import type { ImplicitRule } from './implicit/rule.ts';
import type { AttributeSchema, Catalog, PropertySchema, ResourceType, Support } from './resource-type.ts';

/** A property with what may be left out left out: not required, changed by replacement, no constraints. */
export interface PropertyDescription extends Partial<Omit<PropertySchema, 'schema'>> {
  readonly type: PropertySchema['type'];
  /** Inside of a Map by key, or of a List's items under `*`. */
  readonly schema?: Described<PropertyDescription>;
}

/** A resource type with what may be left out left out. */
export interface ResourceTypeDescription extends Partial<Omit<ResourceType, 'properties' | 'attributes'>> {
  readonly name: string;
  readonly properties?: Described<PropertyDescription>;
  readonly attributes?: Described<Partial<AttributeSchema>>;
}

/** By name; a Map for names that an object cannot have as keys in their order, such as `0` or `__proto__`. */
export type Described<T> = ReadonlyMap<string, T> | Readonly<Record<string, T>>;

export interface CatalogAdditions {
  /** A type of a name that the base has replaces it. */
  readonly types?: Iterable<ResourceTypeDescription>;
  /** Applied after those of the base. */
  readonly rules?: readonly ImplicitRule[];
}

const SUPPORTED: readonly Support[] = [{ status: 'SUPPORTED' }];

/** A catalog with more types and rules; `base` stays as it is. */
export function extendCatalog(base: Catalog, additions: CatalogAdditions): Catalog {
  const own = new Map<string, ResourceType>();
  for (const type of additions.types ?? []) own.set(type.name, completeType(type));
  function* names(): Iterable<string> {
    yield* base.names();
    for (const name of own.keys()) if (!base.has(name)) yield name;
  }
  return {
    has: (type) => own.has(type) || base.has(type),
    get: (type) => own.get(type) ?? base.get(type),
    names,
    suggest: (type) => suggest(type, names()),
    implicitRules: [...base.implicitRules, ...(additions.rules ?? [])],
  };
}

function completeType(type: ResourceTypeDescription): ResourceType {
  return {
    translations: [],
    readWhenMade: [],
    support: SUPPORTED,
    nested: false,
    placeholder: false,
    anyAttribute: false,
    reference: 'physical_id',
    actions: new Set(),
    replaceDecisions: new Set(),
    ...type,
    properties: completeAll(type.properties, completeProperty),
    attributes: completeAll(type.attributes, (attribute) => ({ cached: true, support: SUPPORTED, ...attribute })),
  };
}

function completeProperty(property: PropertyDescription): PropertySchema {
  const { schema, ...rest } = property;
  return {
    required: false,
    updateAllowed: false,
    immutable: false,
    constraints: [],
    implemented: true,
    allowConversion: false,
    support: SUPPORTED,
    ...rest,
    ...(schema === undefined ? {} : { schema: completeAll(schema, completeProperty) }),
  };
}

function completeAll<From, To>(
  described: Described<From> | undefined,
  complete: (one: From) => To,
): ReadonlyMap<string, To> {
  const entries: Iterable<[string, From]> =
    described instanceof Map ? described : Object.entries((described ?? {}) as Readonly<Record<string, From>>);
  return new Map(Array.from(entries, ([name, one]) => [name, complete(one)]));
}
