import { statusStyle } from '../export/appearance.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import type { TaskStatus } from '../run/status.ts';
import { concurrencyArea } from './concurrency-area.ts';
import { duration } from './duration.ts';
import { ganttRow, thinLine } from './gantt-bars.ts';
import { FAINT, GanttLayout, GRID, INK, MARGIN, PATH } from './gantt-layout.ts';
import { type GanttOptions, type GanttRows, ganttRows } from './gantt-rows.ts';
import { timeAxis } from './time-axis.ts';
import { readTimeline, type Timeline } from './timeline.ts';
import { pixels, xmlText } from './xml.ts';

export interface GanttSvgOptions extends GanttOptions {
  /** In pixels. Default 1,200. */
  readonly width?: number;
}

const FONTS = 'Arial,Liberation Sans,Helvetica,sans-serif';
const AREA_HEIGHT = 46;
const LEGEND: readonly TaskStatus[] = ['COMPLETE', 'FAILED', 'CANCELLED', 'IN_PROGRESS'];

/**
 * A run as an SVG Gantt chart: a row for every task, a bar for each of its attempts in the colour of how that ended, a
 * dotted line while it waited; orange marks the critical path; below, how many tasks were running. A row tells more when
 * it is pointed at. The same events give the same text. Pure.
 */
export function toGanttSvg(graph: TaskGraph, events: Iterable<RunEvent>, options: GanttSvgOptions = {}): string {
  const timeline = readTimeline(graph, events);
  const chosen = ganttRows(graph, timeline, options.limit);
  const { title, width = 1200 } = options;
  const layout = new GanttLayout(chosen.rows, timeline.duration, width, title !== undefined);
  const areaTop = layout.bottom + 34;
  const height = areaTop + AREA_HEIGHT + MARGIN;
  const size = `width="${pixels(width)}" height="${pixels(height)}" viewBox="0 0 ${pixels(width)} ${pixels(height)}"`;
  const label = xmlText(title ?? `Run ${timeline.runId}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${label}" font-family="${FONTS}" font-size="${layout.fontSize}" fill="${INK}">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...head(title, timeline, chosen),
    ...grid(timeline.duration, layout, chosen.rows.length),
    ...chosen.rows.map((row, i) => ganttRow(row, layout.top + i * layout.rowHeight, layout, timeline.duration)),
    ...(timeline.concurrency.most === 0
      ? []
      : concurrencyArea(timeline.concurrency, timeline.duration, layout, areaTop, AREA_HEIGHT)),
    '</svg>',
    '',
  ].join('\n');
}

function head(title: string | undefined, timeline: Timeline, chosen: GanttRows): string[] {
  const lines: string[] = [];
  let y = MARGIN + 12;
  if (title !== undefined) {
    lines.push(`<text x="${MARGIN}" y="${y + 2}" font-size="17" font-weight="bold">${xmlText(title)}</text>`);
    y += 26;
  }
  lines.push(`<text x="${MARGIN}" y="${y}" font-size="12">${summary(timeline, chosen)}</text>`);
  return [...lines, ...legend(timeline, y + 22)];
}

function summary({ status, duration: ms, tasks }: Timeline, { rows, leftOut }: GanttRows): string {
  const parts = [
    status === 'IN_PROGRESS' ? `in progress for ${duration(ms)}` : `${status} after ${duration(ms)}`,
    tasks.length === 1 ? '1 task' : `${tasks.length} tasks`,
    `${rows.filter(({ critical }) => critical).length} on the critical path`,
  ];
  if (leftOut > 0) parts.push(`${leftOut} that matter less are not shown`);
  return parts.join(' · ');
}

function legend({ tasks }: Timeline, y: number): string[] {
  const used = new Set<TaskStatus>(tasks.flatMap(({ attempts }) => attempts.map(({ status }) => status)));
  const lines: string[] = [];
  let x = MARGIN;
  const add = (mark: string, text: string): void => {
    lines.push(mark, `<text x="${pixels(x + 24)}" y="${y}" font-size="11">${text}</text>`);
    x += 24 + text.length * 6.8 + 16;
  };
  const box = (width: number, look: string): string =>
    `<rect x="${pixels(x)}" y="${y - 9}" width="${width}" height="10" ${look}/>`;
  for (const status of LEGEND) {
    const { fill, border } = statusStyle(status);
    if (used.has(status)) add(box(18, `rx="2" fill="${fill}" stroke="${border}"`), status);
  }
  add(thinLine(x, x + 18, y - 4), 'waiting');
  add(box(3, `fill="${PATH}"`), 'critical path');
  return lines;
}

function grid(duration: number, layout: GanttLayout, rows: number): string[] {
  // On a long chart nobody sees what stands at its top.
  const heights = rows > 25 ? [layout.top - 6, layout.bottom + 14] : [layout.top - 6];
  return timeAxis(duration, 10).flatMap(({ at, label }) => {
    const x = pixels(layout.x(at));
    const line = `<line x1="${x}" y1="${layout.top - 2}" x2="${x}" y2="${layout.bottom + 2}" stroke="${GRID}"/>`;
    const text = (y: number): string =>
      `<text x="${x}" y="${y}" font-size="10" fill="${FAINT}" text-anchor="middle">${label}</text>`;
    return [line, ...heights.map(text)];
  });
}
