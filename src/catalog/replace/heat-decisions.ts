import { truthy } from '../../values/equality.ts';
import type { ResourceType } from '../resource-type.ts';
import { type ReplaceDecision, read } from './decision.ts';
import { EXTERNAL_RESOURCE } from './external-resource.ts';
import { NOVA_SERVER } from './nova-server.ts';
import { REMOTE_STACK } from './remote-stack.ts';

/** AWS::EC2::EIPAssociation: another address for another instance or interface is another association. */
const EIP_ASSOCIATION: ReplaceDecision = {
  needsReplaceWithPropertyDiff({ after, changed }) {
    const address = ['AllocationId', 'EIP'].find((name) => changed.has(name));
    if (address === undefined) return undefined;
    return ['InstanceId', 'NetworkInterfaceId'].find((name) => changed.has(name) && truthy(read(after, name)));
  },
};

/** AWS::AutoScaling::LaunchConfiguration: nothing of it can be changed, metadata neither. */
const LAUNCH_CONFIGURATION: ReplaceDecision = {
  needsReplaceWithTemplateDiff: ({ metadataChanged }) => (metadataChanged ? 'metadata' : undefined),
};

/** OS::Heat::TestResource says itself what becomes of it. */
const TEST_RESOURCE: ReplaceDecision = {
  needsReplaceWithPropertyDiff: ({ after, changed }) =>
    changed.has('value') && truthy(read(after, 'update_replace')) ? 'value' : undefined,
};

/** OS::Neutron::Port: a policy replaces it with each update. */
const NEUTRON_PORT: ReplaceDecision = {
  needsReplace: (after) => (read(after, 'replacement_policy') === 'REPLACE_ALWAYS' ? 'replacement_policy' : undefined),
  failed: 'ask-service',
};

/** Types whose class decides in its own way, as far as it does not ask a service. */
const DECISIONS: ReadonlyMap<string, ReplaceDecision> = new Map([
  ['AWS::AutoScaling::LaunchConfiguration', LAUNCH_CONFIGURATION],
  ['AWS::EC2::EIPAssociation', EIP_ASSOCIATION],
  ['OS::Heat::Stack', REMOTE_STACK],
  ['OS::Heat::TestResource', TEST_RESOURCE],
  ['OS::Mistral::ExternalResource', EXTERNAL_RESOURCE],
  ['OS::Mistral::Workflow', { failed: 'ask-service', replaceWhenCheckFailed: false }],
  ['OS::Neutron::Port', NEUTRON_PORT],
  ['OS::Nova::Server', NOVA_SERVER],
]);

const PLACEHOLDER: ReplaceDecision = { needsUpdate: () => 'never' };
/** A stack inside: always updated, its own resources decide. Mirrors `StackResource._needs_update`. */
const NESTED_STACK: ReplaceDecision = { needsUpdate: () => 'always' };
const FAILED_ASKS: ReplaceDecision = { failed: 'ask-service' };
const NO_DECISION: ReplaceDecision = {};

/** What the class of a type decides itself. */
export function replaceDecision(
  type: Pick<ResourceType, 'name' | 'placeholder' | 'nested' | 'replaceDecisions'>,
): ReplaceDecision {
  const own = DECISIONS.get(type.name);
  if (own !== undefined) return own;
  if (type.placeholder) return PLACEHOLDER;
  if (type.nested && type.replaceDecisions.has('_needs_update')) return NESTED_STACK;
  return type.replaceDecisions.has('needs_replace_failed') ? FAILED_ASKS : NO_DECISION;
}

/** What a resource does whose type is a provider template. */
export const PROVIDER_DECISION: ReplaceDecision = NESTED_STACK;
