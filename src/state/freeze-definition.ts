import { evaluate } from '../functions/evaluate.ts';
import type { Expression } from '../functions/expression.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { ResourceKeys } from '../template/dialect.ts';
import type { Template } from '../template/template.ts';
import { isMap, type Value } from '../values/value.ts';
import type { FrozenDefinition } from './stack-state.ts';

/** Values that are known better than by evaluating: those that a run resolved. */
export interface ResolvedParts {
  readonly properties?: Value | undefined;
  readonly metadata?: Value | undefined;
}

/**
 * The definition with its functions resolved by `runtime`. What is there is told by the template: a policy that is
 * written differs from one that is left to its default. Mirrors `ResourceDefinition.freeze`.
 *
 * @throws PythonError where a function fails.
 */
export function freezeDefinition(
  template: Template,
  resource: ResourceDefinition,
  runtime: Runtime,
  resolved: ResolvedParts = {},
): FrozenDefinition {
  const keys: ResourceKeys = template.dialect.resourceKeys;
  const value = (expression: Expression | undefined, known?: Value): Value | undefined => {
    if (expression === undefined) return undefined;
    return known === undefined ? evaluate(expression, runtime) : known;
  };
  const written = (key: string | undefined): boolean => key !== undefined && resource.source.has(key);
  const properties = value(resource.properties, resolved.properties);
  const metadata = value(resource.metadata, resolved.metadata);
  const updatePolicy = value(resource.updatePolicy);
  const externalId = value(resource.externalId);
  const condition = value(resource.condition);
  return {
    type: resource.type,
    ...(properties !== undefined && { properties: isMap(properties) ? properties : new Map() }),
    ...(metadata !== undefined && { metadata }),
    ...(written(keys.dependsOn) && { dependsOn: resource.dependsOn }),
    ...((written(keys.deletionPolicy) || externalId !== undefined) && { deletionPolicy: resource.deletionPolicy }),
    ...(updatePolicy !== undefined && { updatePolicy }),
    ...(externalId !== undefined && { externalId }),
    ...(condition !== undefined && condition !== null && { condition }),
    description: resource.description,
  };
}
