import type { Join, WorkflowDefinition } from '../model.ts';
import type { WorkflowTransitions } from '../transitions.ts';
import type { Execution, JoinState, Joins, TaskRecord } from './records.ts';
import { isCompleted } from './states.ts';

/** What a parent does for a join: leads to it, or never will; nothing yet while it is neither. */
type Induced = 'RUNNING' | 'ERROR';

/**
 * Knows for every task which of its parents have led to it and which never will. Kept up to date as tasks end, so that a
 * join with n parents costs n steps and not n squared.
 */
export class JoinTracker implements Joins {
  readonly #tasks: WorkflowDefinition['tasks'];
  readonly #transitions: WorkflowTransitions;
  readonly #induced: Map<string, Map<string, Induced>> = new Map();
  readonly #counts: Map<string, { running: number; error: number }> = new Map();
  /** Tasks that have not been run and never will be. */
  readonly #dead: Set<string> = new Set();

  constructor(workflow: WorkflowDefinition, transitions: WorkflowTransitions) {
    this.#tasks = workflow.tasks;
    this.#transitions = transitions;
  }

  /** A task is run (again): what its last run did for joins counts no more. */
  started(name: string): void {
    this.#dead.delete(name);
    for (const target of this.#transitions.of.get(name)?.outbound ?? []) this.#set(target, name, undefined);
  }

  /** A task has ended and its transitions are known. Returns the joins that this may have decided. */
  ended({ execution, definition, next }: TaskRecord): Set<string> {
    const affected = new Set<string>();
    const taken = new Set(next.map(({ target }) => target));
    const dead: string[] = [];
    for (const target of this.#transitions.of.get(definition.name)?.outbound ?? []) {
      this.#set(target, definition.name, taken.has(target) ? 'RUNNING' : 'ERROR');
      if (this.#joins(target)) affected.add(target);
      if (!taken.has(target)) dead.push(target);
    }
    this.#spread(dead, execution, affected);
    return affected;
  }

  /** A task to which nothing can lead any more leads nowhere itself. */
  #spread(names: string[], execution: Execution, affected: Set<string>): void {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const parents = this.#transitions.inbound.get(name)?.length ?? 0;
      if (this.#dead.has(name) || execution.byName.has(name) || this.#counts.get(name)?.error !== parents) continue;
      this.#bury(name, affected);
      names.push(...(this.#transitions.of.get(name)?.outbound ?? []));
    }
  }

  #bury(name: string, affected: Set<string>): void {
    this.#dead.add(name);
    for (const target of this.#transitions.of.get(name)?.outbound ?? []) {
      this.#set(target, name, 'ERROR');
      if (this.#joins(target)) affected.add(target);
    }
  }

  /**
   * Nothing is under way any more, but joins wait: for tasks of a cycle that nothing leads into, which counting cannot
   * see. Returns the joins that this has decided.
   */
  stuck(execution: Execution): Set<string> {
    const affected = new Set<string>();
    const alive = this.#reachable(execution);
    for (const name of this.#tasks.keys()) {
      if (!alive.has(name) && !execution.byName.has(name) && !this.#dead.has(name)) this.#bury(name, affected);
    }
    return affected;
  }

  /** Everything to which a task that has not ended may still lead. */
  #reachable(execution: Execution): Set<string> {
    const pending = execution.tasks
      .filter(({ state }) => !isCompleted(state) && state !== 'WAITING')
      .map(({ definition }) => definition.name);
    const seen = new Set<string>();
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      pending.push(...(this.#transitions.of.get(name)?.outbound ?? []));
    }
    return seen;
  }

  #joins(name: string): boolean {
    return this.#tasks.get(name)?.join !== undefined;
  }

  /** Mirrors `_get_join_logical_state`. */
  state(name: string, join: Join): JoinState {
    const parents = this.#transitions.inbound.get(name) ?? [];
    const { running, error } = this.#counts.get(name) ?? { running: 0, error: 0 };
    if (join === 'all') {
      if (running === parents.length) return { state: 'RUNNING' };
      return error > 0 ? this.#failed(name, parents) : { state: 'WAITING' };
    }
    const wanted = join === 'one' ? 1 : join;
    if (running >= wanted) return { state: 'RUNNING' };
    return error > parents.length - wanted ? this.#failed(name, parents) : { state: 'WAITING' };
  }

  #failed(name: string, parents: readonly string[]): JoinState {
    const induced = this.#induced.get(name);
    return { state: 'ERROR', failedBy: parents.filter((parent) => induced?.get(parent) === 'ERROR') };
  }

  #set(join: string, parent: string, value: Induced | undefined): void {
    let induced = this.#induced.get(join);
    if (induced === undefined) {
      induced = new Map();
      this.#induced.set(join, induced);
      this.#counts.set(join, { running: 0, error: 0 });
    }
    const counts = this.#counts.get(join) as { running: number; error: number };
    const before = induced.get(parent);
    if (before !== undefined) counts[before === 'RUNNING' ? 'running' : 'error']--;
    if (value === undefined) induced.delete(parent);
    else {
      induced.set(parent, value);
      counts[value === 'RUNNING' ? 'running' : 'error']++;
    }
  }
}
