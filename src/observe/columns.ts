import { cellsOf } from '../diagnostics/display-width.ts';

/** Columns of text that stay straight, whatever the names in them. */

/** The text, harmless on a terminal. */
export function safe(text: string): string {
  return cellsOf(text)
    .map((cell) => cell.text)
    .join('');
}

/** In cells of a terminal. */
export function widthOf(text: string): number {
  const last = cellsOf(text).at(-1);
  return last === undefined ? 0 : last.left + last.width;
}

/** Harmless, with blanks up to this width. */
export function padded(text: string, width: number): string {
  return safe(text) + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Rows of cells as lines: columns as wide as their widest cell, the named ones to the right. The last is as it is. */
export function table(rows: readonly (readonly string[])[], toTheRight: ReadonlySet<number>): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return toTheRight.has(column) ? ' '.repeat(width - widthOf(cell)) + safe(cell) : padded(cell, width);
      })
      .join('  ')
      .trimEnd(),
  );
}
