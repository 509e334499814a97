import { TerminalError } from '../../run/thrown.ts';
import { truthy } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import { isList, isMap, type Value, type ValueMap } from '../../values/value.ts';
import { dumpYaml } from '../../workflow/expressions/dump-yaml.ts';
import type { ReadProperty } from './resource-properties.ts';

/** Properties of a task that the language has too, with `-` for `_`. */
const TASK_KEYS = [
  'description',
  'on_error',
  'on_complete',
  'on_success',
  'action',
  'publish',
  'input',
  'requires',
  'retry',
  'wait_before',
  'wait_after',
  'pause_before',
  'timeout',
  'with_items',
  'keep_result',
  'target',
  'join',
  'concurrency',
];

/**
 * The document that an OS::Mistral::Workflow stands for, in Mistral's language. Mirrors `Workflow.prepare_properties`,
 * down to the order of its keys: that of the letters, which is the order in which tasks start.
 */
export function workflowDefinition(name: string, property: ReadProperty): string {
  const workflow = new Map<Value, Value>();
  for (const key of ['type', 'description', 'tags', 'output']) {
    const value = property(key);
    if (value !== null) workflow.set(key, value);
  }
  const input = property('input');
  if (isMap(input)) workflow.set('input', [...input.keys()]);
  workflow.set('tasks', new Map(tasksOf(property).map((task) => [task.get('name') ?? null, taskDefinition(task)])));
  const defaults = property('task_defaults');
  if (isMap(defaults)) {
    const given = [...defaults].filter(([, value]) => truthy(value));
    workflow.set('task-defaults', new Map(given.map(([key, value]) => [dashed(key), value])));
  }
  return dumpYaml(
    new Map<Value, Value>([
      ['version', '2.0'],
      [name, workflow],
    ]),
  );
}

function taskDefinition(task: ValueMap): ValueMap {
  const definition = new Map<Value, Value>();
  const workflow = task.get('workflow') ?? null;
  if (workflow !== null) definition.set('workflow', workflow);
  for (const key of TASK_KEYS) {
    const value = task.get(key) ?? null;
    if (value !== null) definition.set(dashed(key), value);
  }
  return definition;
}

function dashed(key: Value): string {
  return str(key).replaceAll('_', '-');
}

function tasksOf(property: ReadProperty): ValueMap[] {
  const tasks = property('tasks');
  return isList(tasks) ? tasks.filter(isMap) : [];
}

/**
 * What Heat refuses of the resource before Mistral is asked. Mirrors `Workflow.validate`.
 *
 * @throws TerminalError
 */
export function checkDefinition(property: ReadProperty): void {
  const isReverse = property('type') === 'reverse';
  const params = property('params');
  if (isReverse && !(isMap(params) && truthy(params.get('task_name') ?? null))) {
    throw new TerminalError("A reverse workflow needs 'task_name' in params: the task that it is to reach");
  }
  for (const task of tasksOf(property)) {
    const given = (key: string): boolean => truthy(task.get(key) ?? null);
    const refuse = (why: string): never => {
      throw new TerminalError(`Task '${str(task.get('name') ?? null)}' ${why}`);
    };
    if (given('workflow') && given('action')) refuse('has both an action and a workflow');
    if (!given('workflow') && !given('action')) refuse('has neither an action nor a workflow');
    if (!isReverse && (task.get('requires') ?? null) !== null)
      refuse("has 'requires', which only reverse workflows have");
    if ((task.get('with_items') ?? null) === null && (task.get('concurrency') ?? null) !== null) {
      refuse("has 'concurrency', and no 'with_items'");
    }
  }
}
