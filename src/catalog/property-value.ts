import { dumpJson, NotSerialisable } from '../values/dump-json.ts';
import { truthy } from '../values/equality.ts';
import { parseInteger, parseNumber } from '../values/number-text.ts';
import { Float, float, int, isList, isMap, typeName, type Value } from '../values/value.ts';
import { PropertyFailure } from './property-failure.ts';
import type { PropertySchema } from './resource-type.ts';

/**
 * Reads what is inside a Map or List whose schema describes it: one reading for every key of the schema, or every
 * item. `undefined` as key's value in `data` means that it was not given.
 */
export type ReadChild = (
  schema: PropertySchema,
  key: string | number,
  data: ReadonlyMap<Value, Value>,
) => Value | PropertyFailure;

/**
 * The value that a resource sees for a value of the template, by the type of the property: `heat.engine.properties`'
 * `Property.get_value` without validation. Null becomes the default, or the empty value of the type (`''`, `0`, ...).
 * Constraints are not checked.
 *
 * @param readChild how the inside of maps and lists is read; default: by their schemas alone.
 */
export function propertyValue(
  schema: PropertySchema,
  value: Value,
  readChild: ReadChild = readPlainChild,
): Value | PropertyFailure {
  switch (schema.type) {
    case 'String':
      return stringValue(orDefault(schema, value, ''));
    case 'Integer':
      return integerValue(orDefault(schema, value, 0));
    case 'Number':
      return numberValue(orDefault(schema, value, 0));
    case 'Boolean':
      return booleanValue(orDefault(schema, value, false));
    case 'Map':
      return mapValue(schema, value, readChild);
    case 'List':
      return listValue(schema, value, readChild);
    case 'Any':
      return value;
  }
}

/** The value of a property that was not given: its default; nothing when it may be left out. */
export function missingValue(schema: PropertySchema, name: string | number): Value | PropertyFailure {
  if (schema.default !== undefined) return propertyValue(schema, null);
  return schema.required ? new PropertyFailure('ValueError', `The property '${name}' is required`) : null;
}

/** A default that Python takes for false counts as the empty value of the type. */
function orDefault(schema: PropertySchema, value: Value, empty: Value): Value {
  if (value !== null) return value;
  return schema.default !== undefined && truthy(schema.default) ? schema.default : empty;
}

function stringValue(value: Value): Value | PropertyFailure {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint' || Number.isInteger(value)) return String(value);
  return wrongType(value, 'text');
}

function integerValue(value: Value): Value | PropertyFailure {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return value;
  const number = value instanceof Float ? value.value : value;
  if (typeof number === 'number')
    return Number.isFinite(number) ? int(BigInt(Math.trunc(number))) : wrongType(value, 'an integer');
  if (typeof value === 'string') return parseInteger(value) ?? wrongType(value, 'an integer');
  return wrongType(value, 'an integer');
}

function numberValue(value: Value): Value | PropertyFailure {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (value instanceof Float) return float(value.value);
  if (typeof value === 'string') return parseNumber(value) ?? wrongType(value, 'a number');
  return wrongType(value, 'a number');
}

function booleanValue(value: Value): Value | PropertyFailure {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  return wrongType(value, 'true or false');
}

function mapValue(schema: PropertySchema, given: Value, readChild: ReadChild): Value | PropertyFailure {
  const value = given ?? schema.default ?? new Map<Value, Value>();
  if (!isMap(value)) {
    // A json parameter of a provider template takes lists and text as well.
    if (schema.allowConversion && typeof value === 'string') return value;
    if (schema.allowConversion && isList(value)) return jsonText(value);
    return wrongType(value, 'a map');
  }
  if (schema.schema === undefined) return value;
  const result = new Map<Value, Value>();
  for (const [key, child] of schema.schema) {
    const reading = readChild(child, key, value);
    if (reading instanceof PropertyFailure) return reading;
    result.set(key, reading);
  }
  return result;
}

function jsonText(value: Value): Value | PropertyFailure {
  try {
    return dumpJson(value);
  } catch (error) {
    if (error instanceof NotSerialisable) return new PropertyFailure('ValueError', error.message);
    throw error;
  }
}

function listValue(schema: PropertySchema, given: Value, readChild: ReadChild): Value | PropertyFailure {
  let value = orDefault(schema, given, []);
  if (schema.allowConversion && typeof value === 'string') value = value === '' ? [] : value.split(',');
  // Bytes are a sequence of numbers to Python.
  if (value instanceof Uint8Array) value = Array.from(value);
  if (!isList(value)) return wrongType(value, 'a list');
  const item = schema.schema?.get('*');
  if (item === undefined) return value;
  const result: Value[] = [];
  for (const [i, element] of value.entries()) {
    const reading = readChild(item, i, new Map([[i, element]]));
    if (reading instanceof PropertyFailure) return reading;
    result.push(reading);
  }
  return result;
}

const readPlainChild: ReadChild = (schema, key, data) => {
  const value = data.get(key);
  return value === undefined ? missingValue(schema, key) : propertyValue(schema, value);
};

function wrongType(value: Value, expected: string): PropertyFailure {
  return new PropertyFailure('ValueError', `Expected ${expected}, not a value of type ${typeName(value)}`);
}
