import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { HiddenTexts } from '../state/hidden-texts.ts';
import type { ResourceState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';
import { AS_RECORDED, givenProperties, propertyChanges, type Shown, shownOf } from './describe-properties.ts';
import type { MayBe } from './follow.ts';
import type { JudgedResource } from './judge-resource.ts';
import type { Previous } from './previous.ts';
import type { ChangeKind, ResourceChange } from './update-plan.ts';

const KINDS: Readonly<Record<JudgedResource['judgement']['decision'], ChangeKind>> = {
  unchanged: 'unchanged',
  update: 'updated',
  replace: 'replaced',
  // The lists have to name it somewhere; that the plan is refused says the rest.
  refuse: 'updated',
  fail: 'updated',
};

/** Every change in words of data: those of the new template in its order, then what goes. */
export function describeChanges(
  previous: Previous,
  next: Stack,
  existing: ReadonlyMap<string, ResourceState>,
  judged: ReadonlyMap<string, JudgedResource>,
  mayBe: ReadonlyMap<string, MayBe>,
): readonly ResourceChange[] {
  const hidden = new HiddenTexts([...hiddenValues(previous.stack), ...hiddenValues(next)]);
  const oldDefinitions = new Map(previous.stack?.resources.map((resource) => [resource.name, resource]));
  const hooks = new Set(previous.state.hooks?.map(({ name }) => name));
  const staysAsRecorded = (name: Value): boolean => {
    if (!previous.recorded || typeof name !== 'string') return false;
    if (hooks.has(name)) return true;
    return existing.has(name) && judged.get(name)?.whenRun.decision !== 'replace' && !mayBe.has(name);
  };
  const changes = next.resources.map((wanted): ResourceChange => {
    const one = judged.get(wanted.name);
    const show = shownOf(next, wanted, staysAsRecorded);
    if (one === undefined) {
      const properties = givenProperties(next, wanted, show, hidden);
      return { ...common(wanted.name, wanted.type, next, wanted), kind: 'added', because: [], properties, parts: [] };
    }
    return describeChange(one, next, shownBefore(previous, oldDefinitions.get(wanted.name)), show, hidden, mayBe);
  });
  const names = new Set(next.resources.map(({ name }) => name));
  for (const { name, definition } of existing.values()) {
    if (names.has(name)) continue;
    const { type, deletionPolicy } = definition;
    const kept = deletionPolicy === undefined || deletionPolicy === 'Delete' ? {} : { deletionPolicy };
    changes.push({ name, kind: 'deleted', type, because: [], properties: [], parts: [], ...kept });
  }
  return changes;
}

function describeChange(
  one: JudgedResource,
  next: Stack,
  old: Shown,
  show: Shown,
  hidden: HiddenTexts,
  mayBe: ReadonlyMap<string, MayBe>,
): ResourceChange {
  const { wanted, judgement, before, parts } = one;
  const kind = KINDS[judgement.decision];
  const whenRun = KINDS[one.whenRun.decision];
  const perhaps = mayBe.get(wanted.name);
  const { deletionPolicy } = before;
  return {
    ...common(wanted.name, wanted.type, next, wanted),
    kind,
    ...(before.type !== wanted.type && { previousType: before.type }),
    because: kind === 'replaced' ? judgement.because : [],
    properties: propertyChanges(one, old, show, hidden),
    parts: parts.filter((part) => part !== 'type'),
    ...(whenRun !== kind && { whenRun }),
    ...(perhaps !== undefined && { mayBe: perhaps }),
    ...(kind === 'replaced' && deletionPolicy !== undefined && deletionPolicy !== 'Delete' && { deletionPolicy }),
  };
}

function common(
  name: string,
  type: string,
  { template }: Stack,
  { path }: ResourceDefinition,
): Pick<ResourceChange, 'name' | 'type' | 'place'> {
  const place = template.document.locate(path, 'key');
  return { name, type, ...(place !== undefined && { place }) };
}

/** What was recorded is shown as it is; of planning time, references as they are written. */
function shownBefore({ stack, recorded }: Previous, definition: ResourceDefinition | undefined): Shown {
  if (recorded || stack === undefined || definition === undefined) return AS_RECORDED;
  return shownOf(stack, definition, () => false);
}

function* hiddenValues(stack: Stack | undefined): Iterable<Value> {
  for (const name of stack?.scope.hidden ?? []) yield stack?.scope.parameters.get(name) ?? null;
}
