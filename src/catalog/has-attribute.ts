import type { Value } from '../values/value.ts';
import type { ResourceType } from './resource-type.ts';

/** Types that answer to attributes which they do not list: their classes override `Resource.get_attribute`. */
const ANY_ATTRIBUTE: ReadonlySet<string> = new Set([
  'AWS::CloudFormation::Stack',
  'OS::Heat::AutoScalingGroup',
  'OS::Heat::None',
  'OS::Heat::ResourceChain',
  'OS::Heat::ResourceGroup',
  'OS::Heat::SoftwareDeployment',
  'OS::Heat::SoftwareDeploymentGroup',
  'OS::Heat::StructuredDeployment',
  'OS::Heat::StructuredDeploymentGroup',
  'OS::Senlin::Cluster',
]);

/** Whether `get_attr` may name this attribute: `show` is every type's. */
export function hasAttribute(type: ResourceType, attribute: Value): boolean {
  return ANY_ATTRIBUTE.has(type.name) || attribute === 'show' || type.attributes.has(attribute as string);
}
