import { statusStyle } from '../export/appearance.ts';
import type { TaskStatus } from '../run/status.ts';
import { duration } from './duration.ts';
import { FAINT, type GanttLayout, INK, labelOf, PATH } from './gantt-layout.ts';
import type { GanttRow } from './gantt-rows.ts';
import type { AttemptTimes } from './timeline.ts';
import { pixels, xmlText } from './xml.ts';

/** Everything in one row: the task's name, when it waited, its attempts, how long it took. */
export function ganttRow(row: GanttRow, y: number, layout: GanttLayout, now: number): string {
  const { task, times, critical } = row;
  const { left, width, rowHeight, fontSize } = layout;
  const middle = y + rowHeight / 2;
  const parts = [
    `<title>${xmlText(detailsOf(row, now))}</title>`,
    // The whole row can be pointed at.
    `<rect x="0" y="${y}" width="${pixels(width)}" height="${rowHeight}" fill="#ffffff" fill-opacity="0"/>`,
  ];
  if (critical) {
    parts.push(`<rect x="${pixels(left - 6)}" y="${y + 2}" width="3" height="${rowHeight - 4}" fill="${PATH}"/>`);
  }
  const look = `${critical ? ' font-weight="bold"' : ''} fill="${times.started === undefined ? FAINT : INK}"`;
  const base = pixels(middle + fontSize * 0.35);
  parts.push(`<text x="${pixels(left - 10)}" y="${base}" text-anchor="end"${look}>${xmlText(labelOf(task.id))}</text>`);
  parts.push(...(times.started === undefined ? neverBegan(row, middle, layout, now) : bars(row, y, layout, now)));
  return `<g>${parts.join('')}</g>`;
}

function neverBegan(
  { times: { status, ended } }: GanttRow,
  middle: number,
  layout: GanttLayout,
  now: number,
): string[] {
  const x = layout.x(ended ?? now);
  const mark = `<circle cx="${pixels(x)}" cy="${pixels(middle)}" r="2" fill="${FAINT}"/>`;
  return [...(ended === undefined ? [] : [mark]), note(x, x, middle, status, layout)];
}

function bars({ times, critical }: GanttRow, y: number, layout: GanttLayout, now: number): string[] {
  const { status, attempts, started = 0, ended = now, ready = started } = times;
  const middle = y + layout.rowHeight / 2;
  const parts: string[] = [];
  if (ready < started) parts.push(thinLine(layout.x(ready), layout.x(started), middle));
  if (attempts.length > 1) parts.push(thinLine(layout.x(started), layout.x(ended), middle));
  for (const attempt of attempts) parts.push(bar(attempt, y, layout, now, critical));
  const said = [duration(ended - started)];
  if (attempts.length > 1) said.push(`${attempts.length} attempts`);
  if (status !== 'COMPLETE') said.push(status);
  parts.push(note(layout.x(ready), layout.x(ended), middle, said.join(', '), layout));
  return parts;
}

function bar(
  { start, end, status }: AttemptTimes,
  y: number,
  layout: GanttLayout,
  now: number,
  critical: boolean,
): string {
  const { fill, border } = statusStyle(status);
  const x = layout.x(start);
  const width = Math.max(2, layout.x(end ?? now) - x);
  const stroke = critical ? `stroke="${PATH}" stroke-width="1.5"` : `stroke="${border}"`;
  const size = `width="${pixels(width)}" height="${layout.rowHeight - 6}"`;
  return `<rect x="${pixels(x)}" y="${y + 3}" ${size} rx="2" fill="${fill}" ${stroke}/>`;
}

export function thinLine(from: number, to: number, y: number): string {
  const ends = `x1="${pixels(from)}" y1="${pixels(y)}" x2="${pixels(to)}" y2="${pixels(y)}"`;
  return `<line ${ends} stroke="#adb5bd" stroke-width="1.5" stroke-dasharray="2 2"/>`;
}

/** Behind what goes from `left` to `right`; where there is no room, before it, or else in it. */
function note(left: number, right: number, middle: number, text: string, layout: GanttLayout): string {
  const size = layout.fontSize - 1;
  const width = layout.textWidth(text, size) + 5;
  const base = `y="${pixels(middle + size * 0.35)}" font-size="${size}" fill="${FAINT}"`;
  if (right + width <= layout.width - 4) return `<text x="${pixels(right + 5)}" ${base}>${text}</text>`;
  const end = left - width < layout.left ? right - 5 : left - 5;
  return `<text x="${pixels(end)}" text-anchor="end" ${base}>${text}</text>`;
}

function detailsOf({ task, times, critical }: GanttRow, now: number): string {
  const { status, ready, started, ended = now, attempts, cause } = times;
  const said = [`${task.id}: ${task.action} ${task.type}, ${statusWords(status)}`];
  if (cause !== undefined) said.push(`because of ${cause}`);
  if (started !== undefined) {
    if (ready !== undefined && started > ready) said.push(`waited ${duration(started - ready)}`);
    said.push(`began after ${duration(started)}`, `took ${duration(ended - started)}`);
  }
  if (attempts.length > 1) said.push(`${attempts.length} attempts`);
  const { message } = attempts.at(-1) ?? {};
  if (message !== undefined) said.push(message);
  if (critical) said.push('on the critical path');
  return said.join(' · ');
}

function statusWords(status: TaskStatus): string {
  return status.toLowerCase().replace('_', ' ');
}
