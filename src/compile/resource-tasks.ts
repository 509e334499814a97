import { Call, type Expression, hasCalls } from '../functions/expression.ts';
import { toValue } from '../functions/to-value.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Value } from '../values/value.ts';
import type { Draft } from './draft.ts';

/** One task for every enabled resource, in template order: edges need tasks to stand between. */
export function addResourceTasks({ stack, builder }: Draft): void {
  const { resourceKeys } = stack.template.dialect;
  for (const resource of stack.resources) {
    builder.task({
      id: resource.name,
      action: 'CREATE',
      name: resource.name,
      type: resource.resolvedType?.kind === 'plugin' ? resource.resolvedType.type : resource.type,
      scope: '',
      inputs: inputsOf(resource, resourceKeys.properties, resourceKeys.metadata),
    });
  }
}

function inputsOf(resource: ResourceDefinition, propertiesKey: string, metadataKey: string): Record<string, Value> {
  const inputs: Record<string, Value> = {};
  const { properties, metadata, updatePolicy, externalId, deletionPolicy } = resource;
  if (properties !== undefined) inputs.properties = asData(properties, resource.source.get(propertiesKey));
  if (metadata !== undefined) inputs.metadata = asData(metadata, resource.source.get(metadataKey));
  if (updatePolicy !== undefined) inputs.update_policy = toValue(updatePolicy);
  if (externalId !== undefined) inputs.external_id = toValue(externalId);
  if (deletionPolicy !== 'Delete') inputs.deletion_policy = deletionPolicy;
  return inputs;
}

/** The written form serves, unless an `if` in it was decided: conditions are not known any more when it is run. */
function asData(expression: Expression, written: Value | undefined): Value {
  return written !== undefined && !hasMacro(expression) ? written : toValue(expression);
}

function hasMacro(expression: Expression): boolean {
  if (!hasCalls(expression)) return false;
  if (expression instanceof Call) return expression.definition.macro !== undefined || hasMacro(expression.args);
  for (const item of expression.values()) if (hasMacro(item)) return true;
  return false;
}
