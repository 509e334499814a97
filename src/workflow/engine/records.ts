import type { Value, ValueMap } from '../../values/value.ts';
import type { EngineFunctions } from '../expressions/scope.ts';
import type { Join, TaskDefinition, WorkflowDefinition } from '../model.ts';
import type { WorkflowTransitions } from '../transitions.ts';
import type { ActionCall } from './protocol.ts';
import type { State } from './states.ts';

/** One run of one workflow: the whole, or a sub-workflow of a task. */
export interface Execution {
  readonly id: string;
  /** The same in every run of the workflow; of a whole workflow empty. */
  readonly path: string;
  /** How often each task was run. */
  readonly runs: Map<string, number>;
  readonly workflow: WorkflowDefinition;
  readonly transitions: WorkflowTransitions;
  readonly parent: { readonly task: TaskRecord; readonly index: number } | undefined;
  readonly root: Execution | undefined;
  readonly depth: number;
  readonly input: ValueMap;
  readonly env: ValueMap;
  readonly params: ValueMap;
  readonly created: number;
  readonly functions: EngineFunctions;
  updated: number;
  state: State;
  info: string | null;
  /** `__execution`, vars, and what is published globally. */
  context: ValueMap;
  output: ValueMap;
  accepted: boolean;
  /** In the order in which they were created. */
  readonly tasks: TaskRecord[];
  /** The last of each name. */
  readonly byName: Map<string, TaskRecord>;
  /** Tasks without a final state. */
  incomplete: number;
  backlog: Command[];
  readonly joins: Joins;
  /** Reverse workflows: how many required tasks each wanted task still waits for. */
  missing: Map<string, number> | undefined;
  readonly order: Map<string, number>;
}

/** One run of one task; a task has several where transitions lead to it several times. */
export interface TaskRecord {
  readonly id: string;
  /** The same in every run of the workflow: `/name/1`. */
  readonly path: string;
  readonly definition: TaskDefinition;
  readonly execution: Execution;
  readonly created: number;
  updated: number;
  state: State;
  info: string | null;
  /** What the branch had published when the task started. */
  context: ValueMap;
  published: ValueMap;
  /** Where it led, each with the clause. */
  next: readonly { readonly target: string; readonly event: TransitionEvent }[];
  errorHandled: boolean;
  /** Whether its transitions were acted upon: not while the workflow is paused. */
  processed: boolean;
  readonly calls: CallRecord[];
  retries: number;
  waitedAfter: boolean;
  timedOut: boolean;
  concurrency: number;
  loop: LoopRecord | undefined;
  /** Position in the order of completion. */
  completed: number;
}

export type TransitionEvent = 'on-success' | 'on-error' | 'on-complete' | null;

/** One call of an action, or of a sub-workflow, for a task. */
export interface CallRecord {
  readonly id: string;
  readonly index: number;
  readonly task: TaskRecord;
  /** The ad-hoc actions whose outputs are taken from the result, innermost first. */
  readonly outputs: readonly Value[];
  readonly sub?: Execution;
  /** What was asked for; of a sub-workflow nothing. */
  readonly request?: ActionCall;
  state: State;
  /** False once a later attempt has taken its place. */
  accepted: boolean;
  result: Value;
  dropped: boolean;
}

export interface LoopRecord {
  readonly items: ReadonlyMap<string, readonly Value[]>;
  readonly count: number;
  /** Positions of the items that are to be run: not of those whose results are kept. */
  readonly indexes: readonly number[];
  /** Position in `indexes`. */
  next: number;
  running: number;
  done: number;
}

export interface TimerRecord {
  readonly task: TaskRecord;
  readonly ms: number;
  readonly fire: () => void;
}

/** What a workflow wants done next. */
export type Command =
  | {
      readonly type: 'run';
      readonly task: TaskDefinition;
      readonly context: ValueMap;
      readonly event: TransitionEvent;
    }
  /** A task that exists: one that `pause-before` held back. */
  | { readonly type: 'resume'; readonly record: TaskRecord; readonly event: null }
  | {
      readonly type: 'noop' | 'fail' | 'succeed' | 'pause';
      readonly message: string | null;
      readonly event: TransitionEvent;
    };

export type JoinState =
  | { readonly state: 'RUNNING' | 'WAITING' }
  | { readonly state: 'ERROR'; readonly failedBy: readonly string[] };

/** Which joins the parents of tasks have led to. */
export interface Joins {
  started(name: string): void;
  ended(task: TaskRecord): Set<string>;
  stuck(execution: Execution): Set<string>;
  state(name: string, join: Join): JoinState;
}
