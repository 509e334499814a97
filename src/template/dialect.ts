/** How a family of template formats spells its sections and keys. */
export interface Dialect {
  readonly sections: SectionNames;
  readonly resourceKeys: ResourceKeys;
  readonly outputKeys: { readonly description: string; readonly value: string; readonly condition?: string };
  /** As written → as Heat names it. */
  readonly deletionPolicies: ReadonlyMap<string, DeletionPolicy>;
  /** HOT refuses unknown keys of a resource; CFN ignores them. */
  readonly strictResourceKeys: boolean;
  readonly parameterDialect: ParameterDialect;
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'Snapshot';

export interface SectionNames {
  /** Keys that state the version; all are sections. */
  readonly version: readonly string[];
  readonly description: string;
  readonly parameters: string;
  readonly parameterGroups?: string;
  readonly resources: string;
  readonly outputs: string;
  readonly conditions?: string;
  readonly mappings?: string;
}

export interface ResourceKeys {
  readonly type: string;
  readonly properties: string;
  readonly metadata: string;
  readonly dependsOn: string;
  readonly deletionPolicy: string;
  readonly updatePolicy: string;
  readonly description: string;
  readonly externalId?: string;
  readonly condition?: string;
}

/** What a parameter's definition may say. */
export interface ParameterDialect {
  readonly format: 'hot' | 'cfn';
  readonly modulo: boolean;
  readonly tags: boolean;
}

const CAPITAL_POLICIES: readonly DeletionPolicy[] = ['Delete', 'Retain', 'Snapshot'];
const CAPITAL_ONLY = new Map(CAPITAL_POLICIES.map((policy) => [policy as string, policy]));
const WITH_LOWER_CASE = new Map([
  ...CAPITAL_ONLY,
  ...CAPITAL_POLICIES.map((policy): [string, DeletionPolicy] => [policy.toLowerCase(), policy]),
]);

/** HOT up to 2016-04-08. Mirrors HOTemplate20130523. */
export const HOT_2013: Dialect = Object.freeze<Dialect>({
  sections: {
    version: ['heat_template_version'],
    description: 'description',
    parameters: 'parameters',
    parameterGroups: 'parameter_groups',
    resources: 'resources',
    outputs: 'outputs',
  },
  resourceKeys: {
    type: 'type',
    properties: 'properties',
    metadata: 'metadata',
    dependsOn: 'depends_on',
    deletionPolicy: 'deletion_policy',
    updatePolicy: 'update_policy',
    description: 'description',
  },
  outputKeys: { description: 'description', value: 'value' },
  deletionPolicies: CAPITAL_ONLY,
  strictResourceKeys: true,
  parameterDialect: { format: 'hot', modulo: false, tags: false },
});

/** HOT from 2016-10-14: conditions, external_id, lower-case policies. Mirrors HOTemplate20161014. */
export const HOT_2016: Dialect = Object.freeze<Dialect>({
  ...HOT_2013,
  sections: { ...HOT_2013.sections, conditions: 'conditions' },
  resourceKeys: { ...HOT_2013.resourceKeys, externalId: 'external_id', condition: 'condition' },
  outputKeys: { ...HOT_2013.outputKeys, condition: 'condition' },
  deletionPolicies: WITH_LOWER_CASE,
});

/** HOT from 2017-02-24: the modulo constraint. */
export const HOT_2017: Dialect = Object.freeze<Dialect>({
  ...HOT_2016,
  parameterDialect: { format: 'hot', modulo: true, tags: false },
});

/** HOT from 2018-03-02: parameter tags. */
export const HOT_2018: Dialect = Object.freeze<Dialect>({
  ...HOT_2017,
  parameterDialect: { format: 'hot', modulo: true, tags: true },
});

/** `HeatTemplateFormatVersion`. Mirrors HeatTemplate: CFN without conditions. */
export const CFN_HEAT: Dialect = Object.freeze<Dialect>({
  sections: {
    version: ['AWSTemplateFormatVersion', 'HeatTemplateFormatVersion'],
    description: 'Description',
    parameters: 'Parameters',
    resources: 'Resources',
    outputs: 'Outputs',
    mappings: 'Mappings',
  },
  resourceKeys: {
    type: 'Type',
    properties: 'Properties',
    metadata: 'Metadata',
    dependsOn: 'DependsOn',
    deletionPolicy: 'DeletionPolicy',
    updatePolicy: 'UpdatePolicy',
    description: 'Description',
  },
  outputKeys: { description: 'Description', value: 'Value' },
  deletionPolicies: CAPITAL_ONLY,
  strictResourceKeys: false,
  parameterDialect: { format: 'cfn', modulo: false, tags: false },
});

/** `AWSTemplateFormatVersion`. Mirrors CfnTemplate. */
export const CFN_AWS: Dialect = Object.freeze<Dialect>({
  ...CFN_HEAT,
  sections: { ...CFN_HEAT.sections, conditions: 'Conditions' },
  resourceKeys: { ...CFN_HEAT.resourceKeys, condition: 'Condition' },
  outputKeys: { ...CFN_HEAT.outputKeys, condition: 'Condition' },
});

/** Every key that a resource may have. */
export function resourceKeyNames(dialect: Dialect): readonly string[] {
  return Object.values(dialect.resourceKeys);
}

/** Every section that a template may have. */
export function sectionNames(dialect: Dialect): readonly string[] {
  return Object.values(dialect.sections).flat();
}
