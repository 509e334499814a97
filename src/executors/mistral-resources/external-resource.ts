import type { HandlerObject, HandlerResult, TaskContext } from '../../run/handlers.ts';
import { TerminalError } from '../../run/thrown.ts';
import { fromPlain, toPlain } from '../../values/encode.ts';
import { truthy } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import { isMap, type Value, type ValueMap } from '../../values/value.ts';
import { runWorkflow } from '../workflow/run-workflow.ts';
import type { RunWorkflowOptions, WorkflowResult } from '../workflow/workflow-run.ts';
import { executionIds } from './execution-ids.ts';
import { documentsIn, findWorkflow, type KnownWorkflows, withDocuments } from './known-workflows.ts';
import { propertiesOf } from './resource-properties.ts';

type Action = 'CREATE' | 'UPDATE' | 'SUSPEND' | 'RESUME' | 'DELETE';

/** What a workflow is run with, whatever it is. */
export type Surroundings = Pick<RunWorkflowOptions, 'actions' | 'clock' | 'fetch' | 'random'>;

/** Outputs under which a later run finds what it needs: a graph that deletes has no properties any more. */
const RECORDED = 'external_resource';
const LONGEST_ID = 255;

/**
 * OS::Mistral::ExternalResource: a resource whose actions are workflows. Mirrors
 * `heat.engine.resources.openstack.mistral.external_resource`; the workflows run in this process.
 */
export function externalResource(known: KnownWorkflows, surroundings: Surroundings): HandlerObject {
  const on =
    (action: Action) =>
    (context: TaskContext): Promise<HandlerResult | undefined> =>
      runAction(action, context, known, surroundings);
  return {
    create: on('CREATE'),
    update: on('UPDATE'),
    suspend: on('SUSPEND'),
    resume: on('RESUME'),
    delete: on('DELETE'),
  };
}

async function runAction(
  action: Action,
  context: TaskContext,
  known: KnownWorkflows,
  surroundings: Surroundings,
): Promise<HandlerResult | undefined> {
  const previous = action === 'CREATE' ? undefined : context.previous;
  const properties = 'actions' in context.properties ? context.properties : recorded(previous);
  if (properties === undefined) return undefined;
  const property = propertiesOf('OS::Mistral::ExternalResource', properties);
  const documents = documentsIn([...context.requires.values(), previous]);
  const chosen = entry(property('actions'), action);
  const outputs = { [RECORDED]: properties, ...withDocuments(documents) };
  const before = mapOf(previous?.attributes.output);
  // What was not asked for changes nothing.
  if (!isMap(chosen) || chosen.size === 0) return action === 'CREATE' ? { outputs } : undefined;

  const params = mapOf(entry(chosen, 'params'));
  const library = known.library(documents);
  const { execution, result } = await runOne({
    ...surroundings,
    library,
    workflow: str(entry(chosen, 'workflow')),
    params,
    env: envOf(params, previous === undefined || previous.physicalId === undefined ? undefined : before),
    input: mapOf(property('input')),
    context,
  });
  const output = new Map<Value, Value>([...before, ...result.output]);
  const id = result.output.get('resource_id') ?? null;
  return {
    physicalId: [...(truthy(id) ? str(id) : execution)].slice(0, LONGEST_ID).join(''),
    attributes: { output: toPlain(output) },
    outputs,
  };
}

interface Asked extends Surroundings {
  readonly library: NonNullable<RunWorkflowOptions['library']>;
  readonly workflow: string;
  readonly params: ValueMap;
  readonly env: ValueMap;
  readonly input: ValueMap;
  readonly context: TaskContext;
}

/** @throws when it does not end well. */
async function runOne(asked: Asked): Promise<{ readonly execution: string; readonly result: WorkflowResult }> {
  const { library, workflow, params, env, input, context, ...surroundings } = asked;
  const taskName = entry(params, 'task_name');
  // Another attempt is another execution; the same attempt after a crash is the same one.
  const newId = executionIds(`${context.idempotencyKey}/${context.action}/${context.attempt}`);
  const running = runWorkflow(findWorkflow(workflow, library), {
    ...surroundings,
    library,
    input,
    env,
    signal: context.signal,
    newId,
    ...(typeof taskName === 'string' && { taskName }),
    onEvent(event) {
      if (event.type !== 'workflow' || event.state !== 'PAUSED' || event.parentTaskId !== undefined) return;
      // Once `runWorkflow` has returned: a workflow can pause before its first task.
      void Promise.resolve()
        .then(() => context.pause())
        .then(() => running.resume());
    },
  });
  context.onComplete(({ id, result, state }) => running.complete(id, fromPlain(result), state));
  const result = await running.result;
  if (result.diagnostics.length > 0) {
    throw new TerminalError(result.diagnostics.map(({ message }) => message).join(' '));
  }
  const changes = result.events.filter((event) => event.type === 'workflow' && event.parentTaskId === undefined);
  const last = changes.at(-1);
  if (result.state !== 'SUCCESS') {
    const info = last?.info ?? null;
    throw new Error(`The workflow '${workflow}' ended in ${result.state}${info === null ? '' : `: ${info}`}`);
  }
  return { execution: last?.executionId ?? newId(), result };
}

/** Once there is something, workflows are told what the earlier ones gave. */
function envOf(params: ValueMap, before: ValueMap | undefined): ValueMap {
  const env = mapOf(entry(params, 'env'));
  return before === undefined ? env : new Map<Value, Value>([...env, ['heat_extresource_data', before]]);
}

function recorded(previous: TaskContext['previous']): TaskContext['properties'] | undefined {
  const found = previous?.outputs[RECORDED];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : undefined;
}

function entry(map: Value, key: string): Value {
  return isMap(map) ? (map.get(key) ?? null) : null;
}

function mapOf(value: unknown): ValueMap {
  const map = value instanceof Map ? (value as ValueMap) : fromPlain(value ?? {});
  return isMap(map) ? map : new Map();
}
