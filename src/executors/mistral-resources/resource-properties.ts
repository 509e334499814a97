import { HEAT_CATALOG } from '../../catalog/heat-catalog.ts';
import { isFailure } from '../../catalog/property-failure.ts';
import { readProperties } from '../../catalog/property-reader.ts';
import type { PropertySchema, ResourceType } from '../../catalog/resource-type.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { TaskContext } from '../../run/handlers.ts';
import { TerminalError } from '../../run/thrown.ts';
import { fromPlain } from '../../values/encode.ts';
import { str } from '../../values/text.ts';
import { isList, isMap, type Value, type ValueMap } from '../../values/value.ts';

/** A property as Heat's class reads it: of the schema's type, with its default; null when there is none. */
export type ReadProperty = (name: string) => Value;

/**
 * @throws TerminalError for a key that the class has not, and by the function that is returned for a value that its schema
 *     refuses.
 */
export function propertiesOf(typeName: string, given: TaskContext['properties']): ReadProperty {
  const raw = fromPlain(given) as ValueMap;
  const type = HEAT_CATALOG.get(typeName) as ResourceType;
  refuseUnknown(raw, type.properties, '');
  const reader = readProperties(type, (name) => raw.get(name));
  return (name) => {
    const value = reader.property(name);
    if (isFailure(value)) throw new TerminalError(`${name}: ${value.message}`);
    return value ?? null;
  };
}

/** Follows the schema, not the value: no deeper than that. */
function refuseUnknown(value: Value, schema: ReadonlyMap<string, PropertySchema>, path: string): void {
  const every = schema.get('*');
  if (isList(value) && every?.schema !== undefined) {
    for (const [index, item] of value.entries()) refuseUnknown(item, every.schema, `${path}[${index}]`);
  }
  if (!isMap(value)) return;
  for (const [key, item] of value) {
    const known = schema.get(key as string);
    if (known === undefined) {
      const { hint } = didYouMean(str(key), schema.keys());
      const where = path === '' ? 'The resource' : path;
      throw new TerminalError(`${where} has no '${str(key)}'${hint === undefined ? '' : `. ${hint}`}`);
    }
    if (known.schema !== undefined) refuseUnknown(item, known.schema, path === '' ? str(key) : `${path}.${str(key)}`);
  }
}
