import { globMatches } from './glob.ts';
import type { WrittenHook } from './registry-hooks.ts';

/** One line of a registry: a type or pattern, and what it stands for. */
export interface Mapping {
  /** `[type]`, or `['resources', resourceName, type]`. */
  readonly path: readonly string[];
  readonly value: string;
}

export interface Restriction {
  readonly restriction: readonly string[];
}

interface Hooked {
  readonly hooks: readonly WrittenHook[];
}

/** A map of a registry; those below `resources` go by names of resources, with wildcards. */
export type Level = Map<string, Entry>;
export type Entry = Mapping | Level | Restriction | Hooked;

export function isMapping(entry: Entry | undefined): entry is Mapping {
  return entry !== undefined && 'value' in entry;
}

export function entry(level: Entry | undefined, key: string): Entry | undefined {
  return level instanceof Map ? level.get(key) : undefined;
}

/** The levels of a resource, those of patterns first. */
function* matching(level: Level, resourceName: string): Iterable<Level> {
  for (const pattern of patternsOf(level)) {
    const inner = level.get(pattern);
    if (inner instanceof Map && globMatches(pattern, resourceName)) yield inner;
  }
  const own = level.get(resourceName);
  if (own instanceof Map && !isPattern(resourceName)) yield own;
}

/** What is said of the resources in the nested stack of one resource: the later pattern over the earlier, its name last. */
export function insideOf(level: Level, resourceName: string): Level {
  const inside: Level = new Map();
  for (const inner of matching(level, resourceName)) for (const [key, value] of inner) inside.set(key, value);
  return inside;
}

export function hooksIn(level: Level, resourceName: string): WrittenHook[] {
  const found: WrittenHook[] = [];
  for (const inner of matching(level, resourceName)) {
    const hooked = inner.get('hooks');
    if (hooked !== undefined && 'hooks' in hooked) found.push(...hooked.hooks);
  }
  return found;
}

export function allHooks(level: Level): WrittenHook[] {
  const found: WrittenHook[] = [];
  for (const inner of level.values()) {
    if (inner instanceof Map) found.push(...allHooks(inner));
    else if ('hooks' in inner) found.push(...inner.hooks);
  }
  return found;
}

function isPattern(name: string): boolean {
  return /[*?[]/.test(name);
}

/** Most levels are asked for one resource after the other. */
const PATTERNS: WeakMap<Level, readonly string[]> = new WeakMap();

function patternsOf(level: Level): readonly string[] {
  const known = PATTERNS.get(level);
  if (known !== undefined) return known;
  const patterns = [...level.keys()].filter(isPattern);
  PATTERNS.set(level, patterns);
  return patterns;
}
