import { HEAT_CATALOG } from '../catalog/catalog.ts';
import { buildGraph } from '../compile/build-graph.ts';
import { compile } from '../compile/compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import { order } from '../graph/order.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Stack } from '../stack/stack.ts';
import { bestResources } from '../state/best-resource.ts';
import { nextGeneration } from '../state/next-generation.ts';
import type { StackState } from '../state/stack-state.ts';
import type { Source } from '../yaml/source.ts';
import { describeChanges } from './describe-changes.ts';
import { follow } from './follow.ts';
import { hookAttributes } from './hook-attributes.ts';
import { type JudgedResource, judgeResource } from './judge-resource.ts';
import type { PlanOptions } from './plan-options.ts';
import { isStack, previousOf } from './previous.ts';
import { refusalsOf, refusedParameters } from './refusals.ts';
import type { ChangeKind, ResourceChange, Undecided, UpdatePlan } from './update-plan.ts';

/**
 * What bringing `previous` to `next` will do: Heat's preview of an update (`StackUpdate.preview`), and beyond it which
 * resources follow, what cannot be known yet, and what the update's own checks refuse.
 *
 * From a recorded state values are compared with what was recorded. From a stack they are those of planning time: a
 * resource's id is its name, and attributes are not known.
 *
 * Never throws for bad input: where `next` cannot be compiled the plan is empty, and its diagnostics say why.
 */
export function plan(previous: Stack | StackState, next: Stack | Source, options: PlanOptions = {}): UpdatePlan {
  if (typeof next === 'object' && isStack(next)) return planStack(previous, next, options, []);
  const compiled = compile(next, options);
  if (compiled.ok) return planStack(previous, compiled.stack, options, compiled.diagnostics);
  return makePlan(new TaskGraphBuilder().build(), [], [], compiled.diagnostics);
}

function planStack(
  from: Stack | StackState,
  next: Stack,
  options: PlanOptions,
  known: readonly Diagnostic[],
): UpdatePlan {
  const { catalog = HEAT_CATALOG } = options;
  const diagnostics: Diagnostic[] = [...known];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const previous = previousOf(from, catalog, options, report);
  const { state } = previous;
  const existing = bestResources(state, nextGeneration(state));
  const hooks = { attributes: hookAttributes(state, options.hooks), recorded: previous.recorded };
  const judged = new Map<string, JudgedResource>();
  for (const wanted of next.resources) {
    const found = existing.get(wanted.name);
    if (found === undefined || found.action === 'INIT') continue;
    const one = judgeResource(next, wanted, found, existing, catalog, hooks);
    judged.set(wanted.name, one);
    refusalsOf(next, one, report);
  }
  if (previous.stack !== undefined) refusedParameters(previous.stack, next, report);
  const replaced = new Set<string>();
  for (const { whenRun, wanted } of judged.values()) if (whenRun.decision === 'replace') replaced.add(wanted.name);
  const built = buildGraph(next, {
    action: 'UPDATE',
    previous: state,
    replaced,
    catalog,
    hooks: hooks.attributes.keys(),
  });
  // What compiling has found already is not said again.
  if (known.length === 0) diagnostics.push(...built.diagnostics);
  const { undecided, mayBe } = follow(next.resources, judged, built.graph, next.runtime);
  const changes = describeChanges(previous, next, existing, judged, mayBe);
  return makePlan(built.graph, changes, undecided, diagnostics);
}

function makePlan(
  graph: TaskGraph,
  changes: readonly ResourceChange[],
  undecided: readonly Undecided[],
  diagnostics: readonly Diagnostic[],
): UpdatePlan {
  const of = (kind: ChangeKind): string[] => changes.filter((one) => one.kind === kind).map(({ name }) => name);
  const sorted = order(graph);
  return {
    ok: !diagnostics.some(({ severity }) => severity === 'error'),
    changes,
    added: of('added'),
    deleted: of('deleted'),
    replaced: of('replaced'),
    updated: of('updated'),
    unchanged: of('unchanged'),
    graph,
    order: sorted.ok ? Array.from(sorted.order, (index) => (graph.tasks[index] as Task).id) : [],
    undecided,
    diagnostics,
  };
}
