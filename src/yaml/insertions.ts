/** A text with spaces and quotes put in, and the way back to offsets of the text as it was. */
export class Insertions {
  text: string;
  /** Where something was put in, rising, in offsets of the longer text. */
  private readonly at: number[] = [];
  private readonly counts: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  private tabs = 0;

  /** How many repairs were made. */
  get size(): number {
    return this.at.length + this.tabs;
  }

  /** Offset of the last insertion; -1 before the first. */
  get last(): number {
    return this.at.at(-1) ?? -1;
  }

  /** Puts something in behind all others; false when that place was passed already. */
  insert(at: number, inserted: string): boolean {
    const last = this.at.length - 1;
    if (last >= 0 && at <= (this.at[last] as number) + (this.counts[last] as number)) return false;
    this.at.push(at);
    this.counts.push(inserted.length);
    this.text = this.text.slice(0, at) + inserted + this.text.slice(at);
    return true;
  }

  /** Adds to the last insertion, when it ends at `at` and is not that wide yet. */
  widen(at: number, count: number): boolean {
    const last = this.at.length - 1;
    const known = this.counts[last] ?? count;
    if (known >= count || at !== (this.at[last] as number) + known) return false;
    this.counts[last] = count;
    this.text = this.text.slice(0, at) + ' '.repeat(count - known) + this.text.slice(at);
    return true;
  }

  /**
   * Makes a space of the nearest tab before `at`, when only indicators of structure are between: js-yaml takes a tab
   * after a colon or comma for indentation.
   */
  replaceTab(at: number): boolean {
    let pos = at - 1;
    while (' [{,:?-'.includes(this.text.charAt(pos)) && pos >= 0) pos--;
    if (this.text.charAt(pos) !== '\t') return false;
    this.text = `${this.text.slice(0, pos)} ${this.text.slice(pos + 1)}`;
    this.tabs++;
    return true;
  }

  /** The offset in the text as it was. */
  original(offset: number): number {
    let shift = 0;
    for (let i = 0; i < this.at.length; i++) {
      const inside = offset - (this.at[i] as number);
      if (inside < 0) break;
      shift += Math.min(inside, this.counts[i] as number);
    }
    return offset - shift;
  }
}
