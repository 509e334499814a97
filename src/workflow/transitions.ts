import type { OnClause, TaskDefinition, Transition, WorkflowDefinition } from './model.ts';

/** Where a task of a direct workflow leads, task-defaults included. */
export interface TaskTransitions {
  readonly onError: readonly Transition[];
  readonly onSuccess: readonly Transition[];
  readonly onComplete: readonly Transition[];
  /** Tasks (and commands) that any of them leads to, each once. */
  readonly outbound: ReadonlySet<string>;
}

export interface WorkflowTransitions {
  readonly of: ReadonlyMap<string, TaskTransitions>;
  /** For each task, those that lead to it, in the order of the workflow. */
  readonly inbound: ReadonlyMap<string, readonly string[]>;
}

/** Mirrors `DirectWorkflowSpec`: defaults stand in for an empty clause, and never lead a task to itself. */
export function transitionsOf({ tasks, defaults }: WorkflowDefinition): WorkflowTransitions {
  const of = new Map<string, TaskTransitions>();
  const inbound = new Map<string, string[]>();
  for (const task of tasks.values()) {
    const onError = clauseOf(task, task.onError, defaults?.onError);
    const onSuccess = clauseOf(task, task.onSuccess, defaults?.onSuccess);
    const onComplete = clauseOf(task, task.onComplete, defaults?.onComplete);
    const outbound = new Set([...onError, ...onSuccess, ...onComplete].map(({ target }) => target));
    of.set(task.name, { onError, onSuccess, onComplete, outbound });
    for (const target of outbound) {
      const known = inbound.get(target);
      if (known === undefined) inbound.set(target, [task.name]);
      else known.push(task.name);
    }
  }
  return { of, inbound };
}

function clauseOf(
  task: TaskDefinition,
  own: OnClause | undefined,
  fallback: OnClause | undefined,
): readonly Transition[] {
  if (own !== undefined && own.next.length > 0) return own.next;
  return fallback?.next.filter(({ target }) => target !== task.name) ?? [];
}
