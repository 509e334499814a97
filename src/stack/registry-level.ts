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

/** The levels that hold for a resource, in the order in which they were written. */
function* matching(level: Level, resourceName: string): Iterable<Level> {
  const { patterns, positions } = indexOf(level);
  const own = level.get(resourceName);
  // A name that is a pattern is among those.
  let pending = own instanceof Map && !isPattern(resourceName) ? own : undefined;
  const position = positions.get(resourceName) as number;
  for (const [pattern, at] of patterns) {
    if (pending !== undefined && at > position) {
      yield pending;
      pending = undefined;
    }
    const inner = level.get(pattern);
    if (inner instanceof Map && globMatches(pattern, resourceName)) yield inner;
  }
  if (pending !== undefined) yield pending;
}

/** Takes away what says nothing: a nested stack never hears of it, so it must not hide what another pattern says there. */
export function dropEmpty(level: Level): void {
  for (const [key, inner] of level) {
    if (!(inner instanceof Map)) continue;
    dropEmpty(inner);
    if (inner.size === 0) level.delete(key);
  }
}

/** What is said of the resources in the nested stack of one: the later pattern over the earlier, its own name last. */
export function insideOf(level: Level, resourceName: string): Level {
  const inside: Level = new Map();
  const add = (inner: Level): void => {
    for (const [key, value] of inner) inside.set(key, value);
  };
  for (const inner of matching(level, resourceName)) add(inner);
  // Also a name that as a pattern would not match itself.
  const own = level.get(resourceName);
  if (own instanceof Map) add(own);
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

interface Index {
  readonly patterns: readonly (readonly [pattern: string, position: number])[];
  readonly positions: ReadonlyMap<string, number>;
}

/** Most levels are asked for one resource after the other. */
const INDEXES: WeakMap<Level, Index> = new WeakMap();

function indexOf(level: Level): Index {
  const known = INDEXES.get(level);
  if (known !== undefined) return known;
  const positions = new Map(Array.from(level.keys(), (key, position) => [key, position] as const));
  const index = { patterns: [...positions].filter(([key]) => isPattern(key)), positions };
  INDEXES.set(level, index);
  return index;
}
