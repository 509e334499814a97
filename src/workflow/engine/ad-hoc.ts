import { truthy } from '../../values/equality.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import type { ActionSignature } from '../action-catalog.ts';
import type { AdHocAction } from '../model.ts';
import { envOf, evaluate, scopeOf } from './context.ts';
import type { Core } from './core.ts';
import type { TaskRecord } from './records.ts';
import { WorkflowError } from './workflow-error.ts';

/** The action that really runs, with its input, and what is made of its result afterwards. */
export interface ResolvedAction {
  readonly name: string;
  readonly input: ValueMap;
  /** Innermost first. */
  readonly outputs: readonly Value[];
}

/**
 * Follows ad-hoc actions down to one of the registry; each gives the next its input.
 *
 * @throws WorkflowError for a name or an input that does not fit; ExpressionError
 */
export function resolveAction(core: Core, task: TaskRecord, name: string, input: ValueMap): ResolvedAction {
  const { workbook } = task.execution.workflow;
  const outputs: Value[] = [];
  const visited = new Set<string>();
  let adHoc =
    (workbook === undefined ? undefined : core.library.actions.get(`${workbook}.${name}`)) ??
    core.library.actions.get(name);
  let base = name;
  let given = input;
  if (adHoc !== undefined) checkParameters(adHoc.name, { parameters: parametersOf(adHoc) }, given);
  for (; adHoc !== undefined; adHoc = core.library.actions.get(base)) {
    if (visited.has(adHoc.name)) throw new WorkflowError(`The action '${adHoc.name}' is based on itself`);
    visited.add(adHoc.name);
    if (adHoc.output !== undefined) outputs.unshift(adHoc.output);
    given = baseInput(core, task, adHoc, given);
    base = adHoc.base;
  }
  const signature = core.catalog.find(base);
  if (signature === undefined) throw new WorkflowError(`There is no action '${base}'`);
  checkParameters(base, signature, given);
  return { name: base, input: given, outputs };
}

function baseInput(core: Core, task: TaskRecord, adHoc: AdHocAction, given: ValueMap): ValueMap {
  const filled = new Map(given);
  for (const [key, fallback] of adHoc.input) if (!filled.has(key) && fallback !== undefined) filled.set(key, fallback);
  const { execution } = task;
  const scope = scopeOf(execution, [filled, task.context, envOf(execution), execution.context]);
  // Without any context Mistral leaves expressions as they are; there always is one here (`__execution`).
  return evaluate(core, adHoc.baseInput, scope) as ValueMap;
}

function parametersOf({ input }: AdHocAction): ActionSignature['parameters'] & object {
  return Array.from(input, ([name, fallback]) => ({ name, required: fallback === undefined }));
}

/** @throws WorkflowError */
export function checkParameters(name: string, { parameters }: ActionSignature, given: ValueMap): void {
  if (parameters === undefined) return;
  const known = new Set(parameters.map((parameter) => parameter.name));
  const missing = parameters
    .filter((parameter) => parameter.required && !given.has(parameter.name))
    .map((parameter) => parameter.name);
  const unexpected = [...given.keys()].filter((key) => typeof key !== 'string' || !known.has(key)).map(String);
  if (missing.length > 0) throw new WorkflowError(`The action '${name}' needs ${missing.join(', ')}`);
  if (unexpected.length > 0) throw new WorkflowError(`The action '${name}' takes no ${unexpected.join(', ')}`);
}

/**
 * The result as the ad-hoc actions around it show it. Nothing, and what is empty, has no context to Mistral: the output
 * is then its own text.
 *
 * @throws ExpressionError
 */
export function shownResult(core: Core, task: TaskRecord, outputs: readonly Value[], result: Value): Value {
  let shown = result;
  for (const output of outputs) {
    const data = shown;
    const scope = { functions: task.execution.functions, data: (): Value => data };
    shown = truthy(data) ? evaluate(core, output, scope) : output;
  }
  return shown;
}
