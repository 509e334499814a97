import type { Join, WorkflowDefinition } from '../model.ts';
import type { WorkflowTransitions } from '../transitions.ts';
import type { Execution, TaskRecord } from './records.ts';
import { isCompleted } from './states.ts';

/** What a parent does for a join: leads to it, or never will; nothing yet while it is neither. */
type Induced = 'RUNNING' | 'ERROR';

export type JoinState =
  | { readonly state: 'RUNNING' | 'WAITING' }
  | { readonly state: 'ERROR'; readonly failedBy: readonly string[] };

/**
 * Knows for every join which of its parents have led to it and which never will. Kept up to date as tasks end, so that a
 * join with n parents costs n steps and not n squared.
 */
export class JoinTracker {
  readonly #tasks: WorkflowDefinition['tasks'];
  readonly #transitions: WorkflowTransitions;
  readonly #induced: Map<string, Map<string, Induced>> = new Map();
  readonly #counts: Map<string, { running: number; error: number }> = new Map();

  constructor(workflow: WorkflowDefinition, transitions: WorkflowTransitions) {
    this.#tasks = workflow.tasks;
    this.#transitions = transitions;
  }

  /** A task is run (again): what its last run did for joins counts no more. */
  started(name: string): void {
    for (const target of this.#transitions.of.get(name)?.outbound ?? []) this.#set(target, name, undefined);
  }

  /** A task has ended and its transitions are known. Returns the joins that this may have decided. */
  ended(task: TaskRecord): string[] {
    const { execution, definition, next } = task;
    const affected: string[] = [];
    const taken = new Set(next.map(({ target }) => target));
    const dead: string[] = [];
    for (const target of this.#transitions.of.get(definition.name)?.outbound ?? []) {
      const joins = this.#tasks.get(target)?.join !== undefined;
      if (joins) {
        this.#set(target, definition.name, taken.has(target) ? 'RUNNING' : 'ERROR');
        affected.push(target);
      }
      if (!taken.has(target)) dead.push(target);
    }
    if (dead.length > 0) this.#spread(dead, execution, affected);
    return affected;
  }

  /** Looks at everything beyond transitions that were not taken, for joins that wait for what can no longer come. */
  #spread(dead: readonly string[], execution: Execution, affected: string[]): void {
    const seen = new Set<string>();
    const pending = [...dead];
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (seen.has(name) || execution.byName.has(name) || this.possible(name, execution)) continue;
      seen.add(name);
      for (const target of this.#transitions.of.get(name)?.outbound ?? []) {
        if (this.#tasks.get(target)?.join !== undefined) {
          this.#set(target, name, 'ERROR');
          affected.push(target);
        }
        pending.push(target);
      }
    }
  }

  /** Whether a task that has not been run may still be (`_possible_route`). */
  possible(name: string, execution: Execution): boolean {
    const seen = new Set<string>();
    const pending = [name];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const parents = this.#transitions.inbound.get(at) ?? [];
      if (parents.length === 0) return true;
      for (const parent of parents) {
        const record = execution.byName.get(parent);
        if (record === undefined) pending.push(parent);
        else if (!isCompleted(record.state) || record.next.some(({ target }) => target === at)) return true;
      }
    }
    return false;
  }

  /** Once, when the join comes into being: what of its parents is known already. */
  created(name: string, execution: Execution): void {
    for (const parent of this.#transitions.inbound.get(name) ?? []) {
      if (
        this.#induced.get(name)?.has(parent) !== true &&
        !execution.byName.has(parent) &&
        !this.possible(parent, execution)
      ) {
        this.#set(name, parent, 'ERROR');
      }
    }
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
