import type { Path } from '../../diagnostics/diagnostic.ts';
import {
  inputNotAMap,
  nameTooLong,
  oneLineWrong,
  policyOfJoinIgnored,
  withItemsListWrong,
  withItemsWrong,
} from '../../diagnostics/workflow.ts';
import { loadJson } from '../../values/load-json.ts';
import { codePointLength } from '../../values/text-operations.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';
import { mergeMaps } from '../merge-maps.ts';
import type { Join, TaskDefinition, WorkflowType } from '../model.ts';
import { checkSchema } from './check-schema.ts';
import { readOneLine } from './one-line.ts';
import { readOnClause } from './read-on-clause.ts';
import { readPolicies } from './read-policies.ts';
import { type Reader, textMap, texts } from './reader.ts';
import { withItemsOf } from './text-patterns.ts';
import { checkDirectTask, checkReverseTask } from './validators.generated.ts';

const LONGEST_NAME = 255;
const LONGEST_JOIN_NAME = 208;

const TASK_KEYS = [
  'action',
  'workflow',
  'input',
  'with-items',
  'publish',
  'publish-on-error',
  'retry',
  'wait-before',
  'wait-after',
  'timeout',
  'pause-before',
  'concurrency',
  'fail-on',
  'target',
  'keep-result',
  'safe-rerun',
  'description',
  'tags',
];
const DIRECT_KEYS = [...TASK_KEYS, 'join', 'on-success', 'on-error', 'on-complete'];
const REVERSE_KEYS = [...TASK_KEYS, 'requires'];

/** One task of a workflow (`DirectWorkflowTaskSpec`, `ReverseWorkflowTaskSpec`). */
export function readTask(
  name: string,
  given: ValueMap,
  type: WorkflowType,
  path: Path,
  reader: Reader,
): TaskDefinition | undefined {
  const owner = `task '${name}'`;
  const direct = type === 'direct';
  // Mistral writes these three over whatever stands there.
  const map = new Map<Value, Value>([...given, ['name', name], ['version', '2.0'], ['type', type]]);
  const fits = checkSchema(
    direct ? checkDirectTask : checkReverseTask,
    map,
    path,
    { owner, keys: direct ? DIRECT_KEYS : REVERSE_KEYS },
    reader,
  );
  if (codePointLength(name) > LONGEST_NAME) reader.report(nameTooLong(name, LONGEST_NAME, 'task'), path, 'key');
  if (!fits) return undefined;
  const task = textMap(map);
  for (const key of ['input', 'publish', 'publish-on-error', 'keep-result', 'safe-rerun']) {
    reader.checkExpressions(task.get(key), [...path, key]);
  }
  const called = readCall(task, owner, path, reader);
  const join = readJoin(name, task.get('join'), path, reader);
  const policies = readPolicies(task, owner, path, reader);
  if (join !== undefined) warnOfIgnoredPolicies(name, task, path, reader);
  const place = reader.locator.locate(path, 'key');
  const optional = (key: string): Value | undefined => task.get(key) ?? undefined;
  const clause = (key: string): ReturnType<typeof readOnClause> => readOnClause(task.get(key), [...path, key], reader);
  const [onSuccess, onError, onComplete] = [clause('on-success'), clause('on-error'), clause('on-complete')];
  const [publish, publishOnError, safeRerun] = [
    optional('publish'),
    optional('publish-on-error'),
    optional('safe-rerun'),
  ];
  const [target, description] = [optional('target'), optional('description')];
  return {
    name,
    tags: texts(task.get('tags')),
    ...called,
    withItems: readWithItems(task.get('with-items'), [...path, 'with-items'], reader),
    policies,
    keepResult: task.get('keep-result') ?? true,
    requires: texts(task.get('requires')),
    spec: map,
    ...(description !== undefined && { description }),
    ...(publish instanceof Map && { publish: publish as ValueMap }),
    ...(publishOnError instanceof Map && { publishOnError: publishOnError as ValueMap }),
    ...(safeRerun !== undefined && { safeRerun }),
    ...(typeof target === 'string' && { target }),
    ...(join !== undefined && { join }),
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onError !== undefined && { onError }),
    ...(onComplete !== undefined && { onComplete }),
    ...(place !== undefined && { place }),
  };
}

/** Action or workflow, and the input that its line and `input` make together. */
function readCall(
  task: ReadonlyMap<string, Value>,
  owner: string,
  path: Path,
  reader: Reader,
): Pick<TaskDefinition, 'action' | 'workflow' | 'input'> {
  const input = task.get('input') ?? new Map<Value, Value>();
  const kind = task.has('action') ? 'action' : task.has('workflow') ? 'workflow' : undefined;
  const own = typeof input === 'string' ? input : (input as ValueMap);
  if (kind === undefined) return { action: 'std.noop', input: own };
  const line = task.get(kind) as string;
  const read = readOneLine(line);
  if (read === undefined) {
    reader.report(oneLineWrong(line), [...path, kind]);
    return { input: own };
  }
  reader.checkExpressions(read.parameters, [...path, kind]);
  if (read.parameters.size === 0) return { [kind]: read.name, input: own };
  if (typeof own === 'string') {
    reader.report(inputNotAMap(owner), [...path, 'input']);
    return { [kind]: read.name, input: own };
  }
  return { [kind]: read.name, input: mergeMaps(own, read.parameters) };
}

function readJoin(name: string, value: Value | undefined, path: Path, reader: Reader): Join | undefined {
  // `join: 0` is no join to Mistral.
  if (value === undefined || value === 0 || value === null) return undefined;
  if (codePointLength(name) > LONGEST_JOIN_NAME)
    reader.report(nameTooLong(name, LONGEST_JOIN_NAME, 'join task'), path, 'key');
  return value === 'all' || value === 'one' ? value : Number(value instanceof Object ? 0 : value);
}

function warnOfIgnoredPolicies(name: string, task: ReadonlyMap<string, Value>, path: Path, reader: Reader): void {
  for (const key of ['pause-before', 'wait-before', 'concurrency']) {
    if (task.has(key)) reader.report(policyOfJoinIgnored(name, key), [...path, key], 'key');
  }
}

function readWithItems(value: Value | undefined, path: Path, reader: Reader): ReadonlyMap<string, Value> {
  const loops = new Map<string, Value>();
  for (const [i, text] of texts(value).entries()) {
    const place = isList(value) ? [...path, i] : path;
    const read = withItemsOf(text);
    if (read === undefined) {
      reader.report(withItemsWrong(text), place);
      continue;
    }
    reader.checkExpressions(read.source, place);
    if (!read.source.startsWith('[')) {
      loops.set(read.variable, read.source);
      continue;
    }
    try {
      loops.set(read.variable, loadJson(read.source));
    } catch {
      reader.report(withItemsListWrong(read.source), place);
    }
  }
  return loops;
}
