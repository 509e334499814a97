import type { Task } from '../graph/task.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { plannedDefinition } from './complete-state.ts';
import { componentsAfter } from './components-after.ts';
import { nextGeneration } from './next-generation.ts';
import { referringProperties, refersToResources } from './referring-properties.ts';
import { requirementsIn } from './requirements.ts';
import { typeOfResource } from './resource-class.ts';
import { ResourceRows } from './resource-rows.ts';
import { stackSource } from './stack-source.ts';
import type { ResourceState, StackSource, StackState, StateStatus } from './stack-state.ts';
import { hasBegun, resultOf, type TaskReport } from './task-report.ts';
import type { Traversal } from './traversal.ts';

const KEEPS_TEMPLATE: ReadonlySet<string> = new Set(['DELETE', 'CHECK', 'SUSPEND', 'RESUME', 'SNAPSHOT', 'ABANDON']);
const MAKES: ReadonlySet<string> = new Set(['CREATE', 'ADOPT', 'UPDATE', 'REPLACE']);
/** What is done to what is there. Hooks are neither: they are no things of the stack. */
const ACTS: ReadonlySet<string> = new Set(['DELETE', 'CLEANUP', 'CHECK', 'SUSPEND', 'RESUME', 'SNAPSHOT']);

/**
 * The state that a traversal leaves, whole or in the middle: what the next plan, update, delete or rollback starts from.
 * Pure: neither `previous` nor the graph is changed. Mirrors what Heat's workers write to its rows of resources.
 *
 * @param previous undefined: there was nothing.
 */
export function stateAfter(previous: StackState | undefined, traversal: Traversal): StackState {
  const { action, status, stack } = traversal;
  const keeps = KEEPS_TEMPLATE.has(action);
  const target = traversal.target ?? (keeps ? (previous?.generation ?? 1) : nextGeneration(previous));
  const source = keeps ? undefined : (traversal.source ?? (stack && stackSource(stack)));
  const rows = new ResourceRows(previous?.resources ?? []);
  applyUpdates(rows, traversal, target);
  applyCleanUps(rows, traversal, target);
  const components = componentsAfter(previous?.components, traversal);
  const earlier = previous && source && status !== 'COMPLETE' ? previous : undefined;
  // Heat deletes the snapshots of a stack with it.
  const isGone = action === 'DELETE' && status === 'COMPLETE';
  const kept = keeps && status !== 'COMPLETE' ? previous?.previous : undefined;
  return {
    action,
    status,
    generation: source === undefined ? (previous?.generation ?? target) : target,
    source: source ?? previous?.source ?? NO_SOURCE,
    ...(earlier !== undefined && { previous: { generation: earlier.generation, source: earlier.source } }),
    ...(kept !== undefined && { previous: kept }),
    resources: rows.all(),
    ...(components !== undefined && { components }),
    ...(previous?.snapshots !== undefined && !isGone && { snapshots: previous.snapshots }),
  };
}

const NO_SOURCE: StackSource = {
  template: { name: '<none>', text: '' },
  environments: [],
  files: new Map(),
  parameters: new Map(),
  hidden: [],
};

/** Tasks that make or update come first in a graph: what they leave decides what their clean-up does. */
function applyUpdates(rows: ResourceRows, { graph, stack, report }: Traversal, target: number): void {
  const definitions = new Map(stack?.resources.map((resource) => [resource.name, resource]));
  const rowOf = new Map<number, string>();
  graph.tasks.forEach((task, index) => {
    if (!MAKES.has(task.action)) return;
    const definition = definitions.get(task.name);
    if (stack !== undefined && definition !== undefined) {
      const id = applyUpdate(rows, task, report(task.id), target, () => describe(stack, definition, report(task.id)));
      rowOf.set(index, id);
    }
  });
  for (const [index, id] of rowOf) {
    const task = graph.tasks[index] as Task;
    const told = report(task.id);
    if (!hasBegun(told) || told.untouched === true) continue;
    const requires = requirementsIn(graph, index, (required) => rowOf.get(required));
    // What an update left half done may still hang on what it needed before.
    rows.require(id, requires, task.action === 'UPDATE' && told.status !== 'COMPLETE');
  }
}

