import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nothingDone, outputUnresolved, requiredFailed } from '../diagnostics/run.ts';
import type { GraphOutput } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { type Json, toPlain } from '../values/encode.ts';
import { type ContextPassing, type Inputs, Unresolved } from './context-passing.ts';
import type { TaskFailure } from './failure.ts';
import { type FinalState, nothingRan } from './final-state.ts';
import { pathOf } from './recorded-path.ts';
import { EMPTY_RESULT, type PlainResult, plainResult, type UpdateDecision } from './result.ts';
import type { RunStatus, TaskStatus } from './status.ts';

export interface RunResult {
  readonly runId: string;
  readonly status: RunStatus;
  readonly tasks: TaskOutcomes;
  /** Failed tasks, in template order. */
  readonly failures: readonly TaskFailure[];
  /** The stack's outputs by name, those of nested stacks by `path/name`; undefined for one that has no value. */
  readonly outputs: ReadonlyMap<string, Json | undefined>;
  /** Why outputs have no value, by the same names. */
  readonly outputErrors: ReadonlyMap<string, Diagnostic>;
  /** What became of what was taken back after the failure; of the tasks of another graph. */
  readonly rollback?: RunResult;
  /** What was wrong with the run as a whole: handlers that are missing, a cycle, an observer that threw. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How one task ended. */
export interface TaskOutcome {
  readonly status: TaskStatus;
  readonly attempts: number;
  /** Of a task that completed. */
  readonly result?: PlainResult;
  /**
   * Of an UPDATE: what was decided once its values were known. Absent: it was updated in place. Of one that failed,
   * `replaced`: it was the making of a replacement that failed.
   */
  readonly decision?: UpdateDecision;
  /** Of a task that failed, or whose last attempt failed when it was cancelled. */
  readonly error?: TaskFailure;
  /** Id of the failed task because of which this one was skipped or cancelled. */
  readonly cause?: string;
}

/** The outcome of every task by its id, in template order; each is made when it is asked for. */
export class TaskOutcomes implements Iterable<[string, TaskOutcome]> {
  readonly #graph: TaskGraph;
  readonly #state: FinalState;
  readonly #context: ContextPassing | undefined;

  constructor(graph: TaskGraph, state: FinalState, context?: ContextPassing) {
    this.#graph = graph;
    this.#state = state;
    this.#context = context;
  }

  /** The inputs of a task as they were resolved, from what the tasks before it gave; undefined: they never were. */
  inputs(id: string): Inputs | undefined {
    const index = this.#graph.indexOf(id);
    if (index < 0 || this.#state.attempts(index) === 0) return undefined;
    try {
      return this.#context?.inputs(index);
    } catch (error) {
      if (error instanceof Unresolved) return undefined;
      throw error;
    }
  }

  get size(): number {
    return this.#graph.size;
  }

  has(id: string): boolean {
    return this.#graph.indexOf(id) >= 0;
  }

  get(id: string): TaskOutcome | undefined {
    const index = this.#graph.indexOf(id);
    return index < 0 ? undefined : this.#outcome(index);
  }

  *keys(): Generator<string, void, undefined> {
    for (const task of this.#graph.tasks) yield task.id;
  }

  *values(): Generator<TaskOutcome, void, undefined> {
    for (let index = 0; index < this.#graph.size; index++) yield this.#outcome(index);
  }

  *entries(): Generator<[string, TaskOutcome], void, undefined> {
    let index = 0;
    for (const task of this.#graph.tasks) yield [task.id, this.#outcome(index++)];
  }

  [Symbol.iterator](): Generator<[string, TaskOutcome], void, undefined> {
    return this.entries();
  }

  #outcome(index: number): TaskOutcome {
    const status = this.#state.taskStatus(index);
    const error = status === 'COMPLETE' ? undefined : this.#state.failure(index);
    const cause = this.#graph.tasks[this.#state.cause(index)]?.id;
    const decision = error?.replacing ? 'replaced' : undefined;
    const result = status === 'COMPLETE' ? (this.#state.result(index) ?? EMPTY_RESULT) : undefined;
    return {
      status,
      attempts: this.#state.attempts(index),
      ...(result !== undefined && { result: plainResult(result) }),
      ...(decision !== undefined && { decision }),
      ...(result?.decision !== undefined && { decision: result.decision }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
  }
}

export function makeRunResult(
  runId: string,
  graph: TaskGraph,
  state: FinalState,
  context: ContextPassing,
  diagnostics: readonly Diagnostic[],
): RunResult {
  const failures: TaskFailure[] = [];
  for (let index = 0; index < graph.size; index++) {
    const failure = state.taskStatus(index) === 'FAILED' ? state.failure(index) : undefined;
    if (failure !== undefined) failures.push(failure);
  }
  const outputs = new Map<string, Json | undefined>();
  const outputErrors = new Map<string, Diagnostic>();
  for (const output of graph.outputs) {
    const name = pathOf(output.scope, output.name);
    try {
      outputs.set(name, toPlain(context.output(checkRequired(graph, state, output))));
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      outputs.set(name, undefined);
      outputErrors.set(name, outputUnresolved(name, error.message));
    }
  }
  const tasks = new TaskOutcomes(graph, state, context);
  return { runId, status: state.status, tasks, failures, outputs, outputErrors, diagnostics };
}

/** Of a run that could not begin. */
export function refusedResult(runId: string, graph: TaskGraph, diagnostics: readonly Diagnostic[]): RunResult {
  const tasks = new TaskOutcomes(graph, nothingRan(0));
  const outputs = new Map<string, undefined>();
  const outputErrors = new Map<string, Diagnostic>();
  for (const { scope, name } of graph.outputs) {
    outputs.set(pathOf(scope, name), undefined);
    outputErrors.set(pathOf(scope, name), outputUnresolved(pathOf(scope, name), nothingDone()));
  }
  return { runId, status: 'FAILED', tasks, failures: [], outputs, outputErrors, diagnostics };
}

function checkRequired(graph: TaskGraph, state: FinalState, output: GraphOutput): GraphOutput {
  for (const index of output.requires) {
    if (state.taskStatus(index) === 'COMPLETE') continue;
    throw new Unresolved(requiredFailed(graph.tasks[index]?.id ?? ''), 'InvalidTemplateAttribute', undefined);
  }
  return output;
}
