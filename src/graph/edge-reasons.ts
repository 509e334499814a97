import type { Path, Place } from '../diagnostics/diagnostic.ts';
import type { EdgeKind, EdgeReason } from './task.ts';

/** Finds the place of a path in the source of a scope; called when somebody asks for the place of an edge. */
export type LocateReason = (path: Path, scope: string) => Place | undefined;

const KINDS: readonly EdgeKind[] = [
  'depends_on',
  'get_resource',
  'get_attr',
  'hosted_on',
  'implicit',
  'workflow',
  'hook',
];
const KIND_INDEX: ReadonlyMap<string, number> = new Map(KINDS.map((kind, i) => [kind, i]));

export function isEdgeKind(kind: unknown): kind is EdgeKind {
  return typeof kind === 'string' && KIND_INDEX.has(kind);
}

const NONE = -1;
/** source, line, column, endLine, endColumn. */
const PLACE_COLUMNS = 5;

/**
 * The reasons of all edges in columns instead of objects: 29 bytes each beside the path itself, 1 where none has a path or
 * a place. Append-only, so graphs that are made from one another (reversed, selected) share one store.
 */
export class EdgeReasonStore {
  #count = 0;
  #kinds = new Uint8Array(64);
  /**
   * Where a reason has a path but no place, the first column holds the scope to look it up in, the others NONE. As long as
   * the last reason that needs it.
   */
  #places = new Int32Array(0);
  /** As long as the last reason that has one. */
  readonly #paths: (Path | undefined)[] = [];
  readonly #rules = new Map<number, string>();
  readonly #names: string[] = [];
  readonly #nameIndex = new Map<string, number>();
  readonly #locate: LocateReason | undefined;

  constructor(locate?: LocateReason) {
    this.#locate = locate;
  }

  /** Returns the index of the new reason. */
  add(reason: EdgeReason, scope: string): number {
    const index = this.#count++;
    if (index === this.#kinds.length) this.#grow();
    const kind = KIND_INDEX.get(reason.kind);
    if (kind === undefined) throw new RangeError(`unknown kind of edge: ${reason.kind}`);
    this.#kinds[index] = kind;
    const { path, place, rule } = reason;
    if (path !== undefined) {
      while (this.#paths.length < index) this.#paths.push(undefined);
      this.#paths.push(path);
    }
    if (rule !== undefined) this.#rules.set(index, rule);
    if (place !== undefined) {
      this.#setPlace(index, place.source, place.line, place.column, place.endLine, place.endColumn);
    } else if (path !== undefined && this.#locate !== undefined) {
      this.#setPlace(index, scope);
    }
    return index;
  }

  get(index: number): EdgeReason {
    const kind = KINDS[this.#kinds[index] as number] as EdgeKind;
    const path = this.#paths[index];
    const place = this.#place(index, path);
    const rule = this.#rules.get(index);
    return {
      kind,
      ...(path !== undefined && { path }),
      ...(place !== undefined && { place }),
      ...(rule !== undefined && { rule }),
    };
  }

  /** Where a path of a scope's source stands, if that can be told. */
  locate(path: Path, scope: string): Place | undefined {
    return this.#locate?.(path, scope);
  }

  kind(index: number): EdgeKind {
    return KINDS[this.#kinds[index] as number] as EdgeKind;
  }

  #place(index: number, path: Path | undefined): Place | undefined {
    const at = index * PLACE_COLUMNS;
    const name = this.#names[this.#places[at] as number];
    if (name === undefined) return undefined;
    const line = this.#places[at + 1] as number;
    if (line === NONE) return path === undefined ? undefined : this.#locate?.(path, name);
    const endLine = this.#places[at + 3] as number;
    const endColumn = this.#places[at + 4] as number;
    return {
      source: name,
      line,
      column: this.#places[at + 2] as number,
      ...(endLine !== NONE && { endLine }),
      ...(endColumn !== NONE && { endColumn }),
    };
  }

  #setPlace(index: number, name: string, line = NONE, column = NONE, endLine = NONE, endColumn = NONE): void {
    const at = index * PLACE_COLUMNS;
    if (at >= this.#places.length) this.#growPlaces();
    const places = this.#places;
    places[at] = this.#intern(name);
    places[at + 1] = line;
    places[at + 2] = column;
    places[at + 3] = endLine;
    places[at + 4] = endColumn;
  }

  #intern(name: string): number {
    let index = this.#nameIndex.get(name);
    if (index === undefined) {
      index = this.#names.push(name) - 1;
      this.#nameIndex.set(name, index);
    }
    return index;
  }

  #grow(): void {
    const kinds = new Uint8Array(this.#kinds.length * 2);
    kinds.set(this.#kinds);
    this.#kinds = kinds;
  }

  #growPlaces(): void {
    const places = new Int32Array(this.#kinds.length * PLACE_COLUMNS).fill(NONE, this.#places.length);
    places.set(this.#places);
    this.#places = places;
  }
}
