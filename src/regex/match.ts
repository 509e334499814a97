import type { CodePoints } from './text.ts';

/** A match; positions are in code points. */
export class PatternMatch {
  readonly #positions: Int32Array;
  readonly #text: CodePoints;
  readonly #names: ReadonlyMap<string, number>;

  constructor(positions: Int32Array, text: CodePoints, names: ReadonlyMap<string, number>) {
    this.#positions = positions;
    this.#text = text;
    this.#names = names;
  }

  get groupCount(): number {
    return this.#positions.length / 2 - 1;
  }

  /** The text of a group, 0 being the whole match; undefined where it took no part. */
  group(index: number): string | undefined {
    const start = this.start(index);
    const end = this.end(index);
    return start < 0 || end < 0 ? undefined : this.#text.slice(start, end);
  }

  /** -1 where the group took no part. */
  start(index: number): number {
    return this.end(index) < 0 ? -1 : (this.#positions[2 * index] ?? -1);
  }

  end(index: number): number {
    return this.#positions[2 * index + 1] ?? -1;
  }

  groupIndex(name: string): number | undefined {
    return this.#names.get(name);
  }

  /** Texts of the named groups, in the order of the pattern. */
  get namedGroups(): ReadonlyMap<string, string | undefined> {
    return new Map(Array.from(this.#names, ([name, index]) => [name, this.group(index)]));
  }
}
