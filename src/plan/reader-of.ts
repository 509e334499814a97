import { type PropertyReader, type RawProperty, readProperties } from '../catalog/catalog.ts';
import type { FrozenDefinition } from '../state/stack-state.ts';
import type { ResourceSchema } from './resource-schema.ts';

/**
 * The properties of a definition as its class reads them.
 *
 * @param translate whether old names of properties count as their new ones: when the update runs they do, in Heat's
 * preview they do not.
 */
export function readerOf(
  schema: ResourceSchema,
  { properties, description }: FrozenDefinition,
  translate: boolean,
): PropertyReader {
  const raw: RawProperty = (name) => properties?.get(name);
  return readProperties(translate ? schema : { ...schema, translations: [] }, raw, description);
}
