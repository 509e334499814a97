import { truthy } from '../values/equality.ts';
import { isList, isMap, type Value } from '../values/value.ts';
import { isFailure, PropertyFailure } from './property-failure.ts';
import { missingValue, propertyValue, type ReadChild } from './property-value.ts';
import type { PropertySchema, PropertyTranslation, ResourceType } from './resource-type.ts';
import { type TranslationPlan, translationPlan } from './translation-plan.ts';

/**
 * A property as the template gives it, functions resolved: undefined when it is not given (or an `if` without else
 * leaves it out), a failure when its functions fail.
 */
export type RawProperty = (name: string) => Value | undefined | PropertyFailure;

/** What is needed to read properties: a type of the catalog, or the schemas of a provider template. */
export type ReadableType = Pick<ResourceType, 'properties' | 'translations' | 'typed'>;

export interface PropertyReader {
  /** The value; undefined when the type has no such property; or why there is none. */
  property(name: string): Value | undefined | PropertyFailure;
  /** The name under which the template gives the property: `network_id` for `network`. */
  writtenAs(name: string): string;
}

/**
 * The properties of a resource as its class reads them (`heat.engine.properties.Properties`): old names translated to
 * new ones, values coerced to the types of the schema, defaults filled in. Nothing is read before it is asked for.
 *
 * @param description the resource's own description: stands in for a property `description` that may be updated.
 */
export function readProperties(type: ReadableType, raw: RawProperty, description: Value = null): PropertyReader {
  const translate = new Translator(type, raw);
  return {
    property(name) {
      let schema = type.properties.get(name);
      if (schema === undefined) return undefined;
      if (type.typed?.property === name) {
        const named = this.property(type.typed.by);
        if (isFailure(named)) return named;
        schema = { ...schema, type: TYPES_BY_PARAMETER_TYPE.get(named ?? null) ?? schema.type };
      }
      const value = translate.read(schema, name, raw(name), null, '');
      if (value !== null || name !== 'description' || !schema.updateAllowed || schema.default !== undefined)
        return value;
      return raw(name) === undefined ? description : value;
    },
    writtenAs(name) {
      if (truthyReading(raw(name))) return name;
      const rule = translationPlan(type.translations).replacing.get(name);
      const source = rule?.source?.[0];
      return source !== undefined && raw(source) !== undefined ? source : name;
    },
  };
}

function truthyReading(reading: Value | undefined | PropertyFailure): boolean {
  return reading instanceof PropertyFailure || (reading !== undefined && truthy(reading));
}

/** What the type property of OS::Heat::Value may say. */
const TYPES_BY_PARAMETER_TYPE: ReadonlyMap<Value, PropertySchema['type']> = new Map([
  ['string', 'String'],
  ['number', 'Number'],
  ['boolean', 'Boolean'],
  ['json', 'Map'],
  ['comma_delimited_list', 'List'],
]);

/** Applies the translation rules of one resource while its properties are read (`heat.engine.translation`). */
class Translator {
  private readonly type: ReadableType;
  private readonly raw: RawProperty;
  private readonly plan: TranslationPlan;

  constructor(type: ReadableType, raw: RawProperty) {
    this.type = type;
    this.raw = raw;
    this.plan = translationPlan(type.translations);
  }

  /**
   * @param given the property's value before translation; undefined when it is not given.
   * @param siblings the map that it stands in; null at the top.
   * @param above path of that map, without indexes of lists.
   */
  read(
    schema: PropertySchema,
    name: string | number,
    given: Value | undefined | PropertyFailure,
    siblings: ReadonlyMap<Value, Value> | null,
    above: string,
  ): Value | PropertyFailure {
    if (this.type.translations.length === 0) return plainValue(schema, name, given);
    if (given instanceof PropertyFailure) return given;
    const path = this.join(above, name);
    const readChild: ReadChild = (child, key, data) => this.read(child, key, data.get(key), data, path);
    const replacement = this.plan.replacing.get(path);
    if (given !== undefined && !this.plan.hidden.has(path)) {
      const value = replacement === undefined ? given : this.replaced(replacement, given, siblings);
      return value instanceof PropertyFailure ? value : propertyValue(schema, value, readChild);
    }
    if (replacement !== undefined) {
      const value = this.replaced(replacement, null, siblings);
      if (value instanceof PropertyFailure) return value;
      if (value !== null) return propertyValue(schema, value);
    }
    return missingValue(schema, name);
  }

  /** The value of the old property where there is one. Both that say something are refused. */
  private replaced(
    translation: PropertyTranslation,
    given: Value,
    siblings: ReadonlyMap<Value, Value> | null,
  ): Value | PropertyFailure {
    const old = this.oldValue(translation, siblings);
    if (old instanceof PropertyFailure || old === null) return old ?? given;
    if (truthy(old) && truthy(given)) {
      const names = `'${translation.target.join('.')}' and '${translation.source?.join('.')}'`;
      return new PropertyFailure('StackValidationFailed', `${names} are two names of one property: give only one`);
    }
    return old;
  }

  private oldValue(
    translation: PropertyTranslation,
    siblings: ReadonlyMap<Value, Value> | null,
  ): Value | PropertyFailure {
    const [first = '', ...rest] = translation.source ?? [];
    if (translation.sibling) {
      const sibling = siblings === null ? this.raw(first) : siblings.get(first);
      return isFailure(sibling) ? sibling : inside(sibling ?? null, rest);
    }
    const schema = this.type.properties.get(first);
    if (schema === undefined) return null;
    // Read without translation, as otherwise it would be hidden by its own rule.
    const value = plainValue(schema, first, this.raw(first));
    return value instanceof PropertyFailure ? value : inside(value, rest);
  }

  /** Steps that are digits do not count: rules name no indexes. */
  private join(above: string, name: string | number): string {
    if (typeof name === 'number' || /^\p{Nd}+$/u.test(name)) return above;
    return above === '' ? name : `${above}.${name}`;
  }
}

function plainValue(
  schema: PropertySchema,
  name: string | number,
  given: Value | undefined | PropertyFailure,
): Value | PropertyFailure {
  if (given === undefined) return missingValue(schema, name);
  return given instanceof PropertyFailure ? given : propertyValue(schema, given);
}

function inside(value: Value, path: readonly string[]): Value {
  const [key, ...rest] = path;
  if (key === undefined || value === null) return value;
  if (isList(value)) return value.map((item) => inside(item, path));
  return isMap(value) ? inside(value.get(key) ?? null, rest) : null;
}
