import { adoptWithoutId } from '../diagnostics/update.ts';
import { type Expression, hasMacro } from '../functions/expression.ts';
import { toValue } from '../functions/to-value.ts';
import { deploymentTriggers } from '../stack/components/deployments.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Value } from '../values/value.ts';
import type { Draft } from './draft.ts';
import { existingInputs, updateAction } from './existing.ts';
import { isUpdate } from './stack-action.ts';

/** One task for every enabled resource, in template order: edges need tasks to stand between. */
export function addResourceTasks(draft: Draft): void {
  const { stack, builder, existing, restored } = draft;
  const { resourceKeys } = stack.template.dialect;
  const triggers = deploymentTriggers(stack);
  for (const resource of stack.resources) {
    const found = existing.best.get(resource.name);
    if (draft.action === 'ADOPT' && found?.physicalId === undefined && resource.externalId === undefined) {
      draft.report(adoptWithoutId(stack.template.document, resource.path, resource.name));
    }
    const inputs = inputsOf(resource, resourceKeys.properties, resourceKeys.metadata);
    const action = actionOn(resource, draft);
    const triggered = triggers(resource, draft.action === 'DELETE' ? 'DELETE' : action);
    if (triggered !== undefined) inputs.triggered = triggered;
    const after = draft.hooks.size === 0 ? [] : resource.dependsOn.filter((name) => draft.hooks.has(name));
    if (after.length > 0) inputs.depends_on_hooks = after;
    const kept = restored.get(resource.name);
    if (kept !== undefined) inputs.restore = kept;
    builder.task({
      id: resource.name,
      action,
      name: resource.name,
      type: resource.resolvedType?.kind === 'plugin' ? resource.resolvedType.type : resource.type,
      scope: '',
      inputs: found === undefined ? inputs : Object.assign(inputs, existingInputs(found)),
    });
  }
}

function actionOn(resource: ResourceDefinition, { action, existing }: Draft): string {
  if (isUpdate(action)) return updateAction(existing, resource);
  // What is to be deleted or suspended is taken backwards in the end.
  return action === 'DELETE' ? 'CREATE' : action;
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
