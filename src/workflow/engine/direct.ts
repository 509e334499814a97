import { truthy } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import type { ValueMap } from '../../values/value.ts';
import { mergeMaps } from '../merge-maps.ts';
import { ENGINE_COMMANDS, type TaskDefinition, type Transition } from '../model.ts';
import { branchScope, evaluate, evaluateMap, outbound } from './context.ts';
import type { Core } from './core.ts';
import type { Command, Execution, TaskRecord, TransitionEvent } from './records.ts';
import { isCompleted } from './states.ts';

const NOTHING: ValueMap = new Map();

/** The tasks that no transition leads to. */
export function startCommands({ workflow, transitions }: Execution): Command[] {
  return [...workflow.tasks.values()]
    .filter(({ name }) => !transitions.inbound.has(name))
    .map((task) => ({ type: 'run', task, context: NOTHING, event: null }));
}

/** Where a task that has ended leads: on-error or on-success first, then on-complete. @throws ExpressionError */
export function nextCommands(core: Core, task: TaskRecord): Command[] {
  const { execution, state } = task;
  const transitions = execution.transitions.of.get(task.definition.name);
  if (transitions === undefined) return [];
  const context = outbound(task);
  const scope = branchScope(task, context);
  const commands: Command[] = [];
  const follow = (clause: readonly Transition[], event: TransitionEvent): void => {
    for (const { target, condition, parameters } of clause) {
      if (condition !== '' && !truthy(evaluate(core, condition, scope))) continue;
      const given = evaluateMap(core, parameters, scope);
      commands.push(commandOf(execution, target, given, context, event));
    }
  };
  if (state === 'ERROR') follow(transitions.onError, 'on-error');
  if (state === 'SUCCESS') follow(transitions.onSuccess, 'on-success');
  if (state === 'SUCCESS' || state === 'ERROR') follow(transitions.onComplete, 'on-complete');
  return commands;
}

function commandOf(
  { workflow }: Execution,
  target: string,
  parameters: ValueMap,
  context: ValueMap,
  event: TransitionEvent,
): Command {
  if (ENGINE_COMMANDS.has(target)) {
    const message = parameters.get('msg');
    return { type: target as 'noop', message: message === undefined || message === null ? null : str(message), event };
  }
  return { type: 'run', task: workflow.tasks.get(target) as TaskDefinition, context, event };
}

/** What a task that is continued (a join, a further attempt) gets from those before it (`get_task_inbound_context`). */
export function inboundContext(execution: Execution, task: TaskDefinition): ValueMap {
  const parents = execution.transitions.inbound.get(task.name) ?? [];
  if (task.join === undefined) {
    const [first] = parents;
    return first === undefined
      ? NOTHING
      : upstreamContext(
          execution.tasks.filter((one) => one.definition.name === first && one.processed && isCompleted(one.state)),
        );
  }
  const led = parents
    .flatMap((name) => execution.byName.get(name) ?? [])
    .filter((one) => isCompleted(one.state) && one.next.some(({ target }) => target === task.name));
  return upstreamContext(led);
}

/** Contexts of several tasks as one, in the order in which they ended; what they published themselves comes last. */
export function upstreamContext(tasks: readonly TaskRecord[]): ValueMap {
  const ended = tasks.toSorted((a, b) => a.completed - b.completed);
  let context = NOTHING;
  let published = NOTHING;
  for (const task of ended) {
    context = mergeMaps(context, outbound(task));
    published = mergeMaps(published, task.published);
  }
  return mergeMaps(context, published);
}

/** What the tasks that led nowhere hand on, in the order in which they were created. */
export function finalContext({ tasks }: Execution): ValueMap {
  let context = NOTHING;
  for (const task of tasks) {
    if (isCompleted(task.state) && task.next.length === 0) context = mergeMaps(context, outbound(task));
  }
  return context;
}
