import type { Place } from '../diagnostics/diagnostic.ts';

/** Turns offsets into lines and columns, both from 1, columns in UTF-16 units. */
export class LineTable {
  private readonly name: string;
  private readonly starts: number[] = [0];

  constructor(text: string, name: string) {
    this.name = name;
    const breaks = /\r\n?|\n/g;
    while (breaks.exec(text) !== null) this.starts.push(breaks.lastIndex);
  }

  place(start: number, end: number = start): Place {
    const [line, column] = this.lineAndColumn(start);
    if (end <= start) return { source: this.name, line, column };
    const [endLine, endColumn] = this.lineAndColumn(end);
    return { source: this.name, line, column, endLine, endColumn };
  }

  private lineAndColumn(offset: number): [line: number, column: number] {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - (this.starts[low] as number) + 1];
  }
}
