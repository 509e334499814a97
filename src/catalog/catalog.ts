/** The catalog of resource types: facts as data, rules of implicit dependencies. It reads no template. */

export type { CatalogAdditions, PropertyDescription, ResourceTypeDescription } from './extend-catalog.ts';
export { extendCatalog } from './extend-catalog.ts';
export { hasAttribute } from './has-attribute.ts';
export { HEAT_CATALOG } from './heat-catalog.ts';
export { implicitDependencies } from './implicit/apply-rules.ts';
export { comparable, indexByProperty, requireEqual, ValueIndex } from './implicit/compare.ts';
export { type ComparedProperty, requireEqualProperty } from './implicit/equal-properties.ts';
export { HEAT_IMPLICIT_RULES } from './implicit/heat-rules.ts';
export type {
  ImplicitEdge,
  ImplicitRule,
  PropertyReading,
  RuleRefusal,
  RuleResource,
  RuleStack,
} from './implicit/rule.ts';
export { INVALID, isFailure, PropertyFailure } from './property-failure.ts';
export { type PropertyReader, type RawProperty, type ReadableType, readProperties } from './property-reader.ts';
export { propertyValue } from './property-value.ts';
export { DecisionFailed, type ReplaceDecision, type ReplaceQuestion } from './replace/decision.ts';
export { PROVIDER_DECISION, replaceDecision } from './replace/heat-decisions.ts';
export { type Judgement, judgeUpdate, type UpdateQuestion } from './replace/judge-update.ts';
export type {
  AttributeSchema,
  Catalog,
  PropertyConstraint,
  PropertySchema,
  PropertyTranslation,
  PropertyType,
  ReferenceKind,
  ResourceType,
  Support,
  SupportStatus,
} from './resource-type.ts';
export { STOCK_REGISTRY } from './stock-registry.ts';
