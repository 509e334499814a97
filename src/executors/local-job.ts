import type { TaskGraph } from '../graph/task-graph.ts';
import type { ContextPassing } from '../run/context-passing.ts';
import type { RunEvent } from '../run/events.ts';
import type { DecideUpdate } from '../run/executor.ts';
import type { TaskFailure } from '../run/failure.ts';
import type { HandlerTable } from '../run/handler-table.ts';
import type { HandlerReturn, TaskContext } from '../run/handlers.ts';
import type { HiddenValues } from '../run/hidden-values.ts';
import type { JournalSection } from '../run/journal-section.ts';
import type { TaskResult } from '../run/result.ts';
import type { TraversalOptions } from '../run/traversal-protocol.ts';

/** Does the work of one call: calls a handler here, or has another process call it. */
export type Invoke = (context: TaskContext) => HandlerReturn | PromiseLike<HandlerReturn>;

/** Everything that is needed to drive one run in this process. */
export interface LocalJob {
  readonly runId: string;
  readonly graph: TaskGraph;
  /** Undefined where handlers are elsewhere. */
  readonly handlers: HandlerTable | undefined;
  readonly invoke: Invoke;
  readonly decide: DecideUpdate | undefined;
  readonly traversal: TraversalOptions;
  /** How long what is in flight has after an abort, in ms. */
  readonly grace: number;
  readonly timeout: number | undefined;
  /** What earlier runs recorded, by `pathOf`. */
  readonly previous: ReadonlyMap<string, TaskResult>;
  /** Builds the context passing over the executor's own store of results. */
  contextPassing(
    result: (task: number) => TaskResult | undefined,
    failure: (task: number) => TaskFailure | undefined,
  ): ContextPassing;
  readonly hidden: HiddenValues;
  readonly journal: JournalSection | undefined;
  /** Whether anybody listens; where nobody does, events need not be made. */
  observed(): boolean;
  emit(event: RunEvent): void;
}
