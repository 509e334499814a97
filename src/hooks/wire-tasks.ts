import type { Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import type { Task } from '../graph/task.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type { FoundReference } from './find-references.ts';
import type { HookReferences, Referrer, Wiring } from './hook-references.ts';
import { OWN_TASK } from './hook-task.ts';
import { templateSections } from './template-sections.ts';

/** Input of a task whose `depends_on` in the template has names of hooks. */
const DEPENDS_ON_HOOKS = 'depends_on_hooks';

/** What tasks of the graph refer to, as far as it is a hook. */
export function wireTasks(wiring: Wiring, references: HookReferences): void {
  const { graph } = wiring;
  for (const [index, task] of graph.tasks.entries()) {
    const sections = templateSections(graph.scopes.get(task.scope));
    const referrer = referrerOf([index], task.scope, `'${task.id}'`);
    for (const key of Object.keys(task.inputs)) {
      references.visit(task.scope, task.inputs[key] as Value, sections.input(task.name, key), (reference) =>
        requireNamed(wiring, references, referrer, reference),
      );
    }
    wireDependsOn(wiring, references, task, referrer, sections.dependsOn(task.name));
  }
}

/** The hooks that an output needs. */
export function hooksOfOutput(
  wiring: Wiring,
  references: HookReferences,
  scope: string,
  name: string,
  value: Value,
): readonly number[] {
  const path = templateSections(wiring.graph.scopes.get(scope)).output(name);
  const required = new Set<number>();
  const referrer = referrerOf([], scope, `The output '${name}'`);
  references.visit(scope, value, path, (reference) => {
    for (const index of requireNamed(wiring, references, referrer, reference)) required.add(index);
  });
  return [...required];
}

function referrerOf(requirers: readonly number[], scope: string, who: string): Referrer {
  return { requirers, scope, who, onFailure: false, place: undefined };
}

function requireNamed(
  { targets, named, report }: Wiring,
  references: HookReferences,
  referrer: Referrer,
  reference: FoundReference,
): readonly number[] {
  const { name, path } = reference;
  const { scope, who } = referrer;
  if (typeof name !== 'string' || name === OWN_TASK || targets.named(scope, name).length > 0) return [];
  const plan = named.get(name);
  if (plan !== undefined) return references.require(referrer, plan, reference);
  // Any other name may be one that an earlier run recorded.
  if (references.isAwaited(scope, name) && !references.isEarlier(name)) {
    report(say.referenceToNothing(who, name, references.locate(path, scope), references.names(scope)));
  }
  return [];
}

function wireDependsOn(
  { named, report }: Wiring,
  references: HookReferences,
  { inputs }: Task,
  referrer: Referrer,
  path: Path,
): void {
  const names = inputs[DEPENDS_ON_HOOKS];
  if (!Array.isArray(names)) return;
  for (const name of names as readonly Value[]) {
    const text = str(name);
    const plan = named.get(text);
    if (plan !== undefined) references.require(referrer, plan, { kind: 'get_resource', name, path }, 'depends_on');
    else if (!references.isEarlier(text)) {
      report(say.referenceToNothing(referrer.who, text, references.locate(path, referrer.scope), named.keys()));
    }
  }
}
