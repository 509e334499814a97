import type { TaskGraph } from '../graph/task-graph.ts';
import { hookCallOf, WORKFLOW_HANDLER } from '../hooks/hook-task.ts';
import type { Executor } from '../run/executor.ts';
import { GraphRun } from '../run/graph-run.ts';
import type { HandlerMethod, Handlers } from '../run/handlers.ts';
import type { Run, RunOptions } from '../run/run.ts';
import type { ActionRegistry } from '../workflow/actions.ts';
import { inProcess } from './in-process.ts';

export interface RunGraphOptions extends RunOptions {
  /** Where the tasks run. Default: in this process. */
  readonly executor?: Executor;
  /**
   * What the workflows of hooks may call. Default: `standardActions()`. For graphs with hooks `handlers` get one called
   * `workflow`, unless they have one.
   */
  readonly actions?: ActionRegistry;
}

/**
 * Runs a graph with the host's handlers: everything after what it requires, the most urgent first.
 *
 * @throws RangeError for a concurrency or a limit of a pool below 1; NotData for `previous` that is no data.
 */
export function run(graph: TaskGraph, options: RunGraphOptions): Run {
  const handlers = withWorkflows(graph, options);
  return new GraphRun(graph, handlers === undefined ? options : { ...options, handlers }, {
    executor: options.executor ?? inProcess(),
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
  });
}

function withWorkflows(graph: TaskGraph, { handlers, actions }: RunGraphOptions): Handlers | undefined {
  if (handlers === undefined || has(handlers, WORKFLOW_HANDLER)) return handlers;
  const runsWorkflows = graph.tasks.some((task) => {
    const call = hookCallOf(task);
    return call?.workflow !== undefined || call?.action !== undefined;
  });
  if (!runsWorkflows) return handlers;
  const entries = handlers instanceof Map ? [...handlers] : Object.entries(handlers);
  return new Map([...entries, [WORKFLOW_HANDLER, workflowHandler(actions)]]);
}

function has(handlers: Handlers, type: string): boolean {
  return handlers instanceof Map ? handlers.has(type) : Object.hasOwn(handlers, type);
}

/** The engine of workflows is loaded when the first of them runs. */
function workflowHandler(actions: ActionRegistry | undefined): HandlerMethod {
  let loaded: Promise<HandlerMethod> | undefined;
  return async (context) => {
    loaded ??= import('./workflow/workflow-handlers.ts').then(
      ({ workflowHandlers }) => workflowHandlers(actions === undefined ? {} : { actions }).workflow,
    );
    return (await loaded)(context);
  };
}
