import { truthy } from '../../values/equality.ts';
import { repr, str } from '../../values/text.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';
import { mergeMaps } from '../merge-maps.ts';
import type { WorkflowDefinition } from '../model.ts';
import { resolveAction } from './ad-hoc.ts';
import { envOf, evaluate, scopeOf, taskScope } from './context.ts';
import type { Core } from './core.ts';
import type { ActionCall } from './protocol.ts';
import type { CallRecord, LoopRecord, TaskRecord } from './records.ts';
import { WorkflowError } from './workflow-error.ts';

const NO_ITEM: ValueMap = new Map();

/** Starts the call of a task, or those of a with-items task for which there is room. @throws WorkflowError, ExpressionError */
export function startCalls(core: Core, task: TaskRecord): void {
  if (task.definition.withItems.size === 0) {
    startCall(core, task, 0, NO_ITEM);
    return;
  }
  task.loop ??= readLoop(core, task);
  const { loop } = task;
  if (loop.count === 0) {
    core.later(() => core.do.completeTask(task, 'SUCCESS', null));
    return;
  }
  // The inputs of all of them before the first starts: one that is wrong starts none.
  const { indexes } = loop;
  const room = task.concurrency > 0 ? task.concurrency - loop.running : indexes.length;
  for (const index of indexes.slice(loop.next, loop.next + room)) {
    loop.next++;
    loop.running++;
    startCall(core, task, index, itemOf(task, loop, index));
  }
}

/** The variables of one item; one that the branch has published under the same name hides it, as in Mistral. */
function itemOf(task: TaskRecord, loop: LoopRecord, index: number): ValueMap {
  const item = new Map<Value, Value>(Array.from(loop.items, ([name, values]) => [name, values[index] ?? null]));
  return mergeMaps(item, task.context);
}

function readLoop(core: Core, task: TaskRecord): LoopRecord {
  const scope = taskScope(task);
  const items = new Map<string, readonly Value[]>();
  for (const [name, source] of task.definition.withItems) items.set(name, itemsOf(evaluate(core, source, scope)));
  const counts = Array.from(items.values(), ({ length }) => length);
  const [count = 0] = counts;
  if (counts.some((other) => other !== count))
    throw new WorkflowError('The lists of with-items have different lengths');
  const kept = new Set(task.calls.filter(({ accepted }) => accepted).map(({ index }) => index));
  const indexes = Array.from({ length: count }, (_, index) => index).filter((index) => !kept.has(index));
  return { items, count, indexes, next: 0, running: 0, done: count - indexes.length };
}

function itemsOf(value: Value): readonly Value[] {
  if (isList(value)) return value;
  if (typeof value === 'string') return Array.from(value);
  if (value instanceof Map) return [...(value as ValueMap).keys()];
  if (value instanceof Set) return [...(value as ReadonlySet<Value>)];
  throw new WorkflowError(`with-items wants a list, and was given ${repr(value)}`);
}

function startCall(core: Core, task: TaskRecord, index: number, item: ValueMap): void {
  const { definition } = task;
  const scope = taskScope(task, item);
  const given = evaluate(core, definition.input, scope);
  if (!(given instanceof Map)) throw new WorkflowError(`The input is ${repr(given)}, not a map`);
  const input = withDefaults(task, given as ValueMap);
  if (definition.target !== undefined) evaluate(core, definition.target, targetScope(task, input));
  if (definition.workflow !== undefined) {
    startSubWorkflow(core, task, index, str(evaluate(core, definition.workflow, taskScope(task))), input);
    return;
  }
  const named = evaluate(core, definition.action ?? '', taskScope(task));
  const action = resolveAction(core, task, truthy(named) ? str(named) : 'std.noop', input);
  const id = core.newId(`${task.path}/${index}/${task.retries}`);
  const { execution } = task;
  const request: ActionCall = {
    id,
    action: action.name,
    input: action.input,
    index,
    taskId: task.id,
    task: definition.name,
    executionId: execution.id,
    workflow: execution.workflow.name,
  };
  addCall(core, { id, index, task, outputs: action.outputs, request });
  core.open.add(id);
  core.commands.push({ type: 'run', call: request });
}

type NewCall = Omit<CallRecord, 'state' | 'accepted' | 'result' | 'dropped'>;

function addCall(core: Core, made: NewCall): void {
  const call: CallRecord = { ...made, state: 'RUNNING', accepted: false, result: null, dropped: false };
  made.task.calls.push(call);
  core.calls.set(made.id, call);
}

function targetScope(task: TaskRecord, input: ValueMap): ReturnType<typeof scopeOf> {
  const { execution } = task;
  return scopeOf(execution, [input, task.context, envOf(execution), execution.context, execution.input]);
}

/** `__actions` of the environment gives inputs to every call of an action that does not have them itself. */
function withDefaults({ definition, execution }: TaskRecord, input: ValueMap): ValueMap {
  const all = (execution.root ?? execution).env.get('__actions');
  if (!(all instanceof Map) || definition.action === undefined) return input;
  const own = (all as ValueMap).get(definition.action);
  return own instanceof Map ? mergeMaps(input, own as ValueMap, false) : input;
}

/** Inputs that the workflow does not know become parameters of its run (`task_name` of a reverse one). */
function startSubWorkflow(core: Core, task: TaskRecord, index: number, name: string, given: ValueMap): void {
  const workflow = findWorkflow(core, task.execution.workflow, name);
  if (workflow === undefined) throw new WorkflowError(`There is no workflow '${name}'`);
  const input = new Map<Value, Value>();
  const params = new Map<Value, Value>();
  for (const [key, value] of given)
    (typeof key === 'string' && workflow.input.has(key) ? input : params).set(key, value);
  core.do.startExecution({
    workflow,
    input,
    params,
    parent: { task, index },
    created: (sub) => addCall(core, { id: sub.id, index, task, outputs: [], sub }),
  });
}

/** In a workbook its own workflows come first. */
function findWorkflow(core: Core, { workbook }: WorkflowDefinition, name: string): WorkflowDefinition | undefined {
  const { workflows } = core.library;
  return (workbook === undefined ? undefined : workflows.get(`${workbook}.${name}`)) ?? workflows.get(name);
}
