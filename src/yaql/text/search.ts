import { lengthOf, pointOffset, unitOffset } from './code-points.ts';

/** Python's adjustment of slice bounds. */
export function bounds(length: number, start: number, end: number): { start: number; end: number } {
  const clamp = (index: number): number => (index < 0 ? Math.max(index + length, 0) : Math.min(index, length));
  return { start: start > length ? start : clamp(start), end: clamp(end) };
}

/** Python's `text.find(sub, start, end)`, in code points. */
export function find(text: string, sub: string, start: number, end: number = Number.POSITIVE_INFINITY): number {
  const length = lengthOf(text);
  const range = bounds(length, start, end);
  if (range.start > range.end) return -1;
  const from = unitOffset(text, range.start);
  const to = unitOffset(text, range.end);
  const index = text.slice(0, to).indexOf(sub, from);
  return index < from ? -1 : pointOffset(text, index);
}

/** Python's `text.rfind(sub, start, end)`, in code points. */
export function findLast(text: string, sub: string, start: number, end: number = Number.POSITIVE_INFINITY): number {
  const length = lengthOf(text);
  const range = bounds(length, start, end);
  if (range.start > range.end) return -1;
  const from = unitOffset(text, range.start);
  const index = text.slice(0, unitOffset(text, range.end)).lastIndexOf(sub);
  return index < from ? -1 : pointOffset(text, index);
}
