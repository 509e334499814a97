import type { Value } from '../values/value.ts';
import { canonicalKey } from './keys.ts';
import { EQUALS, MERGE, type Resolved } from './plain-scalar.ts';

export type NodeKind = 'scalar' | 'map' | 'list' | 'alias';
const KINDS: readonly NodeKind[] = ['scalar', 'map', 'list', 'alias'];

/** A key that its mapping had already, with the offsets of both. */
export interface Duplicate {
  readonly key: Value;
  readonly start: number;
  readonly first: number;
}

/** Each is looked up among its neighbours: more than anyone reads would only cost time. */
const MOST_DUPLICATES = 100;

/**
 * Where every node of a text stands, in the order of the text: a mapping is followed by its keys and values in turn, a
 * list by its items. Plain numbers, because a document may have millions of nodes.
 */
export class Recorder {
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  /** For a collection the node after all that is in it, for an alias the node that it names. */
  private readonly links: number[] = [];
  /** What a scalar is, so that keys can be looked up. */
  private readonly values: Resolved[] = [];
  private readonly opened: number[] = [];

  /** Keys that their mapping had already. */
  readonly duplicates: Duplicate[] = [];
  private readonly original: ((offset: number) => number) | undefined;

  /** `original`: how offsets are to be moved before they are kept. */
  constructor(original?: (offset: number) => number) {
    this.original = original;
  }

  /** Number of the node to come. */
  get next(): number {
    return this.kinds.length;
  }

  scalar(value: Resolved, start: number, end: number): void {
    this.push(0, value, start, end, 0);
  }

  open(kind: 'map' | 'list', start: number): void {
    this.opened.push(this.next);
    this.push(kind === 'map' ? 1 : 2, null, start, start, 0);
  }

  close(end: number): void {
    const node = this.opened.pop() as number;
    this.ends[node] = this.original?.(end) ?? end;
    this.links[node] = this.next;
  }

  alias(target: number, start: number, end: number): void {
    this.push(3, null, start, end, target);
  }

  private push(kind: number, value: Resolved, start: number, end: number, link: number): void {
    this.kinds.push(kind);
    this.values.push(value);
    this.starts.push(this.original?.(start) ?? start);
    this.ends.push(this.original?.(end) ?? end);
    this.links.push(link);
  }

  kind(node: number): NodeKind {
    return KINDS[this.kinds[node] as number] as NodeKind;
  }

  start(node: number): number {
    return this.starts[node] as number;
  }

  end(node: number): number {
    return this.ends[node] as number;
  }

  /** The node itself, or what its alias names. */
  resolve(node: number): number {
    return this.kinds[node] === 3 ? (this.links[node] as number) : node;
  }

  /** What a scalar is; null for anything else. */
  value(node: number): Value {
    const value = this.values[this.resolve(node)] as Resolved;
    if (value === EQUALS) return '=';
    return value === MERGE ? '<<' : value;
  }

  /** Whether the node is a `<<` that merges. */
  isMerge(node: number): boolean {
    return this.values[this.resolve(node)] === MERGE;
  }

  /** The node that follows this one at its own level. */
  after(node: number): number {
    const kind = this.kinds[node];
    return kind === 1 || kind === 2 ? (this.links[node] as number) : node + 1;
  }

  /** Nodes directly inside: for a mapping keys and values in turn. */
  *children(node: number): Generator<number> {
    const end = this.kinds[node] === 0 ? node : (this.links[node] as number) || this.next;
    for (let child = node + 1; child < end; child = this.after(child)) yield child;
  }

  duplicate(key: Value, start: number): void {
    if (this.duplicates.length >= MOST_DUPLICATES) return;
    this.duplicates.push({ key, start: this.original?.(start) ?? start, first: this.firstKey(key) });
  }

  /** Offset of the first key of the mapping now open that equals `key`; -1 when there is none. */
  private firstKey(key: Value): number {
    const canonical = canonicalKey(key);
    const map = this.opened.at(-1) as number;
    let isKey = true;
    for (const child of this.children(map)) {
      if (isKey && Object.is(canonicalKey(this.value(child)), canonical)) return this.start(child);
      isKey = !isKey;
    }
    return -1;
  }
}
