import { printable } from '../diagnostics/display-width.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text between tags or in double quotes; what XML cannot hold is shown by its number. */
export function xmlText(text: string): string {
  return printable(text).replace(/[&<>"]/g, (char) => ENTITIES[char] as string);
}

/** A length in a picture, with two decimals at most. */
export function pixels(value: number): string {
  return String(Math.round(value * 100) / 100);
}
