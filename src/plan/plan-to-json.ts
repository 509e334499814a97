import { toJSON } from '../graph/to-json.ts';
import { encode, type Json } from '../values/encode.ts';
import type { PropertyChange, ResourceChange, UpdatePlan } from './update-plan.ts';

/**
 * A plan as JSON data: its fields as they are, values in the lossless form of graphs, the graph as `toJSON` writes it.
 * What is absent does not apply. Hidden values are masks.
 */
export function planToJSON(plan: UpdatePlan): { readonly [key: string]: Json } {
  const { ok, added, deleted, replaced, updated, unchanged, order } = plan;
  return {
    ok,
    added: [...added],
    deleted: [...deleted],
    replaced: [...replaced],
    updated: [...updated],
    unchanged: [...unchanged],
    changes: plan.changes.map(changeToJSON),
    undecided: plan.undecided.map((one) => ({ ...one, after: [...one.after] })),
    order: [...order],
    graph: toJSON(plan.graph) as unknown as Json,
    diagnostics: plan.diagnostics as unknown as Json,
  };
}

function changeToJSON(change: ResourceChange): Json {
  const { properties, because, parts, place, ...rest } = change;
  return {
    ...rest,
    because: [...because],
    parts: [...parts],
    properties: properties.map(propertyToJSON),
    ...(place !== undefined && { place: { ...place } }),
  };
}

function propertyToJSON({ name, before, after, effect, hidden }: PropertyChange): Json {
  return {
    name,
    ...(before !== undefined && { before: encode(before) }),
    ...(after !== undefined && { after: encode(after) }),
    effect,
    hidden,
  };
}
