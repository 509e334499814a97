import type { EdgeReason } from '../graph/task.ts';
import type { DeletionPolicy } from '../template/dialect.ts';
import type { Value, ValueMap } from '../values/value.ts';
import type { SourceText } from '../yaml/source.ts';

/**
 * What there is of a stack: data, made by `stateAfter` from what a run reported, and what the next plan, update or
 * delete starts from. `writeState` and `readState` turn it into JSON and back. Mirrors Heat's rows of stacks and
 * resources.
 */
export interface StackState {
  /** The traversal that made it what it is. */
  readonly action: string;
  readonly status: StateStatus;
  /** Counts the templates that the stack was brought to: each traversal to another template has the next number. */
  readonly generation: number;
  /** What it was last brought to. */
  readonly source: StackSource;
  /** What it was brought to before, until it has wholly become the new thing: where a rollback goes. */
  readonly previous?: EarlierSource;
  /** In the order in which they came into being. Of several with one name the later one is the newer. */
  readonly resources: readonly ResourceState[];
  /** Software components that are there, in the order in which they came into being. Absent: there are none. */
  readonly components?: readonly ComponentState[];
  /** Oldest first. Absent: none was made. */
  readonly snapshots?: readonly StackSnapshot[];
  /** What hooks gave when they last ran: templates refer to it long after. Absent: nothing. */
  readonly hooks?: readonly HookState[];
}

/** What a hook gave at one of its places. */
export interface HookState {
  readonly name: string;
  /** Name of the resource or component that it stood at; of a hook of the whole graph its point. */
  readonly at: string;
  readonly attributes: ValueMap;
}

/** A software component that is there, or was meant to be. */
export interface ComponentState {
  /** Unique among the components and the resources of the state. */
  readonly name: string;
  /** The type that handlers know it by. */
  readonly type: string;
  /** `CREATE`, `UPDATE` or `DELETE`: what was last done to it. */
  readonly action: string;
  readonly status: StateStatus;
  /** Those of its steps that were done, in their order. */
  readonly steps: readonly ComponentStepState[];
  /** The id of the server that it is on. */
  readonly server?: string;
  /** What takes it away: the inputs of a task of its step `delete`. */
  readonly removal: ValueMap;
  /** Names of the resources and components that it needs, and of those that need it, each with the reasons. */
  readonly requires: readonly Requirement[];
  readonly requiredBy: readonly Requirement[];
}

export interface ComponentStepState {
  readonly step: string;
  /** As they were resolved: `script`, `properties`, `inputs`, ..., without the server. */
  readonly inputs: ValueMap;
  readonly attributes: ValueMap;
  readonly outputs: ValueMap;
}

/** The stack as it was at one time, and what each resource keeps of it: what a RESTORE starts from. */
export interface StackSnapshot {
  /** Unique in the state. */
  readonly name: string;
  readonly status: StateStatus;
  readonly source: StackSource;
  readonly resources: readonly SnapshotResource[];
}

export interface SnapshotResource {
  readonly name: string;
  readonly type: string;
  readonly physicalId?: string;
  /** What the resource's `snapshot` method gave as outputs: the id of an image, say. */
  readonly data: ValueMap;
}

export type StateStatus = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';

export interface EarlierSource {
  readonly generation: number;
  readonly source: StackSource;
}

/** All that a stack is bound from. */
export interface StackSource {
  readonly template: SourceText;
  readonly environments: readonly SourceText[];
  /** Contents by name: of `get_file`, provider templates, and what the environments refer to. */
  readonly files: ReadonlyMap<string, string>;
  /** As given. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** Names of the hidden ones among the template's parameters, given or not. */
  readonly hidden: readonly string[];
  /** Whether its section `components` is read. Absent: it is refused. */
  readonly components?: boolean;
}

/** One resource that is there, or was meant to be. A resource that is being replaced is there twice. */
export interface ResourceState {
  /** Unique in the state: the name, `name//2` for its replacement, and so on. */
  readonly id: string;
  readonly name: string;
  /** The type that handlers know it by: what the written one stands for; for a provider template the written one. */
  readonly type: string;
  /** The file of the provider template that the type stood for. Absent: it is no such resource. */
  readonly providerTemplate?: string;
  /** `INIT` (with `COMPLETE`): never begun. */
  readonly action: string;
  readonly status: StateStatus;
  readonly physicalId?: string;
  /** What `get_resource` gives, where that is not the physical id. */
  readonly referenceId?: string;
  readonly attributes: ValueMap;
  readonly outputs: ValueMap;
  /** What it was last made or updated from. */
  readonly definition: FrozenDefinition;
  readonly requires: readonly Requirement[];
  /** Id of the resource in whose place this one was made, while that is still there. */
  readonly replaces?: string;
  /** Id of the resource that was made in its place. */
  readonly replacedBy?: string;
  /** Which of the stack's templates it was last made or updated from. */
  readonly generation: number;
  /** What the state was not allowed to keep: `metadata`, `properties.NAME`. */
  readonly masked?: readonly string[];
}

/** A resource of the same state that this one needs, and why. */
export interface Requirement {
  readonly id: string;
  readonly reasons: readonly EdgeReason[];
}

/**
 * A resource's definition with every function resolved. What the template does not say is absent. Mirrors
 * `ResourceDefinition.freeze`.
 */
export interface FrozenDefinition {
  /** As written. */
  readonly type: string;
  readonly properties?: ValueMap;
  readonly metadata?: Value;
  readonly dependsOn?: readonly string[];
  readonly deletionPolicy?: DeletionPolicy;
  readonly updatePolicy?: Value;
  readonly externalId?: Value;
  readonly condition?: Value;
  readonly description: string;
}
