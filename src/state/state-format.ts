import { type Codec, field, flag, list, position, record, text } from '../graph/json-codec.ts';
import { reason } from '../graph/json-format.ts';
import { textMap, value } from '../graph/json-values.ts';
import type { DeletionPolicy } from '../template/dialect.ts';
import type { Json } from '../values/encode.ts';
import type { Value } from '../values/value.ts';
import type {
  ComponentState,
  ComponentStepState,
  FrozenDefinition,
  HookState,
  Requirement,
  ResourceState,
  SnapshotResource,
  StackSnapshot,
  StackSource,
  StackState,
  StateStatus,
} from './stack-state.ts';

/** Raised when a reader of the form before could not read the form after. */
export const STATE_VERSION = 1;

/** A value under a name, or in its place what the codec made of it; null: it was not kept. */
export interface Entry {
  readonly name: Value;
  readonly value?: Value;
  readonly hidden?: Json;
}

export type DefinitionForm = Omit<FrozenDefinition, 'properties' | 'metadata'> & {
  readonly properties?: readonly Entry[];
  /** One entry at most. */
  readonly metadata?: readonly Entry[];
};

export type ResourceForm = Omit<ResourceState, 'attributes' | 'outputs' | 'definition' | 'masked'> & {
  readonly attributes: readonly Entry[];
  readonly outputs: readonly Entry[];
  readonly definition: DefinitionForm;
};

export type SourceForm = Omit<StackSource, 'environments' | 'parameters'> & {
  readonly environments: readonly Entry[];
  readonly parameters: readonly Entry[];
};

export type SnapshotForm = Omit<StackSnapshot, 'source' | 'resources'> & {
  readonly source: SourceForm;
  readonly resources: readonly (Omit<SnapshotResource, 'data'> & { readonly data: readonly Entry[] })[];
};

export type ComponentForm = Omit<ComponentState, 'steps' | 'removal'> & {
  readonly steps: readonly ComponentStepForm[];
  readonly removal: readonly Entry[];
};

export type ComponentStepForm = Omit<ComponentStepState, 'inputs' | 'attributes' | 'outputs'> & {
  readonly inputs: readonly Entry[];
  readonly attributes: readonly Entry[];
  readonly outputs: readonly Entry[];
};

export type HookForm = Omit<HookState, 'attributes'> & { readonly attributes: readonly Entry[] };

type Formed = 'source' | 'previous' | 'resources' | 'components' | 'snapshots' | 'hooks';

export interface StateForm extends Omit<StackState, Formed> {
  readonly source: SourceForm;
  readonly previous?: { readonly generation: number; readonly source: SourceForm };
  readonly resources: readonly ResourceForm[];
  readonly components?: readonly ComponentForm[];
  readonly snapshots?: readonly SnapshotForm[];
  readonly hooks?: readonly HookForm[];
}

function oneOf<T extends string>(...words: readonly T[]): Codec<T> {
  return {
    write: (word) => word,
    read: (json, reader) => words.find((word) => word === json) ?? reader.wrong(`one of ${words.join(', ')}`, json),
  };
}

const json: Codec<Json> = {
  write: (data) => data,
  read: (data) => data as Json,
};

const entry: Codec<Entry> = record<Entry>('a named value', {
  name: field<Value>(value),
  value: field<Value>(value, 'optional'),
  hidden: field(json, 'optional'),
});

const status: Codec<StateStatus> = oneOf<StateStatus>('IN_PROGRESS', 'COMPLETE', 'FAILED');

const source: Codec<SourceForm> = record<SourceForm>('a source', {
  template: field(record('a template', { name: field(text), text: field(text) })),
  environments: field(list(entry)),
  files: field(textMap),
  parameters: field(list(entry)),
  hidden: field(list(text)),
  components: field(flag, 'optional'),
});

const definition: Codec<DefinitionForm> = record<DefinitionForm>('a definition', {
  type: field(text),
  properties: field(list(entry), 'optional'),
  metadata: field(list(entry), 'optional'),
  dependsOn: field(list(text), 'optional'),
  deletionPolicy: field(oneOf<DeletionPolicy>('Delete', 'Retain', 'Snapshot'), 'optional'),
  updatePolicy: field<Value>(value, 'optional'),
  externalId: field<Value>(value, 'optional'),
  condition: field<Value>(value, 'optional'),
  description: field(text),
});

const requirement: Codec<Requirement> = record<Requirement>('a requirement', {
  id: field(text),
  reasons: field(list(reason)),
});

const resource: Codec<ResourceForm> = record<ResourceForm>('a resource', {
  id: field(text),
  name: field(text),
  type: field(text),
  providerTemplate: field(text, 'optional'),
  action: field(text),
  status: field(status),
  physicalId: field(text, 'optional'),
  referenceId: field(text, 'optional'),
  attributes: field(list(entry)),
  outputs: field(list(entry)),
  definition: field(definition),
  requires: field(list(requirement)),
  replaces: field(text, 'optional'),
  replacedBy: field(text, 'optional'),
  generation: field(position),
});

const component: Codec<ComponentForm> = record<ComponentForm>('a component', {
  name: field(text),
  type: field(text),
  action: field(text),
  status: field(status),
  steps: field(
    list(
      record<ComponentStepForm>('a step', {
        step: field(text),
        inputs: field(list(entry)),
        attributes: field(list(entry)),
        outputs: field(list(entry)),
      }),
    ),
  ),
  server: field(text, 'optional'),
  removal: field(list(entry)),
  requires: field(list(requirement)),
  requiredBy: field(list(requirement)),
});

const snapshot: Codec<SnapshotForm> = record<SnapshotForm>('a snapshot', {
  name: field(text),
  status: field(status),
  source: field(source),
  resources: field(
    list(
      record<SnapshotForm['resources'][number]>('a resource of a snapshot', {
        name: field(text),
        type: field(text),
        physicalId: field(text, 'optional'),
        data: field(list(entry)),
      }),
    ),
  ),
});

const hook: Codec<HookForm> = record<HookForm>('what a hook gave', {
  name: field(text),
  at: field(text),
  attributes: field(list(entry)),
});

export const state: Codec<StateForm> = record<StateForm>('a state', {
  action: field(text),
  status: field(status),
  generation: field(position),
  source: field(source),
  previous: field(record('an earlier source', { generation: field(position), source: field(source) }), 'optional'),
  resources: field(list(resource)),
  components: field(list(component), 'optional'),
  snapshots: field(list(snapshot), 'optional'),
  hooks: field(list(hook), 'optional'),
});
