import { valueError } from '../raised.ts';
import { stripLeft, stripRight, words } from './whitespace.ts';

/** Python's `text.split(separator, limit)`; a negative limit is none. */
export function split(text: string, separator: string | null, limit: number): string[] {
  if (separator === null) return splitWords(text, limit);
  if (separator === '') throw valueError('empty separator');
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitWords(text: string, limit: number): string[] {
  const places = words(text);
  if (limit < 0 || places.length <= limit) return places.map(({ start, end }) => text.slice(start, end));
  const parts = places.slice(0, limit).map(({ start, end }) => text.slice(start, end));
  const rest = places[limit];
  // What is left keeps its white space at the end.
  if (rest !== undefined) parts.push(text.slice(rest.start));
  return parts;
}

/** Python's `text.rsplit(separator, limit)`. */
export function rightSplit(text: string, separator: string | null, limit: number): string[] {
  if (separator === null) return rightSplitWords(text, limit);
  if (separator === '') throw valueError('empty separator');
  if (limit < 0) return rightSplit(text, separator, text.length);
  const parts: string[] = [];
  let end = text.length;
  while (parts.length < limit && end >= separator.length) {
    const index = text.lastIndexOf(separator, end - separator.length);
    if (index < 0) break;
    parts.push(text.slice(index + separator.length, end));
    end = index;
  }
  parts.push(text.slice(0, end));
  return parts.reverse();
}

function rightSplitWords(text: string, limit: number): string[] {
  const places = words(text);
  if (limit < 0 || places.length <= limit) return places.map(({ start, end }) => text.slice(start, end));
  const kept = places.length - limit;
  const parts = places.slice(kept).map(({ start, end }) => text.slice(start, end));
  const before = places[kept - 1];
  return before === undefined ? parts : [stripRight(text.slice(0, before.end)), ...parts];
}

/** Python's `text.strip(chars)` at the given ends. */
export function stripChars(text: string, chars: string | null, ends: 'left' | 'right' | 'both'): string {
  if (chars === null) {
    const left = ends === 'right' ? text : stripLeft(text);
    return ends === 'left' ? left : stripRight(left);
  }
  const set = new Set(chars);
  const points = Array.from(text);
  let start = 0;
  let end = points.length;
  if (ends !== 'right') while (start < end && set.has(points[start] as string)) start++;
  if (ends !== 'left') while (end > start && set.has(points[end - 1] as string)) end--;
  return points.slice(start, end).join('');
}

/** Python's `text.replace(old, new, count)`; a negative count is none. */
export function replace(text: string, old: string, replacement: string, count: number): string {
  if (old === '') return interleave(text, replacement, count);
  if (count < 0) return text.split(old).join(replacement);
  const parts = split(text, old, count);
  return parts.join(replacement);
}

function interleave(text: string, replacement: string, count: number): string {
  const points = Array.from(text);
  const times = count < 0 ? points.length + 1 : Math.min(count, points.length + 1);
  let result = '';
  for (let i = 0; i <= points.length; i++) {
    if (i < times) result += replacement;
    result += points[i] ?? '';
  }
  return result;
}
