import type { Resolved } from './plain-scalar.ts';
import { plainValue } from './tags.ts';

const [LEAST, MOST] = [256, 16_384];
/** Characters of a text for each entry. */
const SHARE = 64;
const LONGEST = 64;

/**
 * Templates repeat themselves: a short plain scalar is looked up before it is cut out of the text and resolved. What
 * refers to a name is the name's own string then, which is found sooner.
 */
export class PlainCache {
  private readonly text: string;
  private readonly mask: number;
  private readonly texts: string[];
  private readonly values: Resolved[];

  constructor(text: string) {
    this.text = text;
    let size = LEAST;
    while (size < MOST && size * SHARE < text.length) size *= 2;
    this.mask = size - 1;
    this.texts = new Array<string>(size).fill('');
    this.values = new Array<Resolved>(size).fill(null);
  }

  /** @throws Refusal */
  value(start: number, end: number): Resolved {
    const { text } = this;
    const length = end - start;
    if (length > LONGEST) return plainValue(text.slice(start, end), start, end);
    let hash = length;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    const slot = (hash ^ (hash >>> 15)) & this.mask;
    const known = this.texts[slot] as string;
    if (known.length === length && text.startsWith(known, start)) return this.values[slot] as Resolved;
    const scalar = text.slice(start, end);
    const value = plainValue(scalar, start, end);
    this.texts[slot] = scalar;
    this.values[slot] = value;
    return value;
  }
}
