import { type Judgement, judgeUpdate } from '../catalog/catalog.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import { sameClass } from '../state/resource-class.ts';
import type { FrozenDefinition, ResourceState } from '../state/stack-state.ts';
import { changedParts, type DefinitionPart, samePropertiesAsWritten } from './compare-definitions.ts';
import { readerOf } from './reader-of.ts';
import { openSchema, type ResourceSchema } from './resource-schema.ts';

/** What becomes of one resource that is there: before the run as far as values are known, in the run for good. */
export interface JudgedDefinitions {
  readonly before: FrozenDefinition;
  readonly after: FrozenDefinition;
  readonly schema: ResourceSchema;
  /** What Heat's preview says. */
  readonly judgement: Judgement;
  /**
   * What Heat's update does: unlike the preview it knows old names of properties, and leaves alone what has an external
   * id.
   */
  readonly whenRun: Judgement;
  readonly parts: readonly DefinitionPart[];
}

/**
 * The one rule by which plans and runs judge an update. Mirrors what `StackUpdate.preview` and `Resource.update` do for
 * one resource.
 *
 * @param known the class of what is wanted; undefined: nobody knows it.
 * @param unknown names of properties whose values are not known on one side: they count as unchanged. So does metadata
 * that was not recorded.
 */
export function judgeDefinitions(
  known: ResourceSchema | undefined,
  existing: ResourceState,
  wanted: ResourceDefinition,
  evaluated: FrozenDefinition,
  unknown: Iterable<string>,
): JudgedDefinitions {
  const metadataMasked = existing.masked?.includes('metadata') === true;
  const { before, after } = withoutUnknown(existing.definition, evaluated, [...unknown], metadataMasked);
  const schema = known ?? openSchema(before, after);
  const parts = changedParts(before, after);
  const judged = { before, after, schema, parts };
  if (!sameClass(existing, wanted)) return { ...judged, judgement: OF_ANOTHER_TYPE, whenRun: OF_ANOTHER_TYPE };
  const judgement = judge(schema, existing, before, after, parts, false);
  return { ...judged, judgement, whenRun: judgeRun(judgement, schema, existing, before, after, parts) };
}

const OF_ANOTHER_TYPE: Judgement = { decision: 'replace', changed: [], because: ['type'] };
const UNCHANGED: Judgement = { decision: 'unchanged', changed: [], because: [] };

function judgeRun(
  preview: Judgement,
  schema: ResourceSchema,
  existing: ResourceState,
  before: FrozenDefinition,
  after: FrozenDefinition,
  parts: readonly DefinitionPart[],
): Judgement {
  if ((after.externalId ?? null) !== null) return UNCHANGED;
  if (preview.decision === 'unchanged' || schema.translations.length === 0) return preview;
  return judge(schema, existing, before, after, parts, true);
}

function judge(
  schema: ResourceSchema,
  { action, status, physicalId }: ResourceState,
  before: FrozenDefinition,
  after: FrozenDefinition,
  parts: readonly DefinitionPart[],
  translate: boolean,
): Judgement {
  const propertiesChanged = !samePropertiesAsWritten(before, after);
  const metadataChanged = parts.includes('metadata');
  return judgeUpdate({
    schema: schema.properties,
    before: readerOf(schema, before, translate),
    after: readerOf(schema, after, translate),
    decision: schema.decision,
    definitionChanged: propertiesChanged || parts.length > 0,
    templateChanged: propertiesChanged || metadataChanged || parts.includes('update_policy'),
    metadataChanged,
    state: { action, status, exists: physicalId !== undefined || status === 'COMPLETE' },
  });
}

/** Both sides with the unknown properties left as they were. */
function withoutUnknown(
  before: FrozenDefinition,
  after: FrozenDefinition,
  unknown: readonly string[],
  metadataMasked: boolean,
): { before: FrozenDefinition; after: FrozenDefinition } {
  let [old, wanted] = [before, after];
  if (unknown.length > 0) {
    const properties = new Map(after.properties);
    for (const name of unknown) {
      const value = before.properties?.get(name);
      if (value === undefined) properties.delete(name);
      else properties.set(name, value);
    }
    wanted = { ...wanted, properties };
  }
  if (metadataMasked) {
    const { metadata: _, ...rest } = old;
    old = wanted.metadata === undefined ? rest : { ...rest, metadata: wanted.metadata };
  }
  return { before: old, after: wanted };
}

/** Properties that the state was not allowed to keep. */
export function maskedProperties({ masked = [] }: ResourceState): string[] {
  return masked.filter((one) => one.startsWith('properties.')).map((one) => one.slice('properties.'.length));
}
