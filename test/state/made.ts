import { buildGraph } from '../../src/compile/build-graph.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { plan } from '../../src/plan/plan.ts';
import type { UpdatePlan } from '../../src/plan/update-plan.ts';
import { bindStack } from '../../src/stack/bind-stack.ts';
import type { Stack } from '../../src/stack/stack.ts';
import type { StackState } from '../../src/state/stack-state.ts';
import { stateAfter } from '../../src/state/state-after.ts';
import type { TaskReport } from '../../src/state/task-report.ts';
import type { Traversal } from '../../src/state/traversal.ts';
import { readTemplate } from '../../src/template/template.ts';
import { loadDocument } from '../../src/yaml/document.ts';

/** The stack of a HOT template, whose version is put before it. */
export function bound(text: string, parameters: Record<string, unknown> = {}): Stack {
  const loaded = loadDocument(`heat_template_version: 2018-08-31\n${text}`);
  if (!loaded.ok) throw new Error(loaded.diagnostics[0]?.message);
  const read = readTemplate(loaded.document);
  if (!read.ok) throw new Error(read.diagnostics[0]?.message);
  return bindStack(read.template, { parameters }).stack;
}

type Reports = Readonly<Record<string, TaskReport | string>>;

/** Everything completes, with an id of its own, but for what `reports` says (a text is a status). */
export function outcome(graph: TaskGraph, reports: Reports = {}): (id: string) => TaskReport {
  return (id) => {
    const told = Object.hasOwn(reports, id) ? reports[id] : undefined;
    if (typeof told === 'object') return told;
    const status = told ?? 'COMPLETE';
    const { name, action } = graph.tasks[graph.indexOf(id)] ?? { name: id, action: '' };
    const makes = action === 'CREATE' || action === 'REPLACE';
    return { status, ...(makes && { result: { physicalId: `${action.toLowerCase()}d ${name}` } }) };
  };
}

/** The state after the stack was created. */
export function created(stack: Stack, reports: Reports = {}): StackState {
  const { graph } = buildGraph(stack);
  const status = Object.keys(reports).length === 0 ? 'COMPLETE' : 'FAILED';
  return stateAfter(undefined, { action: 'CREATE', graph, stack, status, report: outcome(graph, reports) });
}

/** The state after an update, which does what the plan says unless `reports` says otherwise. */
export function updated(
  state: StackState,
  next: Stack,
  reports: Reports = {},
): { state: StackState; made: UpdatePlan } {
  const made = plan(state, next);
  const told = outcome(made.graph, reports);
  const unchanged = new Set(made.unchanged);
  const status: Traversal['status'] = Object.keys(reports).length === 0 ? 'COMPLETE' : 'FAILED';
  const report = (id: string): TaskReport => {
    const one = told(id);
    return unchanged.has(id) && one.status === 'COMPLETE' ? { ...one, decision: 'unchanged' } : one;
  };
  return { state: stateAfter(state, { action: 'UPDATE', graph: made.graph, stack: next, status, report }), made };
}
