import { badAnchor, badTag } from '../diagnostics/yaml.ts';
import { Refusal } from './refusal.ts';
import { STANDARD } from './tags.ts';

/** libyaml's names of anchors; js-yaml takes anything up to a blank. */
const ANCHOR = /^[-0-9A-Za-z_]+$/;

/** The name of the anchor that stands there. */
export function anchorName(text: string, start: number, end: number): string {
  const name = text.slice(start, end);
  if (!ANCHOR.test(name) || !/[\s,\]}]|^$/.test(text.charAt(end))) throw new Refusal(badAnchor(), start - 1, end);
  return name;
}

/**
 * The tag that stands there, in full: `tag:yaml.org,2002:int` for `!!int`; `!` for the one that says "not resolved".
 * `handles`: what `%TAG` declared.
 */
export function fullTag(text: string, start: number, end: number, handles: ReadonlyMap<string, string> | null): string {
  const raw = text.slice(start, end);
  if (!/[\s,]|^$/.test(text.charAt(end))) throw new Refusal(badTag(), start, end + 1);
  if (raw === '!') return raw;
  try {
    if (raw.startsWith('!<')) return decodeURIComponent(raw.slice(2, -1));
    const second = raw.indexOf('!', 1);
    const handle = second < 0 ? '!' : raw.slice(0, second + 1);
    const prefix = handles?.get(handle) ?? (handle === '!!' ? STANDARD : handle);
    return prefix + decodeURIComponent(raw.slice(handle.length));
  } catch {
    throw new Refusal(badTag(), start, end);
  }
}
