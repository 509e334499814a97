import type { CompileOptions } from '../compile/compile.ts';
import type { StackAction } from '../compile/stack-action.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Attached, AttachOptions } from '../hooks/attach-hooks.ts';
import type { RunOptions } from '../run/run.ts';
import type { RunResult } from '../run/run-result.ts';
import type { Stack } from '../stack/stack.ts';
import type { StackState } from '../state/stack-state.ts';
import type { Source } from '../yaml/source.ts';
import type { RestoreRules } from './restore-rules.ts';

/** What a traversal starts from, and how texts become stacks: all that `compile` takes. */
export interface TraversalOptions extends Omit<CompileOptions, 'action' | 'previous' | 'target' | 'replaced'> {
  /**
   * What the stack is brought to: needed for CREATE, ADOPT and UPDATE. Other actions go by what the state says, or, of a
   * DELETE without a state, by this.
   */
  readonly template?: Source | Stack;
  /** What there is, as the last traversal left it. Of an ADOPT: where the ids of what is taken over come from. */
  readonly state?: StackState;
  /** Of a SNAPSHOT: its name (default `snapshot-1`, ...). Of a RESTORE: which one (default: the latest complete one). */
  readonly snapshot?: string;
  /**
   * Attaches hooks: `(graph, options) => attachHooks(graph, hooks, options)`. The option `hooks` has their names, for
   * templates that refer to them. It is called for the graph of a rollback as well.
   */
  readonly attach?: (graph: TaskGraph, options: Pick<AttachOptions, 'rollback'>) => Attached;
  /** Of a RESTORE: what it makes of properties, by type. Default: Heat's rules for servers and volumes. */
  readonly restoreRules?: RestoreRules;
}

export type PreparedTraversal = ReadyTraversal | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Everything that a host needs to bring a stack somewhere: run `graph` with `runOptions`, then keep `stateAfter`. */
export interface ReadyTraversal {
  readonly ok: true;
  readonly action: StackAction;
  readonly graph: TaskGraph;
  /** Absent: the stack is brought to nothing, and its template did not matter. */
  readonly stack?: Stack;
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * To be given to `run`, with the host's own: who decides what an UPDATE does, what is recorded of things, and the way
   * back, which is taken where the host says `onFailure: 'rollback'`. A CHECK goes on after a failure, as in Heat.
   */
  readonly runOptions: Pick<RunOptions, 'decide' | 'previous' | 'rollback' | 'onFailure'>;
  /**
   * What there is after the run, however it ended, its rollback included. Pure: the same result gives the same state.
   */
  stateAfter(result: RunResult): StackState;
}
