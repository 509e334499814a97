// Strings here are JS strings; Python counts code points. They differ only where there are surrogates.
const SURROGATE = /[\ud800-\udfff]/;

export function hasSurrogates(text: string): boolean {
  return SURROGATE.test(text);
}

/** Python's `len(text)`. */
export function lengthOf(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The characters of a text, as Python iterates it. */
export function charactersOf(text: string): string[] {
  return SURROGATE.test(text) ? Array.from(text) : text.split('');
}

/** Python's `text[start:end]` for `0 <= start`; `end` may be beyond the text. */
export function slice(text: string, start: number, end: number): string {
  return SURROGATE.test(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end);
}

/** The offset in UTF-16 units of a code point, and back. */
export function unitOffset(text: string, point: number): number {
  if (!SURROGATE.test(text)) return Math.min(point, text.length);
  let unit = 0;
  let count = 0;
  for (const char of text) {
    if (count++ === point) return unit;
    unit += char.length;
  }
  return unit;
}

export function pointOffset(text: string, unit: number): number {
  return unit <= 0 ? unit : lengthOf(text.slice(0, unit));
}
