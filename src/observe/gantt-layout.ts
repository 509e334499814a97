import { cellsOf } from '../diagnostics/display-width.ts';
import { widthOf } from './columns.ts';
import type { GanttRow } from './gantt-rows.ts';

/** Colours that are no status's. */
export const INK = '#212529';
export const FAINT = '#7a828a';
export const GRID = '#e9ecef';
export const PATH = '#d9480f';

export const MARGIN = 16;
const HEAD = 70;
const TITLE = 26;
const LONGEST_LABEL = 36;

/** Where everything stands on a Gantt chart, in pixels. */
export class GanttLayout {
  readonly width: number;
  readonly rowHeight: number;
  readonly fontSize: number;
  /** Where time 0 is. */
  readonly left: number;
  /** Where the first row begins, and the last one ends. */
  readonly top: number;
  readonly bottom: number;
  readonly #scale: number;

  constructor(rows: readonly GanttRow[], duration: number, width: number, hasTitle: boolean) {
    this.width = width;
    this.rowHeight = rows.length <= 60 ? 22 : rows.length <= 200 ? 17 : 14;
    this.fontSize = rows.length <= 60 ? 12 : rows.length <= 200 ? 11 : 10;
    const widest = rows.reduce((widest, { task }) => Math.max(widest, this.textWidth(labelOf(task.id))), 60);
    this.left = MARGIN + widest + 10;
    this.top = MARGIN + HEAD + (hasTitle ? TITLE : 0);
    this.bottom = this.top + rows.length * this.rowHeight;
    // Room on the right for how long the last one took.
    this.#scale = Math.max(100, width - this.left - MARGIN - 60) / Math.max(1, duration);
  }

  /** Where an instant is. */
  x(at: number): number {
    return this.left + at * this.#scale;
  }

  /** Letters of different width are counted alike: near enough to leave room. */
  textWidth(text: string, fontSize: number = this.fontSize): number {
    return widthOf(text) * fontSize * 0.56;
  }
}

/** Long names are cut in the middle: their ends tell most. */
export function labelOf(id: string): string {
  if (id === '') return "''";
  const cells = cellsOf(id).map(({ text }) => text);
  if (cells.length <= LONGEST_LABEL) return cells.join('');
  const half = (LONGEST_LABEL - 1) >> 1;
  return `${cells.slice(0, half).join('')}…${cells.slice(-half).join('')}`;
}
