import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { BindOptions } from '../stack/bind-stack.ts';
import type { Stack } from '../stack/stack.ts';
import { bindSource } from '../state/bind-source.ts';
import type { StackSource, StackState } from '../state/stack-state.ts';
import { type BuildOptions, buildGraph } from './build-graph.ts';
import { deletionGraph } from './deletion-graph.ts';

export interface RollbackOptions extends Pick<BuildOptions, 'catalog' | 'hooks'> {
  /** What the state does not hold: the identity of the stack, and values of hidden parameters that it lost. */
  readonly bind?: BindOptions;
}

/** `stack`, `source` and `target` are what `stateAfter` needs afterwards; there are none where it goes back to nothing. */
export type CompiledRollback =
  | {
      readonly ok: true;
      readonly graph: TaskGraph;
      readonly stack?: Stack;
      readonly source?: StackSource;
      readonly target?: number;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The graph that takes a stack back to what it was before its last traversal, which failed or was broken off: an update
 * to the template before; where there was none, the deletion of whatever there is. Mirrors `Stack.rollback`.
 */
export function compileRollback(state: StackState, options: RollbackOptions = {}): CompiledRollback {
  const { previous } = state;
  if (previous === undefined) return { ok: true, graph: deletionGraph(state), diagnostics: [] };
  const { source, generation: target } = previous;
  const { catalog, hooks, bind } = options;
  const bound = bindSource(source, { ...bind, ...(catalog !== undefined && { catalog }) });
  const { stack } = bound;
  if (stack === undefined) return { ok: false, diagnostics: bound.diagnostics };
  const built = buildGraph(stack, {
    action: 'ROLLBACK',
    previous: state,
    target,
    ...(hooks !== undefined && { hooks }),
    ...(catalog !== undefined && { catalog }),
  });
  const diagnostics = [...bound.diagnostics, ...built.diagnostics];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, graph: built.graph, stack, source, target, diagnostics };
}
