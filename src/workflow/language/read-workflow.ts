import type { Path } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { keyIgnored, nameIsUuid, wrongValue } from '../../diagnostics/workflow.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';
import type { InputParameters, TaskDefaults, TaskDefinition, WorkflowDefinition } from '../model.ts';
import { checkDirectWorkflow } from './check-direct-workflow.ts';
import { checkReverseWorkflow } from './check-reverse-workflow.ts';
import { checkSchema, short } from './check-schema.ts';
import { expectedOf } from './expected.ts';
import { readOnClause } from './read-on-clause.ts';
import { readPolicies } from './read-policies.ts';
import { readTask } from './read-task.ts';
import { type Reader, textMap, texts } from './reader.ts';
import { isUuidLike } from './text-patterns.ts';
import { checkTaskDefaults, checkWorkflow } from './validators.generated.ts';

const WORKFLOW_KEYS = [
  'type',
  'description',
  'tags',
  'input',
  'output',
  'output-on-error',
  'vars',
  'task-defaults',
  'tasks',
];
const NAMED = [...WORKFLOW_KEYS, 'name', 'version'];
const DEFAULTS_KEYS = [
  'retry',
  'wait-before',
  'wait-after',
  'timeout',
  'pause-before',
  'concurrency',
  'fail-on',
  'safe-rerun',
  'on-success',
  'on-error',
  'on-complete',
  'requires',
];

/** One workflow (`WorkflowSpec`). `workbook`: the workbook that holds it. */
export function readWorkflow(
  name: string,
  given: ValueMap,
  path: Path,
  reader: Reader,
  workbook?: string,
): WorkflowDefinition | undefined {
  const owner = `workflow '${name}'`;
  const before = reader.errors;
  const map = new Map<Value, Value>([...given, ['name', name], ['version', '2.0']]);
  const fits = checkSchema(checkWorkflow, map, path, { owner, keys: WORKFLOW_KEYS }, reader);
  const workflow = textMap(map);
  for (const key of workflow.keys()) {
    if (typeof key === 'string' && !NAMED.includes(key))
      reader.report(keyIgnored(owner, key, suggest(key, WORKFLOW_KEYS)), [...path, key], 'key');
  }
  const type = workflow.get('type') === 'reverse' ? 'reverse' : 'direct';
  if (isUuidLike(name)) reader.report(nameIsUuid(name), path, 'key');
  if (!fits && !(workflow.get('tasks') instanceof Map)) return undefined;
  reader.checkExpressions(workflow.get('output'), [...path, 'output']);
  reader.checkExpressions(workflow.get('vars'), [...path, 'vars']);
  const defaults = readDefaults(workflow.get('task-defaults'), owner, [...path, 'task-defaults'], reader);
  const tasks = readTasks(workflow.get('tasks'), type, owner, [...path, 'tasks'], reader);
  const place = reader.locator.locate(path, 'key');
  const description = workflow.get('description');
  const definition: WorkflowDefinition = {
    name: workbook === undefined ? name : `${workbook}.${name}`,
    localName: name,
    type,
    tags: texts(workflow.get('tags')),
    input: readInput(workflow.get('input')),
    output: mapOf(workflow.get('output')),
    outputOnError: mapOf(workflow.get('output-on-error')),
    vars: mapOf(workflow.get('vars')),
    tasks,
    spec: map,
    ...(workbook !== undefined && { workbook }),
    ...(description !== undefined && { description }),
    ...(defaults !== undefined && { defaults }),
    ...(place !== undefined && { place }),
  };
  if (reader.errors > before) return undefined;
  if (type === 'direct') checkDirectWorkflow(definition, path, reader);
  else checkReverseWorkflow(definition, path, reader);
  return reader.errors > before ? undefined : definition;
}

function mapOf(value: Value | undefined): ValueMap {
  return value instanceof Map ? (value as ValueMap) : new Map();
}

/** A list of `name` and `{name: default}`: the last of equal names stands. */
export function readInput(value: Value | undefined): InputParameters {
  const input = new Map<string, Value | undefined>();
  for (const item of isList(value) ? value : []) {
    if (typeof item === 'string') input.set(item, undefined);
    else if (item instanceof Map) for (const [key, fallback] of item as ValueMap) input.set(String(key), fallback);
  }
  return input;
}

function readTasks(
  value: Value | undefined,
  type: 'direct' | 'reverse',
  owner: string,
  path: Path,
  reader: Reader,
): ReadonlyMap<string, TaskDefinition> {
  const tasks = new Map<string, TaskDefinition>();
  const map = mapOf(value);
  if (!reader.checkKeys(map, `tasks of ${owner}`, path)) return tasks;
  for (const [key, item] of map) {
    const name = key as string;
    if (!(item instanceof Map)) {
      // Names of other characters than letters, digits and _ are not in the schema.
      if (!/^[\p{L}\p{N}_]+$/u.test(name))
        reader.report(wrongValue(`tasks of ${owner}`, name, short(item), expectedOf('tasks')), [...path, name]);
      continue;
    }
    const task = readTask(name, item as ValueMap, type, [...path, name], reader);
    if (task !== undefined) tasks.set(name, task);
  }
  return tasks;
}

function readDefaults(
  value: Value | undefined,
  workflow: string,
  path: Path,
  reader: Reader,
): TaskDefaults | undefined {
  if (!(value instanceof Map)) return undefined;
  const owner = `task-defaults of ${workflow}`;
  if (!checkSchema(checkTaskDefaults, value as ValueMap, path, { owner, keys: DEFAULTS_KEYS }, reader))
    return undefined;
  const map = textMap(value as ValueMap);
  const safeRerun = map.get('safe-rerun');
  reader.checkExpressions(safeRerun, [...path, 'safe-rerun']);
  const clause = (key: string): ReturnType<typeof readOnClause> => readOnClause(map.get(key), [...path, key], reader);
  const [onSuccess, onError, onComplete] = [clause('on-success'), clause('on-error'), clause('on-complete')];
  return {
    policies: readPolicies(map, owner, path, reader),
    requires: texts(map.get('requires')),
    ...(safeRerun !== undefined && { safeRerun }),
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onError !== undefined && { onError }),
    ...(onComplete !== undefined && { onComplete }),
  };
}
