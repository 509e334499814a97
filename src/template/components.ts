import type { Dialect } from './dialect.ts';

/**
 * The section of software components: Heat's own of August 2013, which was taken out that November. An extension of HOT
 * here, on by option.
 */
export const COMPONENTS = 'components';

/** CFN never had one. */
export function hasComponents(dialect: Dialect): boolean {
  return dialect.parameterDialect.format === 'hot';
}

/** What a component's definition may say. */
export const COMPONENT_KEYS = [
  'type',
  'description',
  'hosted_on',
  'depends_on',
  'connects_to',
  'relationships',
  'properties',
  'inputs',
  'outputs',
  'scripts',
  'configs',
] as const;

export type RelationshipKind = 'hosted_on' | 'depends_on' | 'connects_to';
export const RELATIONSHIP_KINDS: readonly RelationshipKind[] = ['hosted_on', 'depends_on', 'connects_to'];

/** The lifecycle, in order; the first three make the component. */
export type ComponentStep = 'create' | 'configure' | 'start' | 'update' | 'suspend' | 'resume' | 'delete';
export const CREATION_STEPS: readonly ComponentStep[] = ['create', 'configure', 'start'];
export const COMPONENT_STEPS: readonly ComponentStep[] = [...CREATION_STEPS, 'update', 'suspend', 'resume', 'delete'];

/** The keys of an entry of `configs`, as in the properties of OS::Heat::SoftwareComponent. */
export const CONFIG_KEYS: readonly string[] = ['actions', 'config', 'tool'];
