import type { TaskGraph } from '../graph/task-graph.ts';
import { hookCallOf } from '../hooks/hook-task.ts';
import { hookKeyOf } from '../run/hook-instances.ts';
import type { RunResult } from '../run/run-result.ts';
import type { HookState, StackState } from '../state/stack-state.ts';
import { fromPlain } from '../values/encode.ts';
import { isMap } from '../values/value.ts';

const STACK_POINTS: ReadonlySet<string> = new Set(['pre', 'post']);

/**
 * The state with what hooks gave, newly or in an earlier run: in an update a template still refers to the outputs of a
 * hook that ran when the resource was created. What stood at something that is gone is forgotten.
 */
export function withHookOutputs(
  state: StackState,
  before: StackState | undefined,
  graph: TaskGraph,
  { tasks }: Pick<RunResult, 'tasks'>,
): StackState {
  const found = new Map<string, HookState>();
  const add = (hook: HookState): void => {
    // Deleted first: what is newer comes last.
    const key = JSON.stringify([hook.name, hook.at]);
    found.delete(key);
    found.set(key, hook);
  };
  const there = new Set([...state.resources, ...(state.components ?? [])].map(({ name }) => name));
  for (const hook of before?.hooks ?? []) if (there.has(hook.at) || STACK_POINTS.has(hook.at)) add(hook);
  for (const task of graph.tasks) {
    const call = hookCallOf(task);
    const outcome = call && tasks.get(task.id);
    // Nothing can refer to hooks that run on failure.
    const isReferred = call !== undefined && task.policy?.runsOn !== 'failure' && task.scope === '';
    if (!isReferred || outcome?.status !== 'COMPLETE') continue;
    const attributes = fromPlain(outcome.result?.attributes ?? null);
    const at = hookKeyOf(graph, call);
    if (isMap(attributes) && (call.of === undefined || there.has(at))) add({ name: call.hook, at, attributes });
  }
  const { hooks: _, ...rest } = state;
  return found.size === 0 || there.size === 0 ? rest : { ...rest, hooks: [...found.values()] };
}
