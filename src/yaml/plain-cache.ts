import type { Resolved } from './plain-scalar.ts';
import { plainValue } from './tags.ts';

const SIZE = 4096;
const LONGEST = 64;

/** Templates repeat themselves: a short plain scalar is looked up before it is cut out of the text and resolved. */
export class PlainCache {
  private readonly text: string;
  private readonly texts: string[] = new Array<string>(SIZE).fill('');
  private readonly values: Resolved[] = new Array<Resolved>(SIZE).fill(null);

  constructor(text: string) {
    this.text = text;
  }

  /** @throws Refusal */
  value(start: number, end: number): Resolved {
    const { text } = this;
    const length = end - start;
    if (length > LONGEST) return plainValue(text.slice(start, end), start, end);
    const slot =
      (length * 7 +
        text.charCodeAt(start) * 31 +
        text.charCodeAt(end - 1) * 271 +
        text.charCodeAt(start + (length >> 1)) * 1021 +
        text.charCodeAt(end - 1 - (length >> 2)) * 57) &
      (SIZE - 1);
    const known = this.texts[slot] as string;
    if (known.length === length && text.startsWith(known, start)) return this.values[slot] as Resolved;
    const scalar = text.slice(start, end);
    const value = plainValue(scalar, start, end);
    this.texts[slot] = scalar;
    this.values[slot] = value;
    return value;
  }
}
