import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/plan.ts';
import type { Stack } from '../stack/stack.ts';
import { equals } from '../values/equality.ts';
import type { Value } from '../values/value.ts';
import type { JudgedResource } from './judge-resource.ts';

/** Why Heat would refuse the update of this resource, or stumble over it. */
export function refusalsOf(stack: Stack, one: JudgedResource, report: (diagnostic: Diagnostic) => void): void {
  const { template, environment } = stack;
  const { document, dialect } = template;
  const { wanted, judgement, whenRun, before, after } = one;
  const { name, path } = wanted;
  const properties = [...path, dialect.resourceKeys.properties];
  if (after !== undefined && !sameId(before.externalId, after.externalId)) {
    const key = dialect.resourceKeys.externalId;
    report(say.externalIdChanged(document, key === undefined ? path : [...path, key], name));
  }
  // What the preview lets pass may fail nevertheless.
  const verdict = FAILS.has(judgement.decision) ? judgement : whenRun;
  if (verdict.decision === 'refuse') {
    for (const property of verdict.because) {
      report(say.immutableProperty(document, [...properties, property], name, property));
    }
  } else if (verdict.decision === 'fail') {
    const { message = '', heat = 'ValueError' } = verdict;
    report(say.changeUnreadable(document, properties, name, message, heat));
  }
  const action = RESTRICTED.get(whenRun.decision);
  if (action !== undefined && environment.registry.restrictedActions(name).includes(action)) {
    report(say.actionRestricted(document, path, name, action));
  }
}

const FAILS: ReadonlySet<string> = new Set(['refuse', 'fail']);

const RESTRICTED = new Map<string, 'update' | 'replace'>([
  ['update', 'update'],
  ['replace', 'replace'],
]);

function sameId(before: Value | undefined, after: Value | undefined): boolean {
  return equals(before ?? null, after ?? null);
}

/** Parameters that must not change and do. Mirrors `Parameters.immutable_params_modified`. */
export function refusedParameters(previous: Stack, next: Stack, report: (diagnostic: Diagnostic) => void): void {
  for (const [name, { schema, coerced }] of next.parameters.declared) {
    const before = previous.parameters.declared.get(name)?.coerced;
    if (!schema.immutable || before === undefined || !before.ok || coerced === undefined || !coerced.ok) continue;
    if (!equals(before.value, coerced.value)) {
      report(say.immutableParameter(next.template.document, schema.path, schema.name));
    }
  }
}
