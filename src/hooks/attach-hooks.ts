import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import type { Scope } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { ActionCatalog } from '../workflow/action-catalog.ts';
import { standardActions } from '../workflow/standard-actions.ts';
import { addTasks } from './add-tasks.ts';
import type { Hook } from './hook.ts';
import { hookCycles } from './hook-cycles.ts';
import type { Placement } from './hook-plan.ts';
import { HookReferences } from './hook-references.ts';
import { HookPlanner } from './plan-hooks.ts';
import { Targets } from './select-tasks.ts';
import { SharedTexts } from './shared-texts.ts';
import { chainsOf, splice } from './splice.ts';
import { wireHooks } from './wire-hooks.ts';
import { hooksOfOutput, wireTasks } from './wire-tasks.ts';

export interface AttachOptions {
  /** The actions that workflows may call. Default: the standard ones. */
  readonly actions?: ActionCatalog;
  /** Scopes that the graph does not have itself: `stack.scope` for the graph that deletes what a state tells of. */
  readonly scopes?: Iterable<Scope>;
  /**
   * Whether the graph is the way back from a failure: then hooks at `post` of the whole are left out unless they are for
   * failures, and a hook that selects nothing is no error, for what was not begun has no tasks. Default false.
   */
  readonly rollback?: boolean;
}

export type Attached =
  /** The diagnostics are warnings. */
  | { readonly ok: true; readonly graph: TaskGraph; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The graph with hooks: every task at its index, every edge as it was, and a task of action `WORKFLOW` for each place of a
 * hook, called `<task>//<hook>` (`//<hook>` for one of the whole graph). Everything in it is data: it can be written as
 * JSON and run elsewhere. Everything that is wrong is told at once, before anything runs.
 */
export function attachHooks(graph: TaskGraph, hooks: readonly Hook[], options: AttachOptions = {}): Attached {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const targets = new Targets(graph);
  const { actions = standardActions(), rollback = false } = options;
  const planner = new HookPlanner(graph, targets, { actions, rollback, report });
  const plans = planner.plan(hooks);
  const named = planner.named(plans);
  const placed = plans.flatMap(({ placements }) => placements);
  const scopes = scopesWith(graph, placed, options.scopes ?? []);
  const texts = new SharedTexts(scopes);
  const builder = new TaskGraphBuilder({ store: graph.parts.store });
  addTasks(graph, builder, placed, texts);
  addEdges(graph, builder);
  const own = placed.filter(({ point }) => point.when !== 'instead');
  splice(graph, builder, chainsOf(own), own);
  const wiring = { graph, builder, targets, scopes, named, report };
  const references = new HookReferences(wiring);
  wireHooks(wiring, references, plans);
  wireTasks(wiring, references);
  for (const scope of scopes.values()) builder.scope(texts.complete(scope));
  for (const output of graph.outputs) {
    const required = hooksOfOutput(wiring, references, output.scope, output.name, output.value);
    const requires = required.length === 0 ? output.requires : [...new Set([...output.requires, ...required])];
    builder.output({ ...output, requires });
  }
  const attached = builder.build();
  for (const cycle of hookCycles(attached, plans)) report(cycle);
  const ok = !diagnostics.some(({ severity }) => severity === 'error');
  return ok ? { ok, graph: attached, diagnostics } : { ok, diagnostics };
}

/** What functions in the input of a hook are, where the graph does not say. */
const NEWEST: Omit<Scope, 'path'> = {
  version: ['heat_template_version', '2021-04-16'],
  parameters: new Map(),
  hidden: [],
  mappings: new Map(),
  files: new Map(),
};

/** Those of the graph, and those that hooks need. */
function scopesWith(
  graph: TaskGraph,
  placed: readonly Placement[],
  further: Iterable<Scope>,
): ReadonlyMap<string, Scope> {
  const scopes = new Map(graph.scopes);
  const given = new Map(Array.from(further, (scope) => [scope.path, scope]));
  for (const { target } of placed) {
    const path = target?.scope ?? '';
    if (!scopes.has(path)) scopes.set(path, given.get(path) ?? { path, ...NEWEST });
  }
  return scopes;
}

function addEdges(graph: TaskGraph, builder: TaskGraphBuilder): void {
  const { requires, requiresStart, reasons, reasonsStart } = graph.parts.rows;
  for (let requirer = 0; requirer < graph.size; requirer++) {
    for (let edge = requiresStart[requirer] as number; edge < (requiresStart[requirer + 1] as number); edge++) {
      for (let r = reasonsStart[edge] as number; r < (reasonsStart[edge + 1] as number); r++) {
        builder.edgeOfStore(requirer, requires[edge] as number, reasons[r] as number);
      }
    }
  }
}
