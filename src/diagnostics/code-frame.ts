import type { Place } from './diagnostic.ts';
import { type Cell, cellsOf } from './display-width.ts';
import type { Paint } from './paint.ts';

export interface FrameOptions {
  /** Lines before and after the one meant. */
  readonly context: number;
  /** Cells that a line of source may take; longer ones are cut around the place. */
  readonly width: number;
  readonly paint: Paint;
}

/** The lines of a source; `\r\n`, `\n` and `\r` end one. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** The line of a place with what stands there underlined, among its neighbours. Empty when there is no such line. */
export function codeFrame(lines: readonly string[], place: Place, options: FrameOptions): string[] {
  const meant = lines[place.line - 1];
  if (meant === undefined) return [];
  const { paint, context, width } = options;
  const first = Math.max(1, place.line - context);
  const last = Math.min(lines.length, place.line + context);
  const gutter = String(last).length;
  const cells = cellsOf(meant);
  const [from, end] = underlined(cells, meant, place);
  const to = Math.max(from + 1, end);
  const start = windowStart(cells, from, to, width);
  const bar = paint.dim('|');
  const frame = [`${' '.repeat(gutter)} ${bar}`];
  for (let number = first; number <= last; number++) {
    const isMeant = number === place.line;
    const text = cut(isMeant ? cells : cellsOf(lines[number - 1] as string), start, width);
    // An empty last line is only the end of the file.
    if (!isMeant && text === '' && number === lines.length) continue;
    const label = String(number).padStart(gutter);
    frame.push(
      `${isMeant ? paint.strong(label) : paint.dim(label)} ${bar} ${isMeant ? text : paint.dim(text)}`.trimEnd(),
    );
    if (!isMeant) continue;
    const blank = from - start + (start > 0 ? 1 : 0);
    const length = Math.max(1, Math.min(to, start + width) - from);
    frame.push(`${' '.repeat(gutter)} ${bar} ${' '.repeat(blank)}${paint.severity('^'.repeat(length))}`);
  }
  return frame;
}

/** First cell and the one after the last of what the place covers in its line. */
function underlined(cells: readonly Cell[], line: string, place: Place): [from: number, to: number] {
  const end = place.endLine === undefined || place.endLine === place.line ? place.endColumn : undefined;
  const from = leftOf(cells, place.column - 1);
  if (place.endLine !== undefined && place.endLine > place.line) return [from, leftOf(cells, line.trimEnd().length)];
  if (end === undefined) {
    const cell = cells.find((one) => one.at >= place.column - 1);
    return [from, from + Math.max(1, cell?.width ?? 1)];
  }
  return [from, leftOf(cells, end - 1)];
}

function leftOf(cells: readonly Cell[], at: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle] as Cell).at < at) low = middle + 1;
    else high = middle;
  }
  const found = cells[low];
  if (found !== undefined) return found.left;
  const last = cells.at(-1);
  return last === undefined ? 0 : last.left + last.width;
}

/** Where a line is cut on the left, so that the place is in view. */
function windowStart(cells: readonly Cell[], from: number, to: number, width: number): number {
  const last = cells.at(-1);
  if (last === undefined || last.left + last.width <= width || to <= width) return 0;
  const start = Math.max(0, from - Math.floor(width / 3));
  return cells.find((cell) => cell.left >= start)?.left ?? start;
}

function cut(cells: readonly Cell[], start: number, width: number): string {
  let text = start > 0 && cells.length > 0 ? '…' : '';
  for (const cell of cells) {
    if (cell.left < start) continue;
    if (cell.left + cell.width > start + width) return `${text}…`;
    text += cell.text;
  }
  return text;
}
