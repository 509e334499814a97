import { Call, type Expression, hasCalls } from '../functions/expression.ts';
import { references } from '../functions/references.ts';
import type { Runtime } from '../functions/runtime.ts';
import { order } from '../graph/order.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Value } from '../values/value.ts';
import { consequence } from './consequence.ts';
import type { JudgedResource } from './judge-resource.ts';
import type { Undecided } from './update-plan.ts';

export type MayBe = 'updated' | 'replaced';

/** What will have become of a resource: for sure, and perhaps. */
interface Fate {
  readonly replaced: boolean;
  readonly updated: boolean;
}

/**
 * What the run decides, because it hangs on what becomes of other resources: who refers to a resource that is replaced
 * gets another id, who reads an attribute of one that is updated perhaps another value; and so on from there.
 *
 * @param graph tells in which order to go; the first tasks are those of the stack's resources.
 */
export function follow(
  resources: readonly ResourceDefinition[],
  judged: ReadonlyMap<string, JudgedResource>,
  graph: TaskGraph,
  runtime: Runtime,
): { undecided: readonly Undecided[]; mayBe: ReadonlyMap<string, MayBe> } {
  const undecided: Undecided[] = [];
  const mayBe = new Map<string, MayBe>();
  const fates = new Map<string, Fate>();
  const sorted = order(graph);
  for (const index of sorted.ok ? sorted.order : []) {
    const wanted = resources[index];
    const one = wanted && judged.get(wanted.name);
    if (wanted === undefined || one === undefined) continue;
    const { decision } = one.whenRun;
    const found = decision === 'replace' || one.schema.placeholder ? [] : undecidedOf(one, fates, runtime);
    undecided.push(...found);
    const replaced = found.some((item) => item.mayBe === 'replaced');
    fates.set(wanted.name, {
      replaced: decision === 'replace' || replaced,
      updated: decision !== 'unchanged' || found.length > 0,
    });
    if (replaced) mayBe.set(wanted.name, 'replaced');
    else if (found.length > 0 && decision === 'unchanged') mayBe.set(wanted.name, 'updated');
  }
  return { undecided, mayBe };
}

function undecidedOf(one: JudgedResource, fates: ReadonlyMap<string, Fate>, runtime: Runtime): Undecided[] {
  const { wanted, whenRun, unknown } = one;
  const resource = wanted.name;
  const found: Undecided[] = [];
  if (whenRun.asksService) found.push({ resource, after: [], mayBe: 'replaced' });
  for (const [property, expression] of propertiesOf(wanted)) {
    const after = new Set<string>(unknown.get(property) ?? []);
    for (const name of changing(expression, fates, runtime)) after.add(name);
    if (after.size === 0 && !unknown.has(property)) continue;
    found.push({ resource, property, after: [...after], mayBe: consequence(one, property) });
  }
  const after = changing(wanted.metadata, fates, runtime);
  if (after.length > 0) found.push({ resource, property: 'metadata', after, mayBe: consequence(one, 'metadata') });
  return found;
}

function* propertiesOf({ properties }: ResourceDefinition): Iterable<[string, Expression]> {
  if (properties === undefined) return;
  if (properties instanceof Call) {
    yield ['properties', properties];
    return;
  }
  for (const [name, expression] of properties as ReadonlyMap<Value, Expression>) {
    if (typeof name === 'string') yield [name, expression];
  }
}

/** Resources whose ids or attributes, as far as the expression needs them, may change. */
function changing(expression: Expression | undefined, fates: ReadonlyMap<string, Fate>, runtime: Runtime): string[] {
  if (!hasCalls(expression)) return [];
  const names = new Set<string>();
  references(
    expression,
    runtime,
    [],
    ({ kind, name }) => {
      const fate = typeof name === 'string' ? fates.get(name) : undefined;
      if (fate?.replaced || (kind === 'get_attr' && fate?.updated)) names.add(name as string);
    },
    () => {},
  );
  return [...names];
}
