import type { ValueMap } from '../../values/value.ts';
import { mergeMaps } from '../merge-maps.ts';
import type { Publish, TaskDefinition } from '../model.ts';
import { branchScope, evaluateMap } from './context.ts';
import type { Core } from './core.ts';
import type { TaskRecord } from './records.ts';
import type { State } from './states.ts';

/** Publishes what the task's state calls for. @throws ExpressionError */
export function publish(core: Core, task: TaskRecord): void {
  if (task.state !== 'SUCCESS' && task.state !== 'ERROR') return;
  const wanted = publishOf(task.definition, task.state);
  if (wanted === undefined) return;
  const { execution } = task;
  const scope = branchScope(task, task.context);
  task.published = wanted.branch === undefined ? new Map() : evaluateMap(core, wanted.branch, scope);
  if (wanted.global !== undefined)
    execution.context = mergeMaps(execution.context, evaluateMap(core, wanted.global, scope));
}

/**
 * `publish` (or `publish-on-error`), the publish of on-complete, and that of the clause of the state, united as Mistral
 * does: what the first two of them have wins over the clause; a kind (branch, global) that only the one merged in has
 * is lost.
 */
export function publishOf(task: TaskDefinition, state: State): Publish | undefined {
  const own = state === 'SUCCESS' ? task.publish : task.publishOnError;
  const shared = task.onComplete?.publish;
  const base: Publish | undefined = own === undefined || own.size === 0 ? shared : into({ branch: own }, shared);
  const clause = (state === 'SUCCESS' ? task.onSuccess : task.onError)?.publish;
  return clause === undefined ? base : into(clause, base);
}

function into(left: Publish, right: Publish | undefined): Publish {
  if (right === undefined) return left;
  const branch = merged(left.branch, right.branch);
  const global = merged(left.global, right.global);
  return { ...(branch !== undefined && { branch }), ...(global !== undefined && { global }) };
}

function merged(left: ValueMap | undefined, right: ValueMap | undefined): ValueMap | undefined {
  return left === undefined || right === undefined ? left : mergeMaps(left, right);
}
