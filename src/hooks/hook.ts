import type { Place } from '../diagnostics/diagnostic.ts';
import type { Task, TaskPolicy } from '../graph/task.ts';
import type { Value } from '../values/value.ts';
import type { WorkflowBuilder } from '../workflow/builder.ts';
import type { Source } from '../yaml/source.ts';

/** Actions that a point may name, in lower case. All are Heat's but `replace`. */
export type HookAction =
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'suspend'
  | 'resume'
  | 'check'
  | 'snapshot'
  | 'adopt';

/**
 * Where a hook stands: before or after an action on a resource (Heat's names: `pre-create`), in its place (`create`, with
 * `instead`), or before or after everything that the graph does (`pre`, `post`).
 */
export type HookPoint = 'pre' | 'post' | `pre-${HookAction}` | `post-${HookAction}` | HookAction;

/**
 * Which tasks a hook is attached to; what is given has to hold all together.
 */
export interface HookSelector {
  /** Name of the resource or component, with `*` for any characters, as in Heat's environment. Default: any. */
  readonly name?: string;
  /** Path of the nested stack that it is in, with `*` in each step: `group/*`. Default: the root stack. */
  readonly path?: string;
  /** Resource type, with `*`. */
  readonly type?: string;
  /** For hooks in code; called once for each task, when the hook is attached. */
  readonly where?: (task: Task) => boolean;
}

/** What is attached to a graph, and where. Without `workflow` and `action` it is a breakpoint. */
export interface Hook {
  /**
   * By which `get_attr` refers to it; unique among hooks, and no resource's name. A hook without a name cannot be referred
   * to, and is called by its workflow or action; a breakpoint by its point.
   */
  readonly name?: string;
  readonly at: HookPoint | readonly HookPoint[];
  /** A text is a name pattern. Points `pre` and `post` take none. Default: every task of the root stack. */
  readonly select?: string | HookSelector;
  /** A document of Mistral's language, or a workflow in code. */
  readonly workflow?: Source | WorkflowBuilder;
  /** Which workflow of the document. Default: its only one. */
  readonly start?: string;
  /** Further documents: what sub-workflows and ad-hoc actions of `workflow` are defined in. */
  readonly library?: readonly (Source | WorkflowBuilder)[];
  /** One action in place of a workflow: `std.http`. */
  readonly action?: string;
  /**
   * Input of the workflow or action: values with HOT functions of the template's version. `$task` stands for the name of
   * the task's own resource: `{ get_attr: ['$task', 'first_address'] }`.
   */
  readonly input?: ReadonlyMap<string, Value> | { readonly [name: string]: unknown };
  /** For a reverse workflow: the task that it is to reach. */
  readonly taskName?: string;
  /** The workflow does the task's work and gives its result. Only at a point that is an action. Default false. */
  readonly instead?: boolean;
  /** It runs when the task failed (`post-create`), or anything did (`post`), and only then. Default false. */
  readonly onFailure?: boolean;
  /** Of several hooks at one place the lower comes first; among equals the list's order. Default 0. */
  readonly order?: number;
  /** Retries, timeout and the rest of its tasks, as of any task. With `instead` the task keeps its own. */
  readonly policy?: TaskPolicy;
  /** Where it was written. */
  readonly place?: Place;
}
