import type { HandlerObject, HandlerResult, TaskContext } from '../../run/handlers.ts';
import { toPlain } from '../../values/encode.ts';
import { truthy } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import { checkDefinition, workflowDefinition } from './definition.ts';
import { uuidOf } from './execution-ids.ts';
import { documentsIn, type KnownWorkflows, loadDefinition, withDocuments } from './known-workflows.ts';
import { propertiesOf, type ReadProperty } from './resource-properties.ts';

/**
 * OS::Mistral::Workflow: a workflow that is defined in a template. Its id and reference are its name. Mirrors
 * `heat.engine.resources.openstack.mistral.workflow`, without signals.
 */
export function workflowResource(known: KnownWorkflows, stackName: string): HandlerObject {
  const define = (context: TaskContext, before: string | undefined): HandlerResult => {
    const property = propertiesOf('OS::Mistral::Workflow', context.properties);
    checkDefinition(property);
    const name = before ?? nameOf(property, context, stackName);
    const text = workflowDefinition(name, property);
    // It has to be one before it is kept.
    loadDefinition(text);
    if (before === undefined) known.add(name, text);
    else known.replace(name, text);
    return {
      physicalId: name,
      referenceId: name,
      attributes: { data: { name, input: toPlain(property('input')) }, executions: [] },
      // With those of its sub-workflows.
      outputs: withDocuments([text, ...documentsIn(context.requires.values())]),
    };
  };
  return {
    create: (context) => define(context, undefined),
    update: (context) => define(context, context.previous?.physicalId),
    delete: ({ previous }) => {
      if (previous?.physicalId !== undefined) known.remove(previous.physicalId);
    },
  };
}

/** A generated name has the form of Heat's physical names. */
function nameOf(property: ReadProperty, { task, idempotencyKey }: TaskContext, stackName: string): string {
  const name = property('name');
  return truthy(name)
    ? str(name)
    : `${stackName}-${task.name}-${uuidOf(idempotencyKey).replaceAll('-', '').slice(0, 12)}`;
}
