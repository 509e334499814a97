import { type BuildOptions, buildGraph } from '../compile/build-graph.ts';
import { bindText } from '../compile/compile.ts';
import { compileRollback } from '../compile/compile-rollback.ts';
import { deletionGraph } from '../compile/deletion-graph.ts';
import type { StackAction } from '../compile/stack-action.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import { refusedParameters } from '../plan/refusals.ts';
import { type BoundSource, bindSource } from '../state/bind-source.ts';
import { settledState } from '../state/settled-state.ts';
import { stackSource } from '../state/stack-source.ts';
import type { StackSnapshot, StackSource, StackState } from '../state/stack-state.ts';
import type { PreparedTraversal, TraversalOptions } from './prepared-traversal.ts';
import { prepared, type TraversalDraft } from './ready-traversal.ts';
import { isThere, refusedActions } from './refused-actions.ts';
import { HEAT_RESTORE_RULES } from './restore-rules.ts';
import { restoredData, restoredStack, snapshotToRestore } from './restored-stack.ts';
import { freeSnapshotName } from './stack-snapshot.ts';

/**
 * All that one action on a stack needs: from a template, or what a state recorded, the graph, the options with which it
 * is to be run, and after the run the next state. The one way for hosts; what it is made of is exported as well.
 *
 * Never throws for bad input. Mirrors `heat.engine.stack.Stack`: `create`, `adopt`, `converge_stack`, `rollback`,
 * `restore`, `check`, `suspend`, `resume`, `snapshot`, `delete` and `prepare_abandon`.
 */
export function prepareTraversal(action: StackAction, options: TraversalOptions): PreparedTraversal {
  const refused = refusedActions(action, options);
  if (refused.length > 0) return { ok: false, diagnostics: refused };
  const state = options.state && settledState(options.state);
  switch (action) {
    case 'CREATE':
      return towards(options, { action, stack: boundTemplate(options), base: undefined });
    case 'ADOPT':
      return towards(options, {
        action,
        stack: boundTemplate(options),
        base: undefined,
        from: state as StackState,
        wayBack: (failed) => undoAdoption(failed),
      });
    case 'UPDATE':
      return prepareUpdate(state as StackState, options);
    case 'RESTORE':
      return prepareRestore(state as StackState, options);
    case 'ROLLBACK':
      return prepareRollback(state as StackState, options);
    case 'DELETE':
      if (isThere(state)) return prepared({ action, base: state, graph: deletionGraph(state) }, options);
      return towards(options, { action, stack: boundTemplate(options), base: undefined });
    default:
      return prepareInPlace(action, state as StackState, options);
  }
}

/** What a template or a source gives, and what a state keeps of it. */
interface Bound extends BoundSource {
  readonly source: StackSource | undefined;
}

function boundTemplate(options: TraversalOptions): Bound {
  const { template = '', environments = [] } = options;
  const isStack = typeof template === 'object' && 'runtime' in template;
  const { stack, diagnostics } = isStack ? { stack: template, diagnostics: [] } : bindText(template, options);
  return { stack, diagnostics, source: stack && stackSource(stack, environments) };
}

interface Towards {
  readonly action: StackAction;
  readonly stack: Bound;
  readonly base: StackState | undefined;
  readonly from?: StackState;
  readonly build?: Pick<BuildOptions, 'restored'>;
  readonly wayBack?: TraversalDraft['wayBack'];
}

/** A traversal that brings the stack to a template. */
function towards(
  options: TraversalOptions,
  { action, stack: bound, base, from = base, build, wayBack }: Towards,
): PreparedTraversal {
  const { stack, source } = bound;
  const { catalog } = options;
  if (stack === undefined) return { ok: false, diagnostics: bound.diagnostics };
  const built = buildGraph(stack, {
    action,
    ...build,
    ...(options.hooks !== undefined && { hooks: options.hooks }),
    ...(from !== undefined && { previous: from }),
    ...(catalog !== undefined && { catalog }),
  });
  const diagnostics = [...bound.diagnostics, ...built.diagnostics];
  const draft = { action, graph: built.graph, base, stack, source, wayBack, diagnostics };
  return prepared({ ...draft, ...(from && { from }) }, options);
}

function prepareUpdate(state: StackState, options: TraversalOptions): PreparedTraversal {
  const bound = boundTemplate(options);
  const { stack } = bound;
  const before = stack && bindSource(state.source, bindOptions(options)).stack;
  const refused: Diagnostic[] = [];
  if (before !== undefined && stack !== undefined) refusedParameters(before, stack, (one) => refused.push(one));
  const diagnostics = [...bound.diagnostics, ...refused];
  return towards(options, {
    action: 'UPDATE',
    stack: { ...bound, diagnostics },
    base: state,
    wayBack: wayBack(options),
  });
}

function prepareRestore(state: StackState, options: TraversalOptions): PreparedTraversal {
  const snapshot = snapshotToRestore(state, options.snapshot) as StackSnapshot;
  const { source } = snapshot;
  const { stack, diagnostics } = bindSource(source, bindOptions(options));
  const rules = options.restoreRules ?? HEAT_RESTORE_RULES;
  return towards(options, {
    action: 'RESTORE',
    stack: { stack: stack && restoredStack(stack, snapshot, rules), source, diagnostics },
    base: state,
    build: { restored: restoredData(snapshot) },
    wayBack: wayBack(options),
  });
}

function wayBack(options: TraversalOptions): NonNullable<TraversalDraft['wayBack']> {
  return (failed) => prepareRollback(failed, options);
}

function prepareRollback(state: StackState, options: TraversalOptions): PreparedTraversal {
  const { catalog, hooks } = options;
  const back = compileRollback(state, {
    bind: bindOptions(options),
    ...(catalog !== undefined && { catalog }),
    ...(hooks !== undefined && { hooks }),
  });
  return back.ok ? prepared({ ...back, action: 'ROLLBACK', base: state }, options) : back;
}

/** What was adopted stays as it is, and whoever had it has it again. Mirrors `_adopt_kwargs`. */
function undoAdoption(state: StackState): PreparedTraversal {
  const base: StackState = { ...state, resources: [] };
  return prepared({ action: 'ROLLBACK', base, graph: new TaskGraphBuilder().build() }, {});
}

/** Traversals that leave the template as it is. Values are not needed, so it does not matter which are lost. */
function prepareInPlace(action: StackAction, state: StackState, options: TraversalOptions): PreparedTraversal {
  const { catalog } = options;
  const { stack, diagnostics } = bindSource(state.source, { ...bindOptions(options), unknownTypes: 'accept' });
  if (stack === undefined) return { ok: false, diagnostics };
  const done = (action === 'SUSPEND' || action === 'RESUME') && state.action === action && state.status === 'COMPLETE';
  const { graph } = buildGraph(stack, {
    action: done ? 'ABANDON' : action,
    previous: state,
    ...(catalog !== undefined && { catalog }),
  });
  const name = action === 'SNAPSHOT' ? { snapshot: options.snapshot ?? freeSnapshotName(state) } : {};
  return prepared({ action, graph, base: state, stack, ...name }, options);
}

/** What a recorded source needs beside itself: its files and environments are its own. */
function bindOptions(options: TraversalOptions): TraversalOptions {
  const rest: { -readonly [key in keyof TraversalOptions]: TraversalOptions[key] } = { ...options };
  for (const own of ['template', 'state', 'environments', 'files', 'resolve'] as const) delete rest[own];
  return rest;
}
