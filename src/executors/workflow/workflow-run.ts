import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import type { ActionRegistry, HttpFetch } from '../../workflow/actions.ts';
import type { TaskResult } from '../../workflow/engine/execution-result.ts';
import type { ActionCall, TaskChange, WorkflowChange } from '../../workflow/engine/protocol.ts';
import type { FinalState } from '../../workflow/engine/states.ts';
import type { WorkflowLibrary } from '../../workflow/model.ts';
import type { Clock } from '../clock.ts';

export interface RunWorkflowOptions {
  readonly input?: ValueMap;
  /** What `env()` gives. */
  readonly env?: ValueMap;
  /** Whether the texts of `env` are data, and no expressions. Default false. */
  readonly envIsData?: boolean;
  /** The task that a reverse workflow is to reach. */
  readonly taskName?: string;
  /** Where sub-workflows and ad-hoc actions are found. Default: none but the workflow itself. */
  readonly library?: WorkflowLibrary;
  /** Default: `standardActions()`. */
  readonly actions?: ActionRegistry;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** For std.http. Default: the platform's. */
  readonly fetch?: HttpFetch;
  /** Default: random UUIDs. */
  readonly newId?: (path: string) => string;
  /** From 0 to below 1, for YAQL's `random()`. */
  readonly random?: () => number;
  /** Called with every change of state, at once. */
  readonly onEvent?: (event: WorkflowEvent) => void;
  /** Called when an asynchronous action was called: somebody has to `complete` it. */
  readonly onWaiting?: (call: ActionCall) => void;
}

export type WorkflowEvent = (TaskChange | WorkflowChange) & { /** Milliseconds since 1970. */ readonly at: number };

export interface WorkflowResult {
  readonly state: FinalState;
  readonly output: ValueMap;
  /** In the order in which they began, sub-workflows inside. */
  readonly tasks: readonly TaskResult[];
  readonly events: readonly WorkflowEvent[];
  /** Why nothing was run at all; empty otherwise. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface WorkflowRun {
  /** How it ended. Never rejects. While the workflow is paused it stays open. After `rerun` it is another one. */
  readonly result: Promise<WorkflowResult>;
  /** Calls whose results are waited for now: those of std.async_noop are completed by the host. */
  waiting(): readonly ActionCall[];
  /** The result of an asynchronous action (std.mistral_http); false when nobody waits for it. */
  complete(id: string, result: Value, state?: FinalState): boolean;
  pause(): void;
  resume(): void;
  cancel(message?: string): void;
  /**
   * Runs a task that ended in ERROR once more, and what follows from it; also when the workflow has ended in ERROR or
   * CANCELLED: what was under way then is begun again. False where nothing was done: for other tasks, after a success,
   * for a workflow that is paused or whose `signal` is aborted, and for `reset: false` without with-items.
   *
   * @param task id of the task in the result, or its name: then its last run in the workflow itself.
   */
  rerun(task: string, options?: RerunOptions): boolean;
}

export interface RerunOptions {
  /** Whether the items of with-items that succeeded are run again, too. Default true. */
  readonly reset?: boolean;
}
