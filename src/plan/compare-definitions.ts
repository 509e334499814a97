import type { FrozenDefinition } from '../state/stack-state.ts';
import { equals } from '../values/equality.ts';
import type { Value } from '../values/value.ts';

/** A part of a definition beside its properties, by its key in HOT. */
export type DefinitionPart =
  | 'type'
  | 'metadata'
  | 'depends_on'
  | 'deletion_policy'
  | 'update_policy'
  | 'external_id'
  | 'condition';

/** In the order in which plans name them. */
const PARTS: readonly (readonly [DefinitionPart, (definition: FrozenDefinition) => Value | undefined])[] = [
  ['type', ({ type }) => type],
  ['metadata', ({ metadata }) => metadata],
  ['depends_on', ({ dependsOn }) => dependsOn],
  ['deletion_policy', ({ deletionPolicy }) => deletionPolicy],
  ['update_policy', ({ updatePolicy }) => updatePolicy],
  ['external_id', ({ externalId }) => externalId],
  ['condition', ({ condition }) => condition],
];

/**
 * Which parts differ. A part that is written differs from one that is not, even when it says what is the default.
 * Mirrors `ResourceDefinition.__eq__`, for which descriptions do not count.
 */
export function changedParts(before: FrozenDefinition, after: FrozenDefinition): readonly DefinitionPart[] {
  return PARTS.filter(([, part]) => !same(part(before), part(after))).map(([name]) => name);
}

export function samePropertiesAsWritten(before: FrozenDefinition, after: FrozenDefinition): boolean {
  return same(before.properties, after.properties);
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equals(a, b);
}
