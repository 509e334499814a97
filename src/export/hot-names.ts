import { type Component, heatType } from '../stack/components/component.ts';
import type { Stack } from '../stack/stack.ts';
import { COMPONENT_STEPS, type ComponentStep, CREATION_STEPS } from '../template/components.ts';

/** The resources that one component becomes. */
export interface LoweredComponent {
  readonly component: Component;
  /** In the order in which they are made; one at least. */
  readonly deployments: readonly LoweredStep[];
  /** Names of the deployments that make the component: those that give its outputs. */
  readonly makers: readonly string[];
  /** The name of the last deployment: what comes after the component comes after this. */
  readonly tail: string;
}

export interface LoweredStep {
  readonly step: ComponentStep;
  readonly config: string;
  readonly deployment: string;
}

/** Names for the configs and deployments of each component: `mysql_create_config`, `mysql_create_deploy`. */
export function nameResources(stack: Stack): ReadonlyMap<string, LoweredComponent> {
  const taken = new Set<unknown>([...stack.template.resources.keys(), ...stack.template.parameters.keys()]);
  const free = (wanted: string): string => {
    let name = wanted;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return name;
  };
  const lowered = new Map<string, LoweredComponent>();
  for (const component of stack.components.values()) {
    const deployments = stepsToLower(component).map((step) => ({
      step,
      config: free(`${component.name}_${step}_config`),
      deployment: free(`${component.name}_${step}_deploy`),
    }));
    const makers = deployments.filter(({ step }) => CREATION_STEPS.includes(step));
    lowered.set(component.name, {
      component,
      deployments,
      makers: makers.map(({ deployment }) => deployment),
      tail: (deployments.at(-1) as LoweredStep).deployment,
    });
  }
  return lowered;
}

/** Whether it has configs for actions, its own or among its properties: then OS::Heat::SoftwareComponent takes it. */
export function isLoweredAsComponent(component: Component): boolean {
  const { configs, steps, properties } = component;
  if (configs !== undefined) return true;
  const given = properties instanceof Map && (properties as ReadonlyMap<unknown, unknown>).has('configs');
  return steps.size === 0 && heatType(component) === 'OS::Heat::SoftwareComponent' && given;
}

/** A deployment of a SoftwareComponent knows all its actions; otherwise there is one for each step. */
function stepsToLower(component: Component): readonly ComponentStep[] {
  if (isLoweredAsComponent(component)) return ['create'];
  const makers = CREATION_STEPS.filter((step) => component.steps.has(step));
  const others = COMPONENT_STEPS.filter((step) => !CREATION_STEPS.includes(step) && component.steps.has(step));
  return [...(makers.length === 0 ? (['create'] as const) : makers), ...others];
}
