import { truthy } from '../../values/equality.ts';
import { loadJson } from '../../values/load-json.ts';
import type { Value } from '../../values/value.ts';
import { loadYaml } from '../../yaml/document.ts';
import { dumpIndented } from './dump-indented.ts';
import { dumpYaml } from './dump-yaml.ts';
import type { EngineFunctions } from './scope.ts';

/** A function that both languages offer. */
export interface ExpressionFunction {
  readonly name: string;
  /** In Python's spelling; YAQL also takes keywords, in its own: `workflowExecutionId`. */
  readonly parameters: readonly { readonly name: string; readonly fallback?: Value }[];
  readonly call: (engine: EngineFunctions, ...args: Value[]) => Value;
}

/** A function was given what it cannot read. */
export class BadArgument extends Error {}

const optional = (name: string, fallback: Value = null): { name: string; fallback: Value } => ({ name, fallback });

/** Mistral's `mistral.expression.functions`; `json_pp` left Mistral after version 15 and is not here. */
export const EXPRESSION_FUNCTIONS: readonly ExpressionFunction[] = [
  { name: 'env', parameters: [], call: (engine) => engine.env() },
  { name: 'global', parameters: [{ name: 'var_name' }], call: (engine, name = null) => engine.global(name) },
  { name: 'execution', parameters: [], call: (engine) => engine.execution() },
  {
    name: 'executions',
    parameters: ['id', 'root_execution_id', 'state', 'from_time', 'to_time'].map((name) => optional(name)),
    call: (engine, id = null, rootExecutionId = null, state = null, fromTime = null, toTime = null) =>
      engine.executions({ id, rootExecutionId, state, fromTime, toTime }),
  },
  { name: 'task', parameters: [optional('task_name')], call: (engine, name = null) => engine.task(name) },
  {
    name: 'tasks',
    parameters: [
      optional('workflow_execution_id'),
      optional('recursive', false),
      optional('state'),
      optional('flat', false),
    ],
    call: (engine, executionId = null, recursive = false, state = null, flat = false) =>
      engine.tasks({ executionId, recursive: truthy(recursive), state, flat: truthy(flat) }),
  },
  { name: 'uuid', parameters: [], call: (engine) => engine.uuid() },
  { name: 'json_dump', parameters: [{ name: 'data' }], call: (_, data = null) => dumpIndented(data) },
  { name: 'json_parse', parameters: [{ name: 'data' }], call: (_, data = null) => parseJson(data) },
  { name: 'yaml_dump', parameters: [{ name: 'data' }], call: (_, data = null) => dumpYaml(data) },
  { name: 'yaml_parse', parameters: [{ name: 'data' }], call: (_, data = null) => parseYaml(data) },
];

function parseJson(data: Value): Value {
  if (typeof data !== 'string') throw new BadArgument('json_parse wants text');
  try {
    return loadJson(data);
  } catch {
    throw new BadArgument('json_parse was given text that is not JSON');
  }
}

function parseYaml(data: Value): Value {
  if (typeof data !== 'string') throw new BadArgument('yaml_parse wants text');
  const loaded = loadYaml(data);
  if (!loaded.ok) throw new BadArgument('yaml_parse was given text that is not YAML');
  return loaded.document.value;
}
