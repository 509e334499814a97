import type { Catalog, Judgement } from '../catalog/catalog.ts';
import { evaluate } from '../functions/evaluate.ts';
import { Call, type Expression } from '../functions/expression.ts';
import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { freezeDefinition } from '../state/freeze-definition.ts';
import type { FrozenDefinition, ResourceState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';
import { type JudgedDefinitions, judgeDefinitions, maskedProperties } from './judge-definitions.ts';
import { openSchema, readableBy, schemaOf } from './resource-schema.ts';
import { type KnownHooks, stateRuntime } from './state-runtime.ts';

/** A resource that is in both, and what the update does to it as far as values are known. */
export interface JudgedResource extends Omit<JudgedDefinitions, 'after'> {
  readonly existing: ResourceState;
  readonly wanted: ResourceDefinition;
  /** Undefined: its functions fail as yet. */
  readonly after: FrozenDefinition | undefined;
  /** Properties whose values were not recorded, by the resources that they come from. They count as unchanged. */
  readonly unknown: ReadonlyMap<string, readonly string[]>;
}

/** What an update does to a resource, with the values of planning time. */
export function judgeResource(
  stack: Stack,
  wanted: ResourceDefinition,
  existing: ResourceState,
  recorded: ReadonlyMap<string, ResourceState>,
  catalog: Catalog,
  hooks: KnownHooks,
): JudgedResource {
  const seen = new Set<string>();
  const runtime = stateRuntime(stack.runtime, recorded, (name) => seen.add(name), hooks);
  const known = schemaOf(stack, wanted, catalog);
  let evaluated: FrozenDefinition;
  try {
    evaluated = freezeDefinition(stack.template, readableBy(known, wanted), runtime);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const failed: Judgement = { decision: 'fail', changed: [], because: [], heat: error.type, message: error.message };
    const schema = known ?? openSchema(existing.definition);
    const nothing = { parts: [], unknown: new Map(), before: existing.definition, after: undefined };
    return { existing, wanted, ...nothing, schema, judgement: failed, whenRun: failed };
  }
  const unknown = seen.size === 0 ? new Map() : unknownProperties(wanted, runtime, seen);
  for (const property of maskedProperties(existing)) if (!unknown.has(property)) unknown.set(property, []);
  return { existing, wanted, ...judgeDefinitions(known, existing, wanted, evaluated, unknown.keys()), unknown };
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
