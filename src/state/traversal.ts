import type { TaskGraph } from '../graph/task-graph.ts';
import type { Stack } from '../stack/stack.ts';
import type { StackSource, StateStatus } from './stack-state.ts';
import type { TaskReport } from './task-report.ts';

/** A run over a graph, as far as it has come. */
export interface Traversal {
  /** `CREATE`, `UPDATE`, ... : for what the graph was made. */
  readonly action: string;
  readonly graph: TaskGraph;
  /** What the stack is brought to. Undefined: to nothing, as by DELETE and by the rollback of a CREATE. */
  readonly stack?: Stack;
  /** Default: `stackSource(stack)`, which lacks the texts of environments. */
  readonly source?: StackSource;
  /** Default: a new one, where the action brings the stack to a template. Give a rollback's earlier one. */
  readonly target?: number;
  readonly status: StateStatus;
  /** What is known of a task; undefined: it has not begun. */
  report(taskId: string): TaskReport | undefined;
}
