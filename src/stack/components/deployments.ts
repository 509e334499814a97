import { isFailure } from '../../catalog/catalog.ts';
import { Call, type Expression } from '../../functions/expression.ts';
import { isList, isMap, type Value } from '../../values/value.ts';
import { rawProperty } from '../raw-property.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import type { Stack } from '../stack.ts';

/** The types that put a configuration on servers, and the property that says on which. */
const DEPLOYMENTS: ReadonlyMap<string, string> = new Map([
  ['OS::Heat::SoftwareDeployment', 'server'],
  ['OS::Heat::StructuredDeployment', 'server'],
  ['OS::Heat::SoftwareDeployments', 'servers'],
  ['OS::Heat::StructuredDeployments', 'servers'],
  ['OS::Heat::SoftwareDeploymentGroup', 'servers'],
  ['OS::Heat::StructuredDeploymentGroup', 'servers'],
]);

/** Configurations for which the deployment says when it is triggered. */
const PLAIN_CONFIGS: ReadonlySet<string> = new Set([
  'OS::Heat::SoftwareConfig',
  'OS::Heat::StructuredConfig',
  'OS::Heat::CloudConfig',
  'OS::Heat::MultipartMime',
]);
const DEFAULT_ACTIONS: readonly Value[] = ['CREATE', 'UPDATE'];

export function deploymentHostProperty(type: string): string | undefined {
  return DEPLOYMENTS.get(type);
}

export type DeploymentTriggers = (resource: ResourceDefinition, action: string) => boolean | undefined;

/**
 * Whether an action on a deployment triggers it: applies its configuration. By its `actions`, or where its config is an
 * OS::Heat::SoftwareComponent by the actions of that. Mirrors `SoftwareDeployment._handle_action`. Undefined: it is no
 * deployment, or that is not known before the run.
 */
export function deploymentTriggers(stack: Stack): DeploymentTriggers {
  let byName: Map<Value, ResourceDefinition> | undefined;
  const find = (name: Value): ResourceDefinition | undefined => {
    byName ??= new Map(stack.resources.map((resource) => [resource.name, resource]));
    return byName.get(name);
  };
  return (resource, asked) => {
    // A replacement is created.
    const action = asked === 'REPLACE' ? 'CREATE' : asked;
    if (!DEPLOYMENTS.has(pluginOf(resource) ?? '') || resource.properties instanceof Call) return undefined;
    const config = (resource.properties as ReadonlyMap<Value, Expression> | undefined)?.get('config') ?? null;
    if (config === null) return actionsOf(stack, resource)?.includes(action);
    const target = configResource(config, find);
    const type = target && pluginOf(target);
    if (target === undefined || type === undefined) return undefined;
    if (type === 'OS::Heat::SoftwareComponent') return componentActions(stack, target)?.includes(action);
    return PLAIN_CONFIGS.has(type) ? actionsOf(stack, resource)?.includes(action) : undefined;
  };
}

function pluginOf({ resolvedType }: ResourceDefinition): string | undefined {
  return resolvedType?.kind === 'plugin' ? resolvedType.type : undefined;
}

function configResource(
  config: Expression,
  find: (name: Value) => ResourceDefinition | undefined,
): ResourceDefinition | undefined {
  const isReference = config instanceof Call && config.definition.kind === 'get_resource';
  return isReference && typeof config.args === 'string' ? find(config.args) : undefined;
}

function actionsOf(stack: Stack, resource: ResourceDefinition): readonly Value[] | undefined {
  const actions = rawProperty(stack.runtime, resource)('actions') ?? DEFAULT_ACTIONS;
  return isFailure(actions) || !isList(actions) ? undefined : actions;
}

function componentActions(stack: Stack, component: ResourceDefinition): readonly Value[] | undefined {
  const configs = rawProperty(stack.runtime, component)('configs');
  if (configs === undefined || isFailure(configs) || !isList(configs)) return undefined;
  const all: Value[] = [];
  for (const config of configs) {
    const actions = (isMap(config) ? config.get('actions') : null) ?? DEFAULT_ACTIONS;
    if (!isList(actions)) return undefined;
    all.push(...actions);
  }
  return all;
}
