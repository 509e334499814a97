import * as say from '../diagnostics/compile.ts';
import type { Path } from '../diagnostics/diagnostic.ts';
import { functionRefused } from '../diagnostics/functions.ts';
import { evaluate } from '../functions/evaluate.ts';
import { type Expression, hasCalls } from '../functions/expression.ts';
import { PythonError } from '../functions/python-error.ts';
import { type Reference, references } from '../functions/references.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import { truthy } from '../values/equality.ts';
import { str } from '../values/text.ts';
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
  const visit = (reference: Reference): void => {
    const required = findResource(draft, reference);
    if (required !== undefined) builder.edge(requirer, required, { kind: reference.kind, path: reference.path });
  };
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
    if (hasCalls(properties)) visitReferences(draft, properties, [...path, resourceKeys.properties], visit);
    if (hasCalls(metadata)) visitReferences(draft, metadata, [...path, resourceKeys.metadata], visit);
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
    const required = builder.indexOf(name);
    if (required >= 0) builder.edge(requirer, required, { kind: 'depends_on', path });
    else if (!stack.template.resources.has(name)) {
      draft.report(say.unknownReference(document, path, name, builder.ids()));
    }
  });
}

/** Undefined: there is none, and that is reported. */
export function findResource(draft: Draft, { name, path }: Pick<Reference, 'name' | 'path'>): number | undefined {
  const { stack, builder, report } = draft;
  const { document, dialect } = stack.template;
  const index = typeof name === 'string' ? builder.indexOf(name) : -1;
  if (index >= 0) return index;
  const disabled = stack.disabled.get(name as string);
  if (disabled !== undefined) {
    const condition = [...disabled.path, dialect.resourceKeys.condition as string];
    report(say.disabledReference(document, path, disabled.name, condition));
  } else if (typeof name === 'string' && stack.parameters.declared.has(name)) {
    report(say.referenceToParameter(document, path, name));
  } else if (!stack.template.resources.has(name)) {
    report(say.unknownReference(document, path, str(name), builder.ids()));
  }
  return undefined;
}

export function visitReferences(
  { stack, report }: Draft,
  expression: Expression | undefined,
  path: Path,
  visit: (reference: Reference) => void,
): void {
  if (!hasCalls(expression)) return;
  references(expression, stack.runtime, path, visit, (problem) =>
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
