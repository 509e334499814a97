import type { Value, ValueMap } from '../../values/value.ts';
import type { ExpressionScope } from '../expressions/scope.ts';
import type { Core } from './core.ts';
import type { Execution, TaskRecord } from './records.ts';

const NOTHING: ValueMap = new Map();

/** A name is looked up in one map after the other; made when an expression asks for it. */
export function scopeOf(execution: Execution, maps: readonly ValueMap[], task?: TaskRecord): ExpressionScope {
  let merged: ValueMap | undefined;
  const functions = task === undefined ? execution.functions : functionsFor(task);
  return {
    functions,
    data(): Value {
      merged ??= merge(task === undefined ? maps : [currentTask(task), ...maps]);
      return merged;
    },
  };
}

function merge(maps: readonly ValueMap[]): ValueMap {
  const filled = maps.filter((map) => map.size > 0);
  if (filled.length < 2) return filled[0] ?? NOTHING;
  const merged = new Map<Value, Value>();
  for (const map of filled.toReversed()) for (const [key, value] of map) merged.set(key, value);
  return merged;
}

function currentTask({ id, definition }: TaskRecord): ValueMap {
  return new Map<Value, Value>([
    [
      '__task_execution',
      new Map<Value, Value>([
        ['id', id],
        ['name', definition.name],
      ]),
    ],
  ]);
}

export function envOf(execution: Execution): ValueMap {
  return new Map([['__env', (execution.root ?? execution).env]]);
}

/** The standard context of a task (`Task.get_expression_context`). */
export function taskScope(task: TaskRecord, extra: ValueMap = NOTHING): ExpressionScope {
  const { execution, context } = task;
  return scopeOf(execution, [envOf(execution), extra, context, execution.context, execution.input], task);
}

/** What publish and transitions see: the branch before the environment. */
export function branchScope(task: TaskRecord, context: ValueMap): ExpressionScope {
  const { execution } = task;
  return scopeOf(execution, [context, envOf(execution), execution.context, execution.input], task);
}

/** What a task hands on: its own context, over it what it published. */
export function outbound({ context, published }: TaskRecord): ValueMap {
  if (published.size === 0) return context;
  return context.size === 0 ? published : new Map([...context, ...published]);
}

/** The functions of expressions, with `task()` as this task. */
function functionsFor(task: TaskRecord): ExpressionScope['functions'] {
  let made = OWN_FUNCTIONS.get(task);
  if (made === undefined) {
    const shared = task.execution.functions;
    made = {
      ...shared,
      task: (name) => shared.task(name === null || name === '' || name === task.definition.name ? task.id : name),
    };
    OWN_FUNCTIONS.set(task, made);
  }
  return made;
}

const OWN_FUNCTIONS = new WeakMap<TaskRecord, ExpressionScope['functions']>();

/** @throws ExpressionError */
export function evaluate(core: Core, value: Value, scope: ExpressionScope): Value {
  return core.expressions.evaluate(value, scope);
}

/** @throws ExpressionError */
export function evaluateMap(core: Core, map: ValueMap, scope: ExpressionScope): ValueMap {
  return core.expressions.evaluate(map, scope) as ValueMap;
}
