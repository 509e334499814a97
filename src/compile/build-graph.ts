import { type Catalog, HEAT_CATALOG } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Stack } from '../stack/stack.ts';
import { completeState } from '../state/complete-state.ts';
import type { StackState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';
import { checkCycles } from './check-cycles.ts';
import { addCleanUp } from './clean-up.ts';
import { addComponents } from './components.ts';
import { addHostedOn } from './components-hosted-on.ts';
import { backwards, deletionGraph } from './deletion-graph.ts';
import type { Draft, Transform } from './draft.ts';
import { type Existing, existingIn, NOTHING_EXISTS } from './existing.ts';
import { addExplicitEdges } from './explicit-edges.ts';
import { addImplicitEdges } from './implicit-edges.ts';
import { addOutputs } from './outputs.ts';
import { addResourceTasks } from './resource-tasks.ts';
import type { StackAction } from './stack-action.ts';

export interface BuildOptions {
  /** Default `CREATE`. */
  readonly action?: StackAction;
  /**
   * What is there already: a recorded state, or a stack all of whose resources are there. Default: nothing; but what is
   * deleted, checked, suspended, resumed or snapshot is there.
   */
  readonly previous?: StackState | Stack;
  /** Which of the stack's templates this is, by its generation: for a rollback. Default: a new one. */
  readonly target?: number;
  /** Names of resources that are known to be replaced. Default: those whose type changes. */
  readonly replaced?: ReadonlySet<string>;
  /** What a snapshot kept of resources, by name: their tasks get it as the input `restore`. Default: nothing. */
  readonly restored?: ReadonlyMap<string, Value>;
  /** Where the rules of implicit dependencies come from. Default: Heat's. */
  readonly catalog?: Catalog;
  /** Names of hooks that `attachHooks` will bring: functions and `depends_on` may refer to them. Default: none. */
  readonly hooks?: Iterable<string>;
}

/** `ok`: no error. The graph is there even when it is circular or lacks edges that could not be understood. */
export interface BuiltGraph {
  readonly ok: boolean;
  readonly graph: TaskGraph;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The order matters: edges stand between tasks, names mean the steps of components too, implicit rules look at explicit edges, outputs refer to tasks, and
 * clean-up tasks come last, because until then a name means the task that makes the resource.
 */
const TRANSFORMS: readonly Transform[] = [
  addResourceTasks,
  addComponents,
  addExplicitEdges,
  addHostedOn,
  addImplicitEdges,
  addOutputs,
  addCleanUp,
];

/** The task graph of a stack: Heat's `Stack.dependencies`, for an update its convergence graph, edge for edge. */
export function buildGraph(stack: Stack, options: BuildOptions = {}): BuiltGraph {
  const { action = 'CREATE' } = options;
  const { document } = stack.template;
  const diagnostics: Diagnostic[] = [];
  const builder = new TaskGraphBuilder({ locate: (path) => document.locate(path) });
  const hooks = new Set(options.hooks);
  builder.scope(hooks.size === 0 ? stack.scope : { ...stack.scope, hooks: [...hooks] });
  const previous = action === 'CREATE' ? undefined : stateOf(options);
  if (action !== 'ABANDON') {
    const draft: Draft = {
      stack,
      catalog: options.catalog ?? HEAT_CATALOG,
      builder,
      action,
      existing: existingFor(previous, options),
      restored: options.restored ?? new Map(),
      componentTasks: new Map(),
      hooks,
      report: (diagnostic) => {
        diagnostics.push(diagnostic);
      },
    };
    for (const transform of TRANSFORMS) transform(draft);
  }
  const forwards = builder.build();
  diagnostics.push(...checkCycles(forwards));
  const graph = turned(forwards, action, previous);
  return { ok: !diagnostics.some(({ severity }) => severity === 'error'), graph, diagnostics };
}

function turned(forwards: TaskGraph, action: StackAction, previous: StackState | undefined): TaskGraph {
  if (action === 'SUSPEND') return backwards(forwards, action);
  if (action !== 'DELETE') return forwards;
  // What is there is deleted, whatever the template says.
  return previous === undefined ? backwards(forwards, action) : deletionGraph(previous);
}

function existingFor(previous: StackState | undefined, { target, replaced }: BuildOptions): Existing {
  return previous === undefined ? NOTHING_EXISTS : existingIn(previous, target, replaced);
}

function stateOf({ previous, catalog }: BuildOptions): StackState | undefined {
  if (previous === undefined || !('runtime' in previous)) return previous;
  return completeState(previous, buildGraph(previous, catalog === undefined ? {} : { catalog }).graph);
}
