import type { ValueMap } from '../../values/value.ts';
import type { ActionCatalog } from '../action-catalog.ts';
import type { Expressions } from '../expressions/evaluate.ts';
import type { WorkflowDefinition, WorkflowLibrary } from '../model.ts';
import type { EngineCommand } from './protocol.ts';
import type { CallRecord, Command, Execution, TaskRecord, TimerRecord } from './records.ts';
import { type FinalState, isCompleted, type State } from './states.ts';

/** What one part of the engine asks of another that is built upon it. */
export interface Operations {
  startExecution(start: ExecutionStart): Execution;
  dispatch(execution: Execution, commands: readonly Command[]): void;
  pauseExecution(execution: Execution, message: string | null): void;
  failExecution(execution: Execution, message: string | null): void;
  checkCompletion(execution: Execution): void;
  runTask(execution: Execution, command: Command): void;
  completeTask(task: TaskRecord, state: FinalState, info: string | null): void;
  continueTask(task: TaskRecord): void;
}

export interface ExecutionStart {
  readonly workflow: WorkflowDefinition;
  readonly input: ValueMap;
  readonly params: ValueMap;
  readonly parent?: { readonly task: TaskRecord; readonly index: number };
  /** Told of the execution before its first task starts. */
  readonly created?: (execution: Execution) => void;
}

/** What the parts of the engine share: the definitions, the queue of what is still to be looked at, the commands. */
export class Core {
  readonly library: WorkflowLibrary;
  readonly catalog: ActionCatalog;
  readonly expressions: Expressions;
  readonly #newId: (path: string) => string;
  readonly #paths: Set<string> = new Set();
  readonly calls: Map<string, CallRecord> = new Map();
  /** Calls of actions whose result is waited for. */
  readonly open: Set<string> = new Set();
  readonly executions: Map<string, Execution> = new Map();
  readonly timers: Map<number, TimerRecord> = new Map();
  now: number;
  operations: Operations | undefined;
  commands: EngineCommand[] = [];
  #jobs: (() => void)[] = [];
  #nextTimer = 1;
  #completions = 0;

  constructor(
    library: WorkflowLibrary,
    catalog: ActionCatalog,
    expressions: Expressions,
    newId: (path: string) => string,
    now: number,
  ) {
    this.library = library;
    this.catalog = catalog;
    this.expressions = expressions;
    this.#newId = newId;
    this.now = now;
  }

  /** @param path of the one thing that is made; the same thing has the same path in every run of the workflow. */
  newId(path: string): string {
    let own = path;
    for (let number = 2; this.#paths.has(own); number++) own = `${path}#${number}`;
    this.#paths.add(own);
    return this.#newId(own);
  }

  get do(): Operations {
    if (this.operations === undefined) throw new Error('the engine is not put together');
    return this.operations;
  }

  /** To be done after what is being done now: Mistral's scheduled jobs and operations after a transaction. */
  later(job: () => void): void {
    this.#jobs.push(job);
  }

  runJobs(): void {
    for (let at = 0; at < this.#jobs.length; at++) this.#jobs[at]?.();
    this.#jobs = [];
  }

  /** @param task for whose sake it is. */
  after(seconds: number, task: TaskRecord, fire: () => void): void {
    const timer = this.#nextTimer++;
    const ms = seconds * 1000;
    this.timers.set(timer, { task, ms, fire });
    this.commands.push({ type: 'timer', timer, ms });
  }

  setTask(task: TaskRecord, state: State, info: string | null): void {
    if (task.state === state && task.info === info) return;
    const before = isCompleted(task.state);
    const after = isCompleted(state);
    if (before !== after) task.execution.incomplete += after ? -1 : 1;
    if (after) task.completed = ++this.#completions;
    task.state = state;
    task.info = info;
    task.updated = this.now;
    this.tell(task);
  }

  tell(task: TaskRecord): void {
    const { execution } = task;
    this.commands.push({
      type: 'task',
      id: task.id,
      task: task.definition.name,
      executionId: execution.id,
      workflow: execution.workflow.name,
      state: task.state,
      info: task.info,
    });
  }

  setWorkflow(execution: Execution, state: State, info: string | null): void {
    execution.state = state;
    execution.info = info;
    execution.updated = this.now;
    execution.accepted = isCompleted(state);
    const { parent } = execution;
    this.commands.push({
      type: 'workflow',
      executionId: execution.id,
      workflow: execution.workflow.name,
      state,
      info,
      ...(parent !== undefined && { parentTaskId: parent.task.id }),
    });
  }
}
