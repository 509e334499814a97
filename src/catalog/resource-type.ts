import type { Value } from '../values/value.ts';
import type { ImplicitRule } from './implicit/rule.ts';

/** What is known of resource types. Immutable; `extendCatalog` makes a larger one. */
export interface Catalog {
  has(type: string): boolean;
  /** The facts of a type, read on the first call and kept. Undefined: the type is not known. */
  get(type: string): ResourceType | undefined;
  /** Heat's types sorted by name, then additions in the order in which they came. */
  names(): Iterable<string>;
  /** Known types that `type` may be a misspelling of, nearest first; at most 3. */
  suggest(type: string): readonly string[];
  readonly implicitRules: readonly ImplicitRule[];
}

export type PropertyType = 'String' | 'Integer' | 'Number' | 'Boolean' | 'Map' | 'List' | 'Any';

/** What Heat checks one property against (`heat.engine.properties.Schema`). */
export interface PropertySchema {
  readonly type: PropertyType;
  /** Missing and without default: refused. */
  readonly required: boolean;
  /** False: a changed value replaces the resource. */
  readonly updateAllowed: boolean;
  /** True: a changed value refuses the update. */
  readonly immutable: boolean;
  /** Absent: none. Heat has no default of null. */
  readonly default?: Value;
  readonly constraints: readonly PropertyConstraint[];
  /** Of a Map: its keys. Of a List: one schema under `*` for every item. Absent: anything goes inside. */
  readonly schema?: ReadonlyMap<string, PropertySchema>;
  /** Heat knows the name but refuses its use. */
  readonly implemented: boolean;
  /** Only of provider templates: a Map may be given as text or list, a List as text (`Schema.allow_conversion`). */
  readonly allowConversion: boolean;
  readonly support: readonly Support[];
}

export type PropertyConstraint =
  | { readonly kind: 'range' | 'length'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'modulo'; readonly step: number; readonly offset: number }
  | { readonly kind: 'allowed_values'; readonly values: readonly Value[] }
  | { readonly kind: 'allowed_pattern'; readonly pattern: string }
  /** A named check, such as `neutron.subnet` or `cron_expression`. Many of them ask a service. */
  | { readonly kind: 'custom_constraint'; readonly name: string };

export interface AttributeSchema {
  /** Undefined: Heat does not say. */
  readonly type?: Exclude<PropertyType, 'Number' | 'Any'>;
  /** False: Heat asks for the value anew each time. */
  readonly cached: boolean;
  readonly support: readonly Support[];
}

/** A step of a thing's history, newest first (`heat.engine.support.SupportStatus`). */
export interface Support {
  readonly status: SupportStatus;
  /** OpenStack release (`2014.1`) or Heat version (`5.0.0`) since when. */
  readonly version?: string;
}

export type SupportStatus = 'SUPPORTED' | 'DEPRECATED' | 'UNSUPPORTED' | 'HIDDEN' | 'UNKNOWN';

/**
 * How an old property becomes a new one before anything reads it (`heat.engine.translation.TranslationRule`, without
 * the rules that ask a service).
 * - `replace`: `target` takes the value of `source` (a path from the top, or of a sibling); both given is an error.
 * - `delete`: `target` reads as if it were not given.
 */
export interface PropertyTranslation {
  readonly rule: 'replace' | 'delete';
  readonly target: readonly string[];
  readonly source?: readonly string[];
  /** `source` is one name beside the last step of `target`, in the same map. */
  readonly sibling: boolean;
}

/**
 * What `get_resource` gives once the resource exists:
 * - `physical_id`: its id, its name in the template while there is none (most types)
 * - `physical_id_only`: its id, null while there is none (OS::Neutron::*)
 * - `physical_name`: the name that the service knows it by
 * - `name`: always its name in the template
 * - `own`: something of the type's own, such as a signed URL or an ARN
 */
export type ReferenceKind = 'physical_id' | 'physical_id_only' | 'physical_name' | 'name' | 'own';

/** What is known of a resource type. */
export interface ResourceType {
  readonly name: string;
  readonly properties: ReadonlyMap<string, PropertySchema>;
  /** Without `show`, which every type has, unless the type describes it itself. */
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  readonly translations: readonly PropertyTranslation[];
  /** Properties that Heat reads already while it makes the resource: a bad value is a ValueError at stage resources. */
  readonly readWhenMade: readonly string[];
  /** A property whose type is named by another, in the words of HOT parameters: OS::Heat::Value's `value`. */
  readonly typed?: { readonly property: string; readonly by: string };
  readonly support: readonly Support[];
  /** The resource is a stack of its own: groups, OS::Heat::Stack, ... (`StackResource`). */
  readonly nested: boolean;
  /** Like OS::Heat::None: takes any property, has every attribute as null, and no update changes it. */
  readonly placeholder: boolean;
  /** `get_attr` may name attributes that are not listed (the class overrides `Resource.get_attribute`). */
  readonly anyAttribute: boolean;
  readonly reference: ReferenceKind;
  /** The OpenStack service that it lives in, by Heat's client plugin: `nova`, `neutron`. */
  readonly service?: string;
  /** The kind of thing in that service: `servers`, `port`. */
  readonly entity?: string;
  /** Actions that the class does something for (its `handle_*` methods). */
  readonly actions: ReadonlySet<string>;
  /** Methods by which the class itself decides what an update does: `needs_replace_with_prop_diff`, ... */
  readonly replaceDecisions: ReadonlySet<string>;
}
