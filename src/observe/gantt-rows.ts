import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { criticalPathOf } from './path-that-was.ts';
import type { TaskTimes, Timeline } from './timeline.ts';

export interface GanttOptions {
  /** Above the chart. Default: none. */
  readonly title?: string;
  /**
   * Rows at most. Of more tasks those are left out that matter least: neither failed nor on the critical path, the
   * shortest first. Default 1,000.
   */
  readonly limit?: number;
}

export interface GanttRow {
  readonly task: Task;
  readonly times: TaskTimes;
  /** On the critical path. */
  readonly critical: boolean;
}

export interface GanttRows {
  /** By when they began, those that never did by when that was certain. */
  readonly rows: readonly GanttRow[];
  readonly leftOut: number;
}

export function ganttRows(graph: TaskGraph, timeline: Timeline, limit = 1000): GanttRows {
  const path = new Set(criticalPathOf(graph, timeline));
  const rows = graph.tasks.map((task, index) => {
    const times = timeline.tasks[index] as TaskTimes;
    return { task, times, critical: path.has(index) };
  });
  const shown = rows.length <= limit ? rows : mattering(rows, timeline.duration, limit);
  // Stable: what began together stands in template order.
  shown.sort((a, b) => beginOf(a) - beginOf(b));
  return { rows: shown, leftOut: rows.length - shown.length };
}

function mattering(rows: readonly GanttRow[], now: number, limit: number): GanttRow[] {
  const weight = ({ times: { status, started, ended = now }, critical }: GanttRow): number => {
    if (critical || status === 'FAILED') return Number.POSITIVE_INFINITY;
    return started === undefined ? -1 : ended - started;
  };
  const ranked = rows.map((row, index) => ({ row, index, weight: weight(row) }));
  ranked.sort((a, b) => (a.weight === b.weight ? a.index - b.index : b.weight - a.weight));
  const kept = ranked.slice(0, limit).sort((a, b) => a.index - b.index);
  return kept.map(({ row }) => row);
}

function beginOf({ times: { started, ended } }: GanttRow): number {
  return started ?? ended ?? Number.MAX_VALUE;
}
