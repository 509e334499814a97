import { evaluateOrOmit } from '../functions/evaluate.ts';
import { Call, type Expression, hasCalls, OMIT } from '../functions/expression.ts';
import { PythonError } from '../functions/python-error.ts';
import { references } from '../functions/references.ts';
import { toValue } from '../functions/to-value.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import type { HiddenTexts } from '../state/hidden-texts.ts';
import type { FrozenDefinition } from '../state/stack-state.ts';
import { equals } from '../values/equality.ts';
import type { Value } from '../values/value.ts';
import type { JudgedResource } from './judge-resource.ts';
import type { PropertyChange } from './update-plan.ts';

/** Stands where a hidden value would. */
export const MASK = '******';

/** The properties that differ between what was and what is wanted, new ones first as written. */
export function propertyChanges(
  { before, after, schema, judgement }: JudgedResource,
  old: Shown,
  wanted: Shown,
  hidden: HiddenTexts,
): readonly PropertyChange[] {
  const changes: PropertyChange[] = [];
  const names = new Set<Value>([...(after?.properties?.keys() ?? []), ...(before.properties?.keys() ?? [])]);
  for (const name of names) {
    const [a, b] = [givenIn(before, name), after && givenIn(after, name)];
    if (typeof name !== 'string' || (a === undefined ? b === undefined : b !== undefined && equals(a, b))) continue;
    const facts = schema.properties.get(name);
    const fixed = judgement.because.includes(name) || facts?.updateAllowed === false;
    const isHidden = (a !== undefined && hidden.isIn(a)) || (b !== undefined && hidden.isIn(b));
    const show = (side: Shown, value: Value): Value => (isHidden ? MASK : side(name, value));
    changes.push({
      name,
      ...(a !== undefined && { before: show(old, a) }),
      ...(b !== undefined && { after: show(wanted, b) }),
      effect: facts?.immutable ? 'refuse' : fixed && judgement.decision === 'replace' ? 'replace' : 'update',
      hidden: isHidden,
    });
  }
  return changes;
}

function givenIn({ properties }: FrozenDefinition, name: Value): Value | undefined {
  return properties?.get(name);
}

/** How the value of a property is shown. */
export type Shown = (name: Value, value: Value) => Value;

export const AS_RECORDED: Shown = (_, value) => value;

/** As data where it refers to a resource of which `isKnown` says that nothing is known yet. */
export function shownOf(
  stack: Stack,
  { properties }: ResourceDefinition,
  isKnown: (resource: Value) => boolean,
): Shown {
  if (properties === undefined || properties instanceof Call) return AS_RECORDED;
  return (name, value) => {
    const expression = (properties as ReadonlyMap<Value, Expression>).get(name);
    if (expression === undefined || !hasCalls(expression)) return value;
    let known = true;
    const visit = ({ name: resource }: { readonly name: Value }): void => {
      known &&= isKnown(resource);
    };
    references(expression, stack.runtime, [], visit, () => {});
    return known ? value : toValue(expression);
  };
}

/** The properties of a resource that is new. */
export function givenProperties(
  stack: Stack,
  { properties }: ResourceDefinition,
  show: Shown,
  hidden: HiddenTexts,
): readonly PropertyChange[] {
  if (properties === undefined || properties instanceof Call) return [];
  const changes: PropertyChange[] = [];
  for (const [name, expression] of properties as ReadonlyMap<Value, Expression>) {
    if (typeof name !== 'string') continue;
    const value = planned(expression, stack);
    if (value === OMIT) continue;
    const isHidden = hidden.isIn(value);
    changes.push({ name, after: isHidden ? MASK : show(name, value), effect: 'update', hidden: isHidden });
  }
  return changes;
}

function planned(expression: Expression, stack: Stack): Value | typeof OMIT {
  try {
    return evaluateOrOmit(expression, stack.runtime);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return toValue(expression);
  }
}
