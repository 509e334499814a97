import { type Catalog, HEAT_CATALOG } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import { reverse } from '../graph/reverse.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Stack } from '../stack/stack.ts';
import { checkCycles } from './check-cycles.ts';
import type { Draft, Transform } from './draft.ts';
import { addExplicitEdges } from './explicit-edges.ts';
import { addImplicitEdges } from './implicit-edges.ts';
import { addOutputs } from './outputs.ts';
import { addResourceTasks } from './resource-tasks.ts';

/** What a graph is to do with the stack's resources. */
export type StackAction = 'CREATE' | 'DELETE';

export interface BuildOptions {
  /** Default `CREATE`. */
  readonly action?: StackAction;
  /** Where the rules of implicit dependencies come from. Default: Heat's. */
  readonly catalog?: Catalog;
}

/** `ok`: no error. The graph is there even when it is circular or lacks edges that could not be understood. */
export interface BuiltGraph {
  readonly ok: boolean;
  readonly graph: TaskGraph;
  readonly diagnostics: readonly Diagnostic[];
}

/** The order matters: edges stand between tasks, implicit rules look at explicit edges, outputs refer to tasks. */
const TRANSFORMS: readonly Transform[] = [addResourceTasks, addExplicitEdges, addImplicitEdges, addOutputs];

/** The task graph of a stack: Heat's `Stack.dependencies`, edge for edge. */
export function buildGraph(stack: Stack, options: BuildOptions = {}): BuiltGraph {
  const { document } = stack.template;
  const diagnostics: Diagnostic[] = [];
  const builder = new TaskGraphBuilder({ locate: (path) => document.locate(path) });
  builder.scope(stack.scope);
  const draft: Draft = {
    stack,
    catalog: options.catalog ?? HEAT_CATALOG,
    builder,
    report: (diagnostic) => {
      diagnostics.push(diagnostic);
    },
  };
  for (const transform of TRANSFORMS) transform(draft);
  const created = builder.build();
  diagnostics.push(...checkCycles(created));
  const graph = options.action === 'DELETE' ? deletion(created) : created;
  return { ok: !diagnostics.some(({ severity }) => severity === 'error'), graph, diagnostics };
}

/** What was created last goes first. Nothing is resolved any more, and there are no outputs. */
function deletion(created: TaskGraph): TaskGraph {
  return reverse(created, ({ id, name, type, scope, inputs, place }) => ({
    id,
    action: 'DELETE',
    name,
    type,
    scope,
    inputs: inputs.deletion_policy === undefined ? {} : { deletion_policy: inputs.deletion_policy },
    ...(place === undefined ? {} : { place }),
  }));
}
