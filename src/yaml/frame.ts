import type { Value } from '../values/value.ts';
import { KeyTable } from './keys.ts';

/** What an open collection will become. `pair`: an entry of `pairs`, whose key may be anything. */
export type Shape = 'plain' | 'set' | 'pairs' | 'pair';

/** A collection that is being read. Frames are kept and used again. */
export class Frame {
  map: Map<Value, Value> | null = null;
  list: Value[] = [];
  shape: Shape = 'plain';
  tag = '';
  start = 0;
  anchor: Anchor | null = null;
  /** A key was read, its value is to come. */
  hasKey = false;
  key: Value = null;
  keyStart = 0;
  /** The value to come is what `<<` merges, or this list is. */
  merging = false;
  merges: ReadonlyMap<Value, Value>[] | null = null;
  keys: KeyTable | null = null;
  /** Levels of collections inside. */
  height = 0;

  /** What it has become. Merged entries come before its own, which win. */
  finish(): Value {
    const { map } = this;
    if (map === null || this.shape === 'pair') return this.list;
    const merged = this.merges === null ? map : mergeAll([...this.merges, map]);
    return this.shape === 'set' ? new Set(merged.keys()) : merged;
  }
}

/** A value that aliases name. */
export interface Anchor {
  readonly start: number;
  value: Value;
  complete: boolean;
  /** Nodes below and including this one, aliases written out. */
  size: number;
  height: number;
  node: number;
}

function mergeAll(maps: readonly ReadonlyMap<Value, Value>[]): Map<Value, Value> {
  const merged = new Map<Value, Value>();
  let keys: KeyTable | null = null;
  for (const map of maps) {
    for (const [key, value] of map) {
      if (typeof key === 'string') {
        merged.set(key, value);
      } else {
        keys ??= new KeyTable(merged);
        merged.set(keys.firstForm(key), value);
      }
    }
  }
  return merged;
}
