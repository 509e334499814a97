import type { Path, PathStep, Place } from '../diagnostics/diagnostic.ts';
import type { Json } from '../values/encode.ts';
import type { Value } from '../values/value.ts';
import { isEdgeKind } from './edge-reasons.ts';
import { amount, type Codec, field, flag, list, number, position, record, text } from './json-codec.ts';
import { textMap, value, valueMap, valueRecord } from './json-values.ts';
import type { EdgeKind, EdgeReason, GraphOutput, Scope, Task, TaskPolicy } from './task.ts';

/** Raised when a reader of the form before could not read the form after. */
export const FORMAT_VERSION = 1;

/** A graph as JSON data; `docs/graph.md` tells every field. */
export interface TaskGraphJson {
  readonly formatVersion: typeof FORMAT_VERSION;
  readonly tasks: readonly Json[];
  readonly edges: readonly Json[];
  readonly scopes: readonly Json[];
  readonly outputs: readonly Json[];
}

/** An edge names its tasks by id, so that people can read it and other programs need not count. */
export interface EdgeForm {
  readonly requirer: string;
  readonly required: string;
  readonly reasons: readonly EdgeReason[];
}

export type OutputForm = Omit<GraphOutput, 'requires'> & { readonly requires: readonly string[] };

const place: Codec<Place> = record<Place>('a place', {
  source: field(text),
  line: field(position),
  column: field(position),
  endLine: field(position, 'optional'),
  endColumn: field(position, 'optional'),
});

const pathStep = value as unknown as Codec<PathStep>;
const path: Codec<Path> = list(pathStep);

const runsOn: Codec<'failure'> = {
  write: (one) => one,
  read: (json, reader) => (json === 'failure' ? json : reader.wrong("'failure'", json)),
};

const policy: Codec<TaskPolicy> = record<TaskPolicy>('a policy', {
  retries: field(amount, 'optional'),
  retryDelay: field(amount, 'optional'),
  backoffFactor: field(amount, 'optional'),
  timeout: field(amount, 'optional'),
  waitBefore: field(amount, 'optional'),
  waitAfter: field(amount, 'optional'),
  priority: field(number, 'optional'),
  weight: field(amount, 'optional'),
  pool: field(text, 'optional'),
  breakpoint: field(flag, 'optional'),
  runsOn: field(runsOn, 'optional'),
});

export const task: Codec<Task> = record<Task>('a task', {
  id: field(text),
  action: field(text),
  name: field(text),
  type: field(text),
  scope: field(text),
  inputs: field(valueRecord),
  policy: field(policy, 'optional'),
  place: field(place, 'optional'),
});

const kind: Codec<EdgeKind> = {
  write: (one) => one,
  read: (json, reader) => (isEdgeKind(json) ? json : reader.wrong('a kind of edge', json)),
};

export const reason: Codec<EdgeReason> = record<EdgeReason>('a reason', {
  kind: field(kind),
  path: field(path, 'optional'),
  place: field(place, 'optional'),
  rule: field(text, 'optional'),
});

export const edge: Codec<EdgeForm> = record<EdgeForm>('an edge', {
  requirer: field(text),
  required: field(text),
  reasons: field(list(reason)),
});

const version: Codec<readonly [string, string]> = {
  write: (pair) => [...pair],
  read: (json, reader) =>
    Array.isArray(json) && json.length === 2 && typeof json[0] === 'string' && typeof json[1] === 'string'
      ? [json[0], json[1]]
      : reader.wrong('a list of two texts', json),
};

export const scope: Codec<Scope> = record<Scope>('a scope', {
  path: field(text),
  version: field(version),
  parameters: field(valueMap),
  hidden: field(list(text)),
  mappings: field<Value>(value),
  files: field(textMap),
  facade: field(valueMap, 'optional'),
  hooks: field(list(text), 'optional'),
});

export const output: Codec<OutputForm> = record<OutputForm>('an output', {
  name: field(text),
  scope: field(text),
  value: field<Value>(value),
  description: field(text, 'optional'),
  requires: field(list(text)),
});
