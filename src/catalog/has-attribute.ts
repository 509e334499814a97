import type { Value } from '../values/value.ts';
import type { ResourceType } from './resource-type.ts';

/** Whether `get_attr` may name this attribute: `show` is every type's. */
export function hasAttribute(type: ResourceType, attribute: Value): boolean {
  return type.anyAttribute || attribute === 'show' || type.attributes.has(attribute as string);
}
