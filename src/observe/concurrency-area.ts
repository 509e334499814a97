import { statusStyle } from '../export/appearance.ts';
import type { Concurrency } from './concurrency.ts';
import { FAINT, type GanttLayout } from './gantt-layout.ts';
import { pixels } from './xml.ts';

/** How many tasks were running over time, as an area below the bars. */
export function concurrencyArea(
  { most, mean, steps }: Concurrency,
  end: number,
  layout: GanttLayout,
  top: number,
  height: number,
): string[] {
  const { fill, border } = statusStyle('IN_PROGRESS');
  const bottom = top + height;
  const y = (running: number): string => pixels(bottom - (running / most) * height);
  let path = `M${pixels(layout.x(0))} ${bottom}`;
  for (const { at, running } of steps) path += `H${pixels(layout.x(at))}V${y(running)}`;
  path += `H${pixels(layout.x(end))}V${bottom}Z`;
  const text = (row: number, words: string): string =>
    `<text x="${pixels(layout.left - 10)}" y="${top + row}" font-size="11" fill="${FAINT}" text-anchor="end">${words}</text>`;
  return [
    `<path d="${path}" fill="${fill}" stroke="${border}" stroke-linejoin="round"/>`,
    text(10, 'running at once'),
    text(25, `at most ${most}`),
    text(40, `on average ${mean.toFixed(1)}`),
  ];
}
