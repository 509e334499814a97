import * as say from '../diagnostics/components.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Reference } from '../functions/references.ts';
import { toValue } from '../functions/to-value.ts';
import type { EdgeReason, Task } from '../graph/task.ts';
import { type Component, componentParts } from '../stack/components/component.ts';
import type { Stack } from '../stack/stack.ts';
import { CREATION_STEPS } from '../template/components.ts';
import type { Value } from '../values/value.ts';
import { connectedInputs } from './component-inputs.ts';
import { type PlannedStep, planSteps, taskAction } from './component-steps.ts';
import { reportMissing, visitReferences } from './explicit-edges.ts';
import type { StackAction } from './stack-action.ts';

/**
 * What the components of a stack add to a graph. Its edges go forwards, as if the components were made: a graph that
 * takes things away is turned round in the end.
 */
export interface ComponentGraph {
  /** In template order, the steps of a component one after the other. */
  readonly tasks: readonly Task[];
  readonly edges: readonly ComponentEdge[];
  /** The task (index into `tasks`) after which a component is there: what others require. */
  readonly ends: ReadonlyMap<string, number>;
}

export interface ComponentEdge {
  /** Index into `tasks`. */
  readonly requirer: number;
  /** Index into `tasks`, or the name of a resource. */
  readonly required: number | string;
  readonly reason: EdgeReason;
}

const NO_HOOKS: ReadonlySet<string> = new Set();
const NOTHING: ReadonlySet<string> = NO_HOOKS;

/**
 * The tasks of the components for an action, `component/step`, and the edges that they require others by:
 * - each step after the one before (`implicit`, rule `lifecycle`)
 * - the first step after the host, after what `depends_on` and `connects_to` name, and after what inputs and properties
 *   refer to: of a component its last step
 * - a step after what its own script refers to; where the graph has no such step, the last one: what a script of any
 *   action needs is there before the component and goes after it
 */
export function componentGraph(
  stack: Stack,
  action: StackAction,
  report: (diagnostic: Diagnostic) => void,
  hooks: ReadonlySet<string> = NO_HOOKS,
  existing: ReadonlySet<string> = NOTHING,
): ComponentGraph {
  const tasks: Task[] = [];
  const starts = new Map<string, number>();
  const ends = new Map<string, number>();
  const planned = new Map<string, readonly PlannedStep[]>();
  for (const component of stack.components.values()) {
    const exists = existing.has(component.name);
    const steps = planSteps(component, action, exists);
    planned.set(component.name, steps);
    starts.set(component.name, tasks.length);
    const inputs = connectedInputs(stack, component, report);
    for (const step of steps) tasks.push(stepTask(stack, component, step, action, inputs, exists));
    ends.set(component.name, tasks.length - 1);
  }
  const resources = new Set(stack.resources.map(({ name }) => name));
  const edges: ComponentEdge[] = [];
  for (const component of stack.components.values()) {
    const first = starts.get(component.name) as number;
    const find = (name: Value): number | string | undefined => {
      if (typeof name !== 'string') return undefined;
      return ends.get(name) ?? (resources.has(name) ? name : undefined);
    };
    const steps = planned.get(component.name) as readonly PlannedStep[];
    addLifecycle(edges, steps, component, first);
    addRelationships(edges, stack, component, first, find);
    addReferences(
      edges,
      stack,
      component,
      first,
      steps,
      (name) => find(name) ?? (hooks.has(name as string) ? true : undefined),
      report,
    );
  }
  return { tasks, edges, ends };
}

function stepTask(
  { template }: Stack,
  component: Component,
  { step, work, triggered }: PlannedStep,
  action: StackAction,
  connected: ReadonlyMap<Value, Value>,
  exists: boolean,
): Task {
  const { name, type, resolvedType, properties, outputs, server, path } = component;
  const place = template.document.locate(work?.path ?? path, 'key');
  return {
    id: `${name}/${step}`,
    action: taskAction(action, exists),
    name,
    type: resolvedType?.kind === 'plugin' ? resolvedType.type : type,
    scope: '',
    inputs: {
      step,
      ...(triggered !== undefined && { triggered }),
      ...(exists && { existing: `${name}/${step}` }),
      ...(work !== undefined && { script: toValue(work.script) }),
      ...(exists && step === 'update' && { scripts: creationScripts(component) }),
      ...(work?.tool !== undefined && { tool: toValue(work.tool) }),
      ...(properties !== undefined && { properties: toValue(properties) }),
      ...(connected.size > 0 && { inputs: connected }),
      ...(outputs.length > 0 && { outputs }),
      ...(server !== undefined && { server: new Map([['get_resource', server]]) }),
    },
    ...(place !== undefined && { place }),
  };
}

/** What an update of it has to know of the steps that made it: whether their scripts are still the same. */
function creationScripts({ steps }: Component): Value {
  const scripts = new Map<Value, Value>();
  for (const step of CREATION_STEPS) {
    const work = steps.get(step);
    if (work !== undefined) scripts.set(step, toValue(work.script));
  }
  return scripts;
}

function addLifecycle(edges: ComponentEdge[], steps: readonly PlannedStep[], { path }: Component, first: number): void {
  for (let index = 1; index < steps.length; index++) {
    const at = steps[index]?.work?.path ?? path;
    const reason: EdgeReason = { kind: 'implicit', rule: 'lifecycle', path: at };
    edges.push({ requirer: first + index, required: first + index - 1, reason });
  }
}

type Find = (name: Value) => number | string | undefined;

function addRelationships(
  edges: ComponentEdge[],
  stack: Stack,
  { hostedOn, server, dependsOn, connectsTo }: Component,
  first: number,
  find: Find,
): void {
  const add = (name: string, reason: EdgeReason): void => {
    const required = find(name);
    if (required !== undefined) edges.push({ requirer: first, required, reason });
  };
  if (hostedOn !== undefined) {
    add(hostedOn.name, { kind: 'hosted_on', path: hostedOn.path });
    // On a component of the same server: its step needs that server too.
    if (server !== undefined && server !== hostedOn.name) add(server, { kind: 'hosted_on', path: hostedOn.path });
  }
  for (const { name, path } of dependsOn) add(name, { kind: 'depends_on', path });
  for (const { name, path } of connectsTo) {
    add(name, { kind: 'depends_on', path });
    if ((stack.components.get(name)?.outputs.length ?? 0) > 0) add(name, { kind: 'get_attr', path });
  }
}

function addReferences(
  edges: ComponentEdge[],
  stack: Stack,
  component: Component,
  first: number,
  steps: readonly PlannedStep[],
  /** True: what will be attached later. */
  find: (name: Value) => ReturnType<Find> | true,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { document } = stack.template;
  for (const { path, expression, step } of componentParts(component)) {
    const requirer = first + requiringStep(steps, step);
    const visit = (reference: Reference): void => {
      if (reference.name === component.name) {
        report(say.refersToItself(document, reference.path, component.name));
        return;
      }
      const required = find(reference.name);
      if (required === undefined) reportMissing(stack, reference, report);
      else if (typeof required !== 'boolean')
        edges.push({ requirer, required, reason: { kind: reference.kind, path: reference.path } });
    };
    visitReferences({ stack, report }, expression, path, visit);
  }
}

/** Index among the planned steps. What is not a script's is the component's: the first step's. */
function requiringStep(steps: readonly PlannedStep[], step: string | undefined): number {
  if (step === undefined) return 0;
  const index = steps.findIndex((planned) => planned.step === step);
  return index < 0 ? steps.length - 1 : index;
}
