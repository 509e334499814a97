import * as say from '../diagnostics/compile.ts';
import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import { functionRefused } from '../diagnostics/functions.ts';
import { evaluate } from '../functions/evaluate.ts';
import { type Expression, hasCalls } from '../functions/expression.ts';
import { PythonError } from '../functions/python-error.ts';
import { type FindReferences, type Reference, referenceFinder } from '../functions/references.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { truthy } from '../values/equality.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type { Draft } from './draft.ts';

/**
 * Edges that the template states: depends_on, and references in properties and metadata. Mirrors
 * `ResourceDefinition.dependencies`. An external resource has none. A depends_on to a resource whose condition is
 * false is dropped; a reference to one is refused.
 */
export function addExplicitEdges(draft: Draft): void {
  const { stack, builder } = draft;
  const { resourceKeys } = stack.template.dialect;
  let requirer = 0;
  const find = finderIn(draft, (reference) => {
    const required = findResource(draft, reference);
    if (required !== undefined) builder.edge(requirer, required, reference);
  });
  stack.resources.forEach((resource, index) => {
    requirer = index;
    if (isExternal(draft, resource)) {
      if (resource.dependsOn.length > 0) {
        const path = [...resource.path, resourceKeys.dependsOn];
        draft.report(say.externalWithDependsOn(stack.template.document, path, resource.name));
      }
      return;
    }
    addDependsOn(draft, resource, requirer);
    const { path, properties, metadata } = resource;
    if (properties !== undefined) find(properties, path, resourceKeys.properties);
    if (metadata !== undefined) find(metadata, path, resourceKeys.metadata);
  });
}

function addDependsOn(draft: Draft, resource: ResourceDefinition, requirer: number): void {
  const { stack, builder } = draft;
  const { document, dialect } = stack.template;
  if (resource.dependsOn.length === 0) return;
  const key = dialect.resourceKeys.dependsOn;
  const isText = typeof resource.source.get(key) === 'string';
  resource.dependsOn.forEach((name, index) => {
    const path: Path = isText ? [...resource.path, key] : [...resource.path, key, index];
    const required = taskNamed(draft, name);
    if (required >= 0) builder.edge(requirer, required, { kind: 'depends_on', path });
    else if (!isWritten(stack, name) && !draft.hooks.has(name))
      draft.report(say.unknownReference(document, path, name, names(stack)));
  });
}

/** Undefined: there is none, and that is reported. */
export function findResource(draft: Draft, reference: Pick<Reference, 'name' | 'path'>): number | undefined {
  const index = taskNamed(draft, reference.name);
  if (index >= 0) return index;
  if (draft.hooks.has(reference.name as string)) return undefined;
  reportMissing(draft.stack, reference, draft.report);
  return undefined;
}

/** The task that a name means: a resource's, or the last step of a component; -1 when there is none. */
function taskNamed({ builder, componentTasks }: Draft, name: Value): number {
  if (typeof name !== 'string') return -1;
  if (componentTasks.size === 0) return builder.indexOf(name);
  // No resource has a slash in its name, but the steps of components do.
  return componentTasks.get(name) ?? (name.includes('/') ? -1 : builder.indexOf(name));
}

/** Reports a reference that leads nowhere. */
export function reportMissing(
  stack: Stack,
  { name, path }: Pick<Reference, 'name' | 'path'>,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { document, dialect } = stack.template;
  const disabled = stack.disabled.get(name as string);
  if (disabled !== undefined) {
    const condition = [...disabled.path, dialect.resourceKeys.condition as string];
    report(say.disabledReference(document, path, disabled.name, condition));
  } else if (typeof name === 'string' && stack.parameters.declared.has(name)) {
    report(say.referenceToParameter(document, path, name));
  } else if (!isWritten(stack, name)) {
    report(say.unknownReference(document, path, str(name), names(stack)));
  }
}

/** What is written and not there was refused, and has a diagnostic of its own; or its condition is false. */
function isWritten({ template }: Stack, name: Value): boolean {
  return template.resources.has(name) || template.components.has(name);
}

function* names({ resources, components }: Stack): Iterable<string> {
  for (const { name } of resources) yield name;
  yield* components.keys();
}

export function visitReferences(
  draft: Pick<Draft, 'stack' | 'report'>,
  expression: Expression | undefined,
  path: Path,
  visit: (reference: Reference) => void,
): void {
  if (hasCalls(expression)) finderIn(draft, visit)(expression, path);
}

function finderIn(
  { stack, report }: Pick<Draft, 'stack' | 'report'>,
  visit: (reference: Reference) => void,
): FindReferences {
  return referenceFinder(stack.runtime, visit, (problem) =>
    report(functionRefused(stack.template.document, problem, 'dependencies')),
  );
}

function isExternal({ stack, report }: Draft, { externalId, path }: ResourceDefinition): boolean {
  if (externalId === undefined) return false;
  try {
    return truthy(evaluate(externalId, stack.runtime));
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const at = [...path, stack.template.dialect.resourceKeys.externalId as string];
    const problem = { path: at, functionName: 'external_id', error, heat: error.type, expected: 'an id' };
    report(functionRefused(stack.template.document, problem, 'dependencies'));
    return true;
  }
}
