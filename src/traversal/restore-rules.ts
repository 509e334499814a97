import type { Value, ValueMap } from '../values/value.ts';

/** What a restore makes of a resource's properties, from what its snapshot kept; resolved only where no function is. */
export type RestoreRule = (properties: ReadonlyMap<Value, Value>, data: ValueMap) => ReadonlyMap<Value, Value>;

export type RestoreRules = ReadonlyMap<string, RestoreRule>;

/** Mirrors `handle_restore` of the resources that have one; a remote stack's asks the other Heat, and is the host's. */
export const HEAT_RESTORE_RULES: RestoreRules = new Map([
  ['OS::Nova::Server', (properties, data) => withData(properties, data, 'image', 'snapshot_image_id', [])],
  [
    'OS::Cinder::Volume',
    (properties, data) => withData(properties, data, 'backup_id', 'backup_id', ['imageRef', 'image', 'source_volid']),
  ],
]);

function withData(
  properties: ReadonlyMap<Value, Value>,
  data: ValueMap,
  property: string,
  key: string,
  without: readonly string[],
): ReadonlyMap<Value, Value> {
  const value = data.get(key);
  if (value === undefined) return properties;
  const restored = new Map(properties);
  for (const name of without) restored.delete(name);
  return restored.set(property, value);
}
