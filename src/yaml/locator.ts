import type { Path, Place } from '../diagnostics/diagnostic.ts';
import type { Value } from '../values/value.ts';
import { type CanonicalKey, canonicalKey } from './keys.ts';
import type { LineTable } from './lines.ts';
import type { Recorder } from './recorder.ts';

interface Entry {
  readonly key: number;
  readonly value: number;
}
type Entries = Map<CanonicalKey, Entry>;

/** Answers where a path stands. The entries of a collection are indexed the first time that a path goes through it. */
export class Locator {
  private readonly nodes: Recorder;
  private readonly lines: LineTable;
  private readonly maps = new Map<number, Entries>();
  private readonly lists = new Map<number, readonly number[]>();

  constructor(nodes: Recorder, lines: LineTable) {
    this.nodes = nodes;
    this.lines = lines;
  }

  locate(path: Path, part: 'key' | 'value'): Place | undefined {
    if (this.nodes.next === 0) return undefined;
    let key = 0;
    let value = 0;
    for (const step of path) {
      const entry = this.child(this.nodes.resolve(value), step as Value);
      if (entry === undefined) break;
      ({ key, value } = entry);
    }
    const node = part === 'key' ? key : value;
    return this.lines.place(this.nodes.start(node), this.nodes.end(node));
  }

  private child(node: number, step: Value): Entry | undefined {
    switch (this.nodes.kind(node)) {
      case 'map':
        return this.entries(node).get(canonicalKey(step));
      case 'list': {
        if (typeof step !== 'number') return undefined;
        const item = this.items(node)[step];
        return item === undefined ? undefined : { key: item, value: item };
      }
      default:
        return undefined;
    }
  }

  private items(list: number): readonly number[] {
    let items = this.lists.get(list);
    if (items === undefined) {
      items = [...this.nodes.children(list)];
      this.lists.set(list, items);
    }
    return items;
  }

  /** Entries of a mapping, merged ones included. Mappings merge each other in chains of any length: no recursion. */
  private entries(map: number): Entries {
    const pending = [map];
    while (pending.length > 0) {
      const node = pending.at(-1) as number;
      const missing = this.maps.has(node) ? [] : this.mergeSources(node).filter((source) => !this.maps.has(source));
      if (missing.length > 0) {
        pending.push(...missing);
        continue;
      }
      if (!this.maps.has(node)) this.maps.set(node, this.collect(node));
      pending.pop();
    }
    return this.maps.get(map) as Entries;
  }

  private collect(map: number): Entries {
    const entries: Entries = new Map();
    for (const source of this.mergeSources(map)) {
      for (const [key, entry] of this.maps.get(source) as Entries) entries.set(key, entry);
    }
    for (const [key, value] of this.pairs(map)) {
      if (!this.nodes.isMerge(key)) entries.set(canonicalKey(this.nodes.value(key)), { key, value });
    }
    return entries;
  }

  /** What the mapping merges; later ones win. */
  private mergeSources(map: number): number[] {
    const sources: number[] = [];
    for (const [key, value] of this.pairs(map)) {
      if (!this.nodes.isMerge(key)) continue;
      const node = this.nodes.resolve(value);
      if (this.nodes.kind(node) === 'map') sources.push(node);
      else sources.push(...Array.from(this.nodes.children(node), (item) => this.nodes.resolve(item)).reverse());
    }
    return sources;
  }

  private *pairs(map: number): Generator<readonly [key: number, value: number]> {
    let key = -1;
    for (const node of this.nodes.children(map)) {
      if (key < 0) {
        key = node;
      } else {
        yield [key, node];
        key = -1;
      }
    }
  }
}