/** Gives the id of the resource that stands for the task from now on. */
function applyUpdate(
  rows: ResourceRows,
  task: Task,
  told: TaskReport | undefined,
  target: number,
  describe: () => Described,
): string {
  const existing = typeof task.inputs.existing === 'string' ? rows.get(task.inputs.existing) : undefined;
  const begun = hasBegun(told);
  if (existing === undefined || existing.action === 'INIT') {
    if (!begun && existing !== undefined) return existing.id;
    const made = { ...describe(), ...resultOf(told), requires: [], generation: target };
    const id = existing?.id ?? rows.freeId(task.name);
    const action = task.action === 'ADOPT' ? 'ADOPT' : 'CREATE';
    const state = begun ? { action, status: statusOf(told) } : { action: 'INIT', status: 'COMPLETE' as const };
    rows.put({ ...NOTHING_KNOWN, ...made, ...state, id, name: task.name });
    return id;
  }
  if (!begun || told.untouched === true) return existing.id;
  if (task.action === 'REPLACE' || told.decision === 'replaced') {
    const id = rows.freeId(task.name);
    const made = { ...describe(), ...resultOf(told), requires: [], generation: target };
    rows.put({ ...existing, replacedBy: id });
    rows.put({
      ...NOTHING_KNOWN,
      ...made,
      id,
      name: task.name,
      action: 'CREATE',
      status: statusOf(told),
      replaces: existing.id,
    });
    return id;
  }
  const { replacedBy: _, masked: __, ...row } = existing;
  if (told.status !== 'COMPLETE') {
    rows.put({ ...row, action: 'UPDATE', status: statusOf(told), generation: target });
  } else {
    const action = told.decision === 'unchanged' ? existing.action : 'UPDATE';
    rows.put({ ...row, ...describe(), ...resultOf(told), action, status: 'COMPLETE', generation: target });
  }
  return existing.id;
}

const NOTHING_KNOWN: Pick<ResourceState, 'attributes' | 'outputs'> = { attributes: new Map(), outputs: new Map() };

function applyCleanUps(rows: ResourceRows, { graph, report }: Traversal, target: number): void {
  for (const task of graph.tasks) {
    if (!ACTS.has(task.action)) continue;
    const told = report(task.id);
    const id = typeof task.inputs.existing === 'string' ? task.inputs.existing : task.name;
    const row = rows.get(id);
    if (row === undefined || !hasBegun(told)) continue;
    if (task.action === 'DELETE' || task.action === 'CLEANUP') {
      const goes = task.action === 'DELETE' || row.generation !== target || row.replacedBy !== undefined;
      if (goes && told.status === 'COMPLETE') rows.remove(id);
      else if (goes) rows.put({ ...row, action: 'DELETE', status: statusOf(told) });
    } else {
      // A snapshot tells nothing of the thing itself.
      const given = task.action === 'SNAPSHOT' ? {} : resultOf(told);
      rows.put({ ...row, ...given, action: task.action, status: statusOf(told) });
    }
  }
}

type Described = Pick<ResourceState, 'type' | 'providerTemplate' | 'definition' | 'masked'>;

/** The definition as the run resolved it. What it did not tell, and could not be known before, is not recorded. */
function describe(stack: Stack, resource: ResourceDefinition, told: TaskReport | undefined): Described {
  const { properties, metadata } = told?.inputs ?? {};
  const definition = plannedDefinition(stack, resource, undefined, { properties, metadata });
  const masked = [
    ...(properties === undefined ? referringProperties(stack, resource) : []),
    ...(metadata === undefined && refersToResources(stack, resource.metadata) ? ['metadata'] : []),
  ];
  return { ...typeOfResource(resource), definition, ...(masked.length > 0 && { masked }) };
}

function statusOf({ status }: TaskReport): StateStatus {
  return status === 'COMPLETE' || status === 'IN_PROGRESS' ? status : 'FAILED';
}
