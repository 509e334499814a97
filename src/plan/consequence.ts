import { DecisionFailed } from '../catalog/catalog.ts';
import type { JudgedResource } from './judge-resource.ts';
import { readerOf } from './reader-of.ts';

/** What a changed value of this property (or the metadata) will ask for, when all else stays as it is now. */
export function consequence({ schema, before, after }: JudgedResource, property: string): 'updated' | 'replaced' {
  const { decision } = schema;
  const [old, wanted] = [readerOf(schema, before, true), readerOf(schema, after ?? before, true)];
  const sides = {
    before: (name: string) => old.property(name),
    after: (name: string) => wanted.property(name),
    metadataChanged: property === 'metadata',
  };
  try {
    if (property === 'metadata') {
      return decision.needsReplaceWithTemplateDiff?.(sides) === undefined ? 'updated' : 'replaced';
    }
    if (schema.properties.get(property)?.updateAllowed === false) return 'replaced';
    const changed = new Set([property]);
    return decision.needsReplaceWithPropertyDiff?.({ ...sides, changed }) === undefined ? 'updated' : 'replaced';
  } catch (error) {
    if (!(error instanceof DecisionFailed)) throw error;
    return 'updated';
  }
}
