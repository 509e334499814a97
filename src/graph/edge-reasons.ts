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
 * The reasons of all edges in columns instead of objects: 29 bytes each beside the path itself. Append-only, so graphs
 * that are made from one another (reversed, selected) share one store.
 */
export class EdgeReasonStore {
  #count = 0;
  #kinds = new Uint8Array(64);
  // Where a reason has a path but no place, the first column holds the scope to look it up in, the others NONE.
  #places = new Int32Array(64 * PLACE_COLUMNS);
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
    this.#paths.push(reason.path);
    if (reason.rule !== undefined) this.#rules.set(index, reason.rule);
    const { place } = reason;
    const at = index * PLACE_COLUMNS;
    if (place === undefined) {
      const lazy = this.#locate !== undefined && reason.path !== undefined;
      this.#places.fill(NONE, at, at + PLACE_COLUMNS);
      if (lazy) this.#places[at] = this.#intern(scope);
    } else {
      this.#places[at] = this.#intern(place.source);
      this.#places[at + 1] = place.line;
      this.#places[at + 2] = place.column;
      this.#places[at + 3] = place.endLine ?? NONE;
      this.#places[at + 4] = place.endColumn ?? NONE;
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
    const places = new Int32Array(this.#places.length * 2);
    places.set(this.#places);
    this.#places = places;
  }
}
