// What js-yaml reads and libyaml, which Heat uses, refuses. Each rule looks at the text around an event.
import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml/browser';
import {
  cannotBegin,
  colonBefore,
  colonOnNextLine,
  keyMissing,
  keyTooLong,
  valueExpected,
} from '../diagnostics/yaml.ts';
import { Refusal } from './refusal.ts';

/** Keys longer than this (in characters, to the colon) are none, unless they are explicit. */
export const LONGEST_KEY = 1024;

export function hasLineBreak(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return true;
  }
  return false;
}

/** Past white space, comments, and whatever single characters `also` has. No pattern: a gap may be megabytes. */
function skipGap(text: string, start: number, also = ''): number {
  let at = start;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '#') {
      while (at < text.length && !hasLineBreak(text, at, at + 1)) at++;
    } else if (!' \t\r\n\ufeff'.includes(char) && !also.includes(char)) {
      break;
    }
  }
  return at;
}

/** `...` before the document. */
export function checkBeginning(text: string): void {
  const at = skipGap(text, 0);
  if (text.startsWith('...', at) && /\s|^$/.test(text.charAt(at + 3))) {
    throw new Refusal(valueExpected(), at, at + 3);
  }
}

/** `: value` without any key, unless a `?` came first. `end`: where the last thing ended. */
export function checkEmptyKey(text: string, end: number): void {
  const at = skipGap(text, end, ',[{-');
  if (text.charAt(at) === ':') throw new Refusal(keyMissing(), at, at + 1);
}

/** A key that no `?` announces ends, colon included, on its line, and soon. */
export function checkKey(text: string, event: ScalarEvent): void {
  const { valueStart: start, valueEnd: end, style } = event;
  const quote = style === SCALAR_STYLE.PLAIN ? 0 : 1;
  if (/\?\s+["']?$/.test(text.slice(Math.max(0, start - 100), start))) return;
  const colon = skipGap(text, end + quote);
  // Without a colon it is a key without value, which may be as long as it likes.
  if (text.charCodeAt(colon) !== 0x3a) return;
  if (hasLineBreak(text, start, colon)) throw new Refusal(colonOnNextLine(), colon, colon + 1);
  if (colon - start + quote > LONGEST_KEY && Array.from(text.slice(start - quote, colon)).length > LONGEST_KEY) {
    throw new Refusal(keyTooLong(LONGEST_KEY), start, end);
  }
}

/**
 * Inside [] and {}, `:` and `?` are indicators where js-yaml takes them for text. Gives where the text of the plain
 * scalar really begins: `{?a: b}` has the key `a`.
 */
export function checkFlowPlain(text: string, start: number, end: number, isKey: boolean): number {
  const first = text.charCodeAt(start);
  if (first === 0x3a) throw new Refusal(colonBefore(text.charAt(start + 1)), start, start + 1);
  if (first !== 0x3f) return start;
  const isExplicitKey = isKey && (end === start + 1 || !/["'!&*#|>%@`?:-]/.test(text.charAt(start + 1)));
  if (!isExplicitKey) throw new Refusal(cannotBegin('?'), start, start + 1);
  return start + 1;
}

/** `a:?b` inside [] and {}. Few texts have a `:?` at all: the caller looks for one first. */
export function checkColonQuestion(text: string, start: number, end: number): void {
  const at = text.slice(start, end).indexOf(':?');
  if (at >= 0) throw new Refusal(colonBefore('?'), start + at, start + at + 2);
}
