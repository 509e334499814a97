import { type Catalog, HEAT_CATALOG, type Judgement } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { changeUnreadable } from '../diagnostics/plan.ts';
import { PythonError } from '../functions/python-error.ts';
import type { Task } from '../graph/task.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { bestResources } from '../state/best-resource.ts';
import { freezeDefinition } from '../state/freeze-definition.ts';
import { nextGeneration } from '../state/next-generation.ts';
import type { FrozenDefinition, ResourceState, StackState } from '../state/stack-state.ts';
import type { Value } from '../values/value.ts';
import { decideComponent } from './decide-component.ts';
import { judgeDefinitions, maskedProperties } from './judge-definitions.ts';
import type { JudgedResource } from './judge-resource.ts';
import { refusalsOf } from './refusals.ts';
import { readableBy, schemaOf } from './resource-schema.ts';

export interface DecideOptions {
  /** What is known of resource types. Default: Heat's. */
  readonly catalog?: Catalog;
  /** Which of the stack's templates `next` is, by its generation: for a rollback. Default: a new one. */
  readonly target?: number;
}

/** What the update of a thing does, or why it is refused; what a run takes as its option `decide`. */
export type UpdateDecider = (
  task: Task,
  inputs: ReadonlyMap<string, Value>,
) => 'unchanged' | 'updated' | 'replaced' | { readonly refused: Diagnostic };

/**
 * Decides in a run what becomes of each resource that is there, once its values are known: by the rule of `plan`, from
 * its resolved inputs and what the state recorded. What an update refuses when it runs, and `restricted_actions` of the
 * environment, fail the task. Mirrors `Resource.update`.
 *
 * - What was not recorded (hidden values, say) counts as unchanged.
 * - Of some failed resources Heat would ask the service what became of them. Those whose creation failed are replaced;
 *   the others are updated: their handlers can look, and throw `UpdateReplace`.
 * - Of a component its step `update` is done, or else the steps whose inputs changed; all of them on another server.
 *
 * @param next what the stack is brought to.
 * @param state what there is; the same that the graph was made from.
 */
export function decideUpdates(next: Stack, state: StackState, options: DecideOptions = {}): UpdateDecider {
  const { catalog = HEAT_CATALOG, target = nextGeneration(state) } = options;
  const wanted = new Map(next.resources.map((resource) => [resource.name, resource]));
  const best = bestResources(state, target);
  const byId = new Map(state.resources.map((resource) => [resource.id, resource]));
  const components = new Map(state.components?.map((component) => [component.name, component]));
  return (task, inputs) => {
    if (task.inputs.step !== undefined) {
      const component = components.get(task.name);
      return component === undefined ? 'updated' : decideComponent(next, task.name, component, inputs);
    }
    // What belongs to a nested stack is in another state.
    const resource = task.scope === '' ? wanted.get(task.name) : undefined;
    const { existing } = task.inputs;
    const found = typeof existing === 'string' ? byId.get(existing) : best.get(task.name);
    if (resource === undefined || found === undefined) return 'updated';
    const decision = decide(next, resource, found, inputs, catalog);
    // What a snapshot kept has to be put back, whatever the definition says.
    return decision === 'unchanged' && inputs.has('restore') ? 'updated' : decision;
  };
}

const HALF_MADE: Judgement = { decision: 'replace', changed: [], because: ['failed'] };

function decide(
  stack: Stack,
  wanted: ResourceDefinition,
  existing: ResourceState,
  inputs: ReadonlyMap<string, Value>,
  catalog: Catalog,
): ReturnType<UpdateDecider> {
  const schema = schemaOf(stack, wanted, catalog);
  let evaluated: FrozenDefinition;
  try {
    const resolved = { properties: inputs.get('properties'), metadata: inputs.get('metadata') };
    evaluated = freezeDefinition(stack.template, readableBy(schema, wanted), stack.runtime, resolved);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const { document } = stack.template;
    return { refused: changeUnreadable(document, wanted.path, wanted.name, error.message, error.type) };
  }
  const judged = judgeDefinitions(schema, existing, wanted, evaluated, maskedProperties(existing));
  const isHalfMade = judged.whenRun.asksService === true && existing.action === 'CREATE';
  const whenRun = isHalfMade ? HALF_MADE : judged.whenRun;
  // What only the preview says has no say any more.
  const one: JudgedResource = { ...judged, existing, wanted, unknown: new Map(), judgement: whenRun, whenRun };
  const refusals: Diagnostic[] = [];
  refusalsOf(stack, one, (diagnostic) => refusals.push(diagnostic));
  const [refused] = refusals;
  if (refused !== undefined) return { refused };
  if (whenRun.decision === 'replace') return 'replaced';
  return whenRun.decision === 'unchanged' && whenRun.asksService !== true ? 'unchanged' : 'updated';
}
