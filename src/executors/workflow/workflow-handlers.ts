import { hasInstead, INSTEAD } from '../../hooks/hook-task.ts';
import type { HandlerMethod, HandlerResult, TaskContext } from '../../run/handlers.ts';
import { TerminalError } from '../../run/thrown.ts';
import { fromPlain, type Json } from '../../values/encode.ts';
import { isMap, type Value, type ValueMap } from '../../values/value.ts';
import type { ActionRegistry, HttpFetch } from '../../workflow/actions.ts';
import { singleAction } from '../../workflow/single-action.ts';
import { standardActions } from '../../workflow/standard-actions.ts';
import type { Clock } from '../clock.ts';
import { executionIds } from '../mistral-resources/execution-ids.ts';
import { LoadedTexts, type StartedWorkflow } from './loaded-texts.ts';
import { runWorkflow } from './run-workflow.ts';
import type { RunWorkflowOptions, WorkflowResult, WorkflowRun } from './workflow-run.ts';

export interface WorkflowHandlerOptions {
  /** What workflows may call. Default: the standard actions. */
  readonly actions?: ActionRegistry;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** For std.http. Default: the platform's. */
  readonly fetch?: HttpFetch;
  /** From 0 to below 1, for YAQL's `random()`. */
  readonly random?: () => number;
}

/** As much of a hook's resolved inputs as this handler reads. */
interface HookCall {
  readonly workflow?: Json;
  readonly start?: Json;
  readonly library?: Json;
  readonly action?: Json;
  readonly task_name?: Json;
  readonly input?: Json;
  readonly hook?: Json;
  readonly task?: Json;
  readonly failure?: Json;
  readonly failures?: Json;
}

/**
 * The handler `workflow`: runs the workflows of hooks, and those that do the work of tasks. `run` has it without being
 * told; workers of other executors are given it: `startWorker({ ...handlers, ...workflowHandlers({ actions }) })`.
 *
 * The calls of actions have ids that are the same when an attempt is made once more after a crash. A workflow that is
 * paused waits for `run.clear`, an asynchronous action for `run.complete`.
 */
export function workflowHandlers(options: WorkflowHandlerOptions = {}): { readonly workflow: HandlerMethod } {
  const actions = options.actions ?? standardActions();
  const texts = new LoadedTexts();
  return {
    workflow: async (context) => {
      const call = callOf(context);
      const started = call.action === undefined ? texts.find(call) : undefined;
      const result = await carryOut(context, call, started, { ...options, actions });
      return resultOf(context, call, result);
    },
  };
}

function callOf({ task, inputs }: TaskContext): HookCall {
  const call = hasInstead(task) ? inputs[INSTEAD] : inputs;
  if (typeof call === 'object' && call !== null && !Array.isArray(call)) return call;
  throw new TerminalError('this task has no workflow');
}

async function carryOut(
  context: TaskContext,
  call: HookCall,
  started: StartedWorkflow | undefined,
  { actions, clock, fetch, random }: WorkflowHandlerOptions,
): Promise<WorkflowResult> {
  const { idempotencyKey, attempt, signal } = context;
  const given = fromPlain(call.input ?? {}) as ValueMap;
  const input: ValueMap =
    call.action === undefined
      ? given
      : new Map<Value, Value>([
          ['action', fromPlain(call.action)],
          ['input', given],
        ]);
  let run: WorkflowRun | undefined;
  const options: RunWorkflowOptions = {
    input,
    env: envOf(call),
    envIsData: true,
    signal,
    // Another attempt is another request to the other side; the same attempt after a crash is the same one.
    newId: executionIds(`${idempotencyKey}/${attempt}`),
    onEvent(event) {
      if (event.type === 'task') tell(context, event);
      else if (event.state === 'PAUSED' && event.parentTaskId === undefined) {
        // Once `runWorkflow` has returned: a workflow can pause before its first task.
        void Promise.resolve()
          .then(() => context.pause())
          .then(() => run?.resume());
      }
    },
    onWaiting({ id, task, workflow, action }) {
      context.log(`${task}: waits for the result of ${action}`, { workflow, task, call: id });
    },
    ...(started !== undefined && { library: started.library }),
    ...(actions !== undefined && { actions }),
    ...(clock !== undefined && { clock }),
    ...(fetch !== undefined && { fetch }),
    ...(random !== undefined && { random }),
    ...(typeof call.task_name === 'string' && { taskName: call.task_name }),
  };
  run = runWorkflow(started?.workflow ?? singleAction(), options);
  const running = run;
  context.onComplete(({ id, result, state }) => running.complete(id, fromPlain(result), state));
  return running.result;
}

/** What is not there is null: expressions can ask. */
function envOf({ task = null, hook = null, failure = null, failures = [] }: HookCall): ValueMap {
  return new Map<Value, Value>(
    Object.entries({ task, hook, failure, failures }).map(([key, value]) => [key, fromPlain(value)]),
  );
}

/** Tasks that end, wait or are held up; that one has begun is not worth a line. */
const TOLD: ReadonlySet<string> = new Set(['SUCCESS', 'ERROR', 'CANCELLED', 'DELAYED', 'PAUSED']);

function tell(
  context: TaskContext,
  change: { readonly task: string; readonly workflow: string; readonly state: string; readonly info: string | null },
): void {
  const { task, workflow, state, info } = change;
  if (!TOLD.has(state)) return;
  context.log(`${task}: ${state}`, { workflow, task, state, ...(info !== null && { info }) });
}

/** @throws Error that names the tasks which failed */
function resultOf({ task }: TaskContext, call: HookCall, result: WorkflowResult): HandlerResult {
  const { state, output, diagnostics } = result;
  if (diagnostics.length > 0) throw new TerminalError(diagnostics.map(({ message }) => message).join('\n'));
  if (state !== 'SUCCESS') throw new Error(failureText(call, result));
  const outputs = new Map(Array.from(output).filter(([key]) => !OWN.has(key)));
  const action = call.action === undefined ? undefined : output.get('result');
  const attributes = action !== undefined && isMap(action) ? action : outputs;
  if (!hasInstead(task)) return { attributes, outputs: attributes };
  const physicalId = idIn(attributes, 'physical_id') ?? idIn(attributes, 'resource_id');
  const referenceId = idIn(attributes, 'reference_id');
  return {
    attributes,
    outputs: attributes,
    ...(physicalId !== undefined && { physicalId }),
    ...(referenceId !== undefined && { referenceId }),
  };
}

/** What Mistral keeps in the context of a workflow for itself. */
const OWN: ReadonlySet<Value> = new Set(['__execution', '__task_execution', '__env']);

function idIn(outputs: ValueMap, key: string): string | number | undefined {
  const id = outputs.get(key);
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

function failureText(call: HookCall, { state, output, tasks }: WorkflowResult): string {
  const what =
    call.action === undefined ? `The workflow '${String(call.start)}'` : `The action '${String(call.action)}'`;
  if (state === 'CANCELLED') return `${what} was cancelled`;
  const failed = tasks.filter((task) => task.state === 'ERROR');
  if (call.action !== undefined) return `${what} failed: ${failed[0]?.info ?? 'it does not say why'}`;
  const lines = failed.map(({ name, info }) => `task '${name}': ${info ?? 'it does not say why'}`);
  if (lines.length > 0) return `${what} failed: ${lines.join('; ')}`;
  const info = output.get('result');
  return `${what} failed: ${typeof info === 'string' ? info : 'it does not say why'}`;
}
