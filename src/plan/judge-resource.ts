import { type Catalog, type Judgement, judgeUpdate } from '../catalog/catalog.ts';
import { evaluate } from '../functions/evaluate.ts';
import { Call, type Expression } from '../functions/expression.ts';
import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { freezeDefinition } from '../state/freeze-definition.ts';
import { sameClass } from '../state/resource-class.ts';
import type { FrozenDefinition, ResourceState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';
import { changedParts, type DefinitionPart, samePropertiesAsWritten } from './compare-definitions.ts';
import { readerOf } from './reader-of.ts';
import { openSchema, type ResourceSchema, schemaOf } from './resource-schema.ts';
import { stateRuntime } from './state-runtime.ts';

/** A resource that is in both, and what the update does to it as far as values are known. */
export interface JudgedResource {
  readonly existing: ResourceState;
  readonly wanted: ResourceDefinition;
  readonly before: FrozenDefinition;
  /** Undefined: its functions fail as yet. */
  readonly after: FrozenDefinition | undefined;
  readonly schema: ResourceSchema;
  /** What Heat's preview says. */
  readonly judgement: Judgement;
  /**
   * What Heat's update does: unlike the preview it knows old names of properties, and leaves alone what has an external
   * id.
   */
  readonly whenRun: Judgement;
  readonly parts: readonly DefinitionPart[];
  /** Properties whose values were not recorded, by the resources that they come from. They count as unchanged. */
  readonly unknown: ReadonlyMap<string, readonly string[]>;
}

/** Mirrors what `StackUpdate.preview` and `Resource.update` do for one resource. */
export function judgeResource(
  stack: Stack,
  wanted: ResourceDefinition,
  existing: ResourceState,
  recorded: ReadonlyMap<string, ResourceState>,
  catalog: Catalog,
): JudgedResource {
  const seen = new Set<string>();
  const runtime = stateRuntime(stack.runtime, recorded, (name) => seen.add(name));
  const known = schemaOf(stack, wanted, catalog);
  const common = { existing, wanted, before: existing.definition, parts: [], unknown: new Map() };
  let evaluated: FrozenDefinition;
  try {
    // A placeholder takes any property, and looks at none.
    const read = known?.placeholder ? { ...wanted, properties: undefined } : wanted;
    evaluated = freezeDefinition(stack.template, read, runtime);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const failed: Judgement = { decision: 'fail', changed: [], because: [], heat: error.type, message: error.message };
    const schema = known ?? openSchema(existing.definition);
    return { ...common, after: undefined, schema, judgement: failed, whenRun: failed };
  }
  const unknown = seen.size === 0 ? new Map() : unknownProperties(wanted, runtime, seen);
  const masked = existing.masked ?? [];
  for (const one of masked) {
    const property = one.startsWith('properties.') ? one.slice('properties.'.length) : undefined;
    if (property !== undefined && !unknown.has(property)) unknown.set(property, []);
  }
  const { before, after } = withoutUnknown(existing.definition, evaluated, unknown, masked.includes('metadata'));
  const schema = known ?? openSchema(before, after);
  const parts = changedParts(before, after);
  const judged = { ...common, before, after, schema, parts, unknown };
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

/** Which properties hold values that were not recorded, each with the resources that it takes them from. */
function unknownProperties(
  { properties }: ResourceDefinition,
  runtime: Runtime,
  seen: Set<string>,
): Map<string, readonly string[]> {
  const unknown = new Map<string, readonly string[]>();
  if (properties === undefined || properties instanceof Call) return unknown;
  for (const [name, expression] of properties as ReadonlyMap<Value, Expression>) {
    seen.clear();
    evaluate(expression, runtime);
    if (seen.size > 0 && typeof name === 'string') unknown.set(name, [...seen]);
  }
  return unknown;
}

/** Both sides with the unknown properties left as they were. */
function withoutUnknown(
  before: FrozenDefinition,
  after: FrozenDefinition,
  unknown: ReadonlyMap<string, unknown>,
  metadataMasked: boolean,
): { before: FrozenDefinition; after: FrozenDefinition } {
  let [old, wanted] = [before, after];
  if (unknown.size > 0) {
    const properties = new Map(after.properties);
    for (const name of unknown.keys()) {
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
