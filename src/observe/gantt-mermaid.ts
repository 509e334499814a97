import { printable } from '../diagnostics/display-width.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import { type GanttOptions, type GanttRow, ganttRows } from './gantt-rows.ts';
import { readTimeline } from './timeline.ts';

/**
 * A run as a Mermaid Gantt chart: a bar for every task that began, from its first attempt to its end, those on the
 * critical path marked `crit`. The same events give the same text. Pure.
 */
export function toGanttMermaid(graph: TaskGraph, events: Iterable<RunEvent>, options: GanttOptions = {}): string {
  const timeline = readTimeline(graph, events);
  const { rows, leftOut } = ganttRows(graph, timeline, options.limit);
  const begun = rows.filter(({ times }) => times.started !== undefined);
  const lines = ['gantt'];
  if (options.title !== undefined) lines.push(`  title ${escaped(options.title)}`);
  lines.push('  dateFormat x', `  axisFormat ${timeline.duration < 10_000 ? '%M:%S.%L' : '%H:%M:%S'}`);
  for (const row of begun) lines.push(`  ${bar(row, timeline.startedAt, timeline.duration)}`);
  if (rows.length > begun.length) lines.push(`  %% ${rows.length - begun.length} tasks did not begin`);
  if (leftOut > 0) lines.push(`  %% ${leftOut} tasks are left out`);
  return `${lines.join('\n')}\n`;
}

function bar({ task, times, critical }: GanttRow, startedAt: number, now: number): string {
  const { status, started = 0, ended = now, attempts } = times;
  const tags = critical ? ['crit'] : [];
  if (status === 'COMPLETE') tags.push('done');
  if (status === 'IN_PROGRESS') tags.push('active');
  const notes: string[] = [];
  if (status !== 'COMPLETE') notes.push(status.toLowerCase().replace('_', ' '));
  if (attempts.length > 1) notes.push(`${attempts.length} attempts`);
  const label = escaped(notes.length === 0 ? task.id : `${task.id} (${notes.join(', ')})`);
  // Mermaid draws nothing that takes no time.
  const [from, to] = [startedAt + started, startedAt + Math.max(ended, started + 1)];
  return `${label} :${[...tags, from, to].join(', ')}`;
}

/**
 * Text of a line up to its colon. All but letters, digits, blanks and a few signs that mean nothing to Mermaid are
 * written as the entity of their number (`#58;`); an empty name would be no task.
 */
function escaped(text: string): string {
  const safe = printable(text).replace(/[^\p{L}\p{M}\p{N} ()_.,/-]/gu, (char) => `#${char.codePointAt(0)};`);
  // Words that begin a line of another kind do not do so behind a sign.
  return /^\p{L}/u.test(safe) && !KEYWORD.test(safe) ? safe : `'${safe}'`.replaceAll("'", '#39;');
}

const KEYWORD =
  /^(?:gantt|dateformat|inclusiveenddates|topaxis|axisformat|tickinterval|includes|excludes|todaymarker|weekday|weekend|title|acctitle|accdescr|section|click|call|href|done|crit|active|milestone|vert|monday|tuesday|wednesday|thursday|friday|saturday|sunday)/i;
