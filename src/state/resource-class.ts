import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { ResourceState } from './stack-state.ts';

/** By what handlers know a resource, and the template behind it, if that is what its type stands for. */
export function typeOfResource({
  type,
  resolvedType,
}: ResourceDefinition): Pick<ResourceState, 'type' | 'providerTemplate'> {
  if (resolvedType?.kind === 'template') return { type, providerTemplate: resolvedType.file };
  return { type: resolvedType?.type ?? type };
}

/**
 * Whether an update of what is there can make it what is wanted: whether Heat has one class for both. All provider
 * templates are of one class.
 */
export function sameClass(
  existing: Pick<ResourceState, 'type' | 'providerTemplate'>,
  wanted: ResourceDefinition,
): boolean {
  const { type, providerTemplate } = typeOfResource(wanted);
  if (existing.providerTemplate !== undefined || providerTemplate !== undefined) {
    return existing.providerTemplate !== undefined && providerTemplate !== undefined;
  }
  return existing.type === type;
}
