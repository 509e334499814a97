import type { StackAction } from '../compile/stack-action.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Attached } from '../hooks/attach-hooks.ts';
import { decideUpdates } from '../plan/decide-update.ts';
import { type RefusedRollback, type RollbackPlan, rollbackOfCreate } from '../run/rollback.ts';
import type { RunResult } from '../run/run-result.ts';
import type { Stack } from '../stack/stack.ts';
import { nextGeneration } from '../state/next-generation.ts';
import type { StackSource, StackState } from '../state/stack-state.ts';
import { stateAfter } from '../state/state-after.ts';
import { withHookOutputs } from './hook-outputs.ts';
import type { PreparedTraversal, TraversalOptions } from './prepared-traversal.ts';
import { recordedResults } from './recorded-results.ts';
import { withSnapshot } from './stack-snapshot.ts';
import { taskReports } from './task-reports.ts';

/** What a traversal comes down to, once its stack is known. */
export interface TraversalDraft {
  readonly action: StackAction;
  readonly graph: TaskGraph;
  /** What there is. */
  readonly base: StackState | undefined;
  readonly stack?: Stack | undefined;
  readonly source?: StackSource | undefined;
  readonly target?: number | undefined;
  /** Where the ids of what is adopted come from. */
  readonly from?: StackState;
  /** Name of the snapshot that is made. */
  readonly snapshot?: string;
  /** From the state that a failure leaves; a run takes back a CREATE by itself. Absent: there is none, as in Heat. */
  readonly wayBack?: ((failed: StackState) => PreparedTraversal) | undefined;
  readonly diagnostics?: readonly Diagnostic[];
}

const DECIDED: ReadonlySet<StackAction> = new Set(['UPDATE', 'RESTORE', 'ROLLBACK']);

/** The traversal with the options for its run, and the state after. */
export function prepared(
  draft: TraversalDraft,
  options: Pick<TraversalOptions, 'catalog' | 'attach'>,
): PreparedTraversal {
  const { action, base, stack, source, target, from = base, snapshot, wayBack } = draft;
  const { catalog } = options;
  const hooked = attached(draft, options);
  const { diagnostics } = hooked;
  if (!hooked.ok) return { ok: false, diagnostics };
  const { graph } = hooked;
  const generation = target ?? (from === undefined ? 1 : nextGeneration(from));
  const after = (result: RunResult): StackState => {
    const made = stateAfter(base, {
      action,
      graph,
      status: result.status === 'COMPLETE' ? 'COMPLETE' : 'FAILED',
      report: taskReports(result),
      ...(stack !== undefined && { stack }),
      ...(source !== undefined && { source }),
      ...(target !== undefined && { target }),
    });
    const state = withHookOutputs(made, base, graph, result);
    return snapshot === undefined ? state : withSnapshot(state, snapshot, result);
  };
  const decide =
    stack !== undefined && base !== undefined && DECIDED.has(action)
      ? decideUpdates(stack, base, { target: generation, ...(catalog !== undefined && { catalog }) })
      : undefined;
  return {
    ok: true,
    action,
    graph,
    ...(stack !== undefined && { stack }),
    diagnostics,
    runOptions: {
      ...(from !== undefined && { previous: recordedResults(from, generation) }),
      ...(decide !== undefined && { decide }),
      ...(wayBack !== undefined && { rollback: (failed: RunResult) => rollbackPlan(wayBack(after(failed))) }),
      ...(action === 'CHECK' && { onFailure: 'continue' as const }),
    },
    stateAfter(result) {
      if (result.rollback === undefined) return after(result);
      if (action === 'CREATE') return undone(after(result), rollbackOfCreate(graph, result).graph, result.rollback);
      const failed = after(result);
      const back = wayBack?.(failed);
      return back?.ok ? back.stateAfter(result.rollback) : failed;
    },
  };
}

function attached(
  { action, graph, diagnostics = [] }: TraversalDraft,
  { attach }: Pick<TraversalOptions, 'attach'>,
): Attached {
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  if (attach === undefined) return { ok: true, graph, diagnostics };
  const hooked = attach(graph, { rollback: action === 'ROLLBACK' });
  return { ...hooked, diagnostics: [...diagnostics, ...hooked.diagnostics] };
}

/** What the rollback of a CREATE leaves: nothing, if it was complete. */
function undone(state: StackState, graph: TaskGraph, result: RunResult): StackState {
  const status = result.status === 'COMPLETE' ? 'COMPLETE' : 'FAILED';
  const after = stateAfter(state, { action: 'ROLLBACK', graph, status, report: taskReports(result) });
  if (status === 'FAILED') return after;
  // What never began is no more than a name, and what ran on servers went with them.
  const { components: _, ...rest } = after;
  return { ...rest, resources: [] };
}

function rollbackPlan(back: PreparedTraversal): RollbackPlan | RefusedRollback {
  if (!back.ok) return { refused: back.diagnostics };
  const { decide, previous } = back.runOptions;
  return { graph: back.graph, ...(previous && { previous }), ...(decide && { decide }) };
}
