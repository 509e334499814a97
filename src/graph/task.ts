import type { Path, Place } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';

/**
 * The unit of the graph: one action on one thing. The graph room gives `action`, `type` and the kinds of edges no
 * meaning; whoever compiles and runs the graph does.
 */
export interface Task {
  /** Unique in the graph. A resource's own name for a plain stack; a member of a nested stack has its path. */
  readonly id: string;
  /** `CREATE`, `DELETE`, ... */
  readonly action: string;
  /** What is acted upon: the name by which functions of its scope refer to it. */
  readonly name: string;
  /** Which handler does the work: a resource type or an action's name. */
  readonly type: string;
  /** Key into `TaskGraph.scopes`: what names and functions in `inputs` mean. */
  readonly scope: string;
  /** Unresolved: functions are kept as data (`{get_attr: [...]}`); they are resolved when the task is ready. */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly policy?: TaskPolicy;
  /** Where the task was written. */
  readonly place?: Place;
}

/** All times in milliseconds. */
export interface TaskPolicy {
  /** Attempts after the first. Default 0. */
  readonly retries?: number;
  /** Wait before the first retry; each further wait is multiplied by `backoffFactor`. Default 0. */
  readonly retryDelay?: number;
  /** Default 1. */
  readonly backoffFactor?: number;
  /** Over all attempts. Default: none. */
  readonly timeout?: number;
  readonly waitBefore?: number;
  readonly waitAfter?: number;
  /** Higher starts earlier among what is ready; the critical path decides among equals. Default 0. */
  readonly priority?: number;
  /** How long it is thought to take, for the critical path. Default 1. */
  readonly weight?: number;
  /** Name of a pool whose concurrency the run limits. */
  readonly pool?: string;
  /** Before it begins it waits until somebody clears it. */
  readonly breakpoint?: boolean;
  /**
   * `failure`: it waits until all that it requires is over, and runs when something of that failed; otherwise it is
   * skipped, which is no failure. Default: it runs when all that it requires is complete.
   */
  readonly runsOn?: 'failure';
}

/** What names and functions in the inputs of a group of tasks mean: one stack of the template tree. */
export interface Scope {
  /** `''` for the root stack; a nested one has its path. */
  readonly path: string;
  /** Decides which functions there are: `['heat_template_version', '2018-08-31']`. */
  readonly version: readonly [key: string, value: string];
  /** Every parameter with its value, pseudo parameters included. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** Names of parameters whose values must not be shown. */
  readonly hidden: readonly string[];
  /** CFN's Mappings section. */
  readonly mappings: Value;
  /** Contents of the files that functions refer to. */
  readonly files: ReadonlyMap<string, string>;
  /** What `resource_facade` sees in a nested stack: the resource that it stands for. */
  readonly facade?: ReadonlyMap<string, Value>;
  /** Names that are to be those of hooks: what refers to them waits for somebody to attach them. */
  readonly hooks?: readonly string[];
}

export type EdgeKind = 'depends_on' | 'get_resource' | 'get_attr' | 'hosted_on' | 'implicit' | 'workflow' | 'hook';

/** Why one task requires another. */
export interface EdgeReason {
  readonly kind: EdgeKind;
  /** Path in the template of the depends_on entry, function or property that makes the edge. */
  readonly path?: Path;
  readonly place?: Place;
  /** For an implicit edge: which rule. */
  readonly rule?: string;
}

/** `requirer` requires `required`: the required task comes first. Both are indexes into `tasks`. */
export interface Edge {
  readonly requirer: number;
  readonly required: number;
  readonly reasons: readonly EdgeReason[];
}

/** A value that the whole graph gives when all is done: a stack's output. */
export interface GraphOutput {
  readonly name: string;
  readonly scope: string;
  readonly value: Value;
  readonly description?: string;
  /** Tasks (indexes) whose results it needs. */
  readonly requires: readonly number[];
}
