import type { Source } from './source.ts';
import type { Node } from './syntax-tree.ts';

/** The groups of a pattern while it is parsed: what may refer to what. */
export class Groups {
  readonly #source: Source;
  readonly names: Map<string, number> = new Map();
  /** A group that is still open is missing. */
  readonly closed: Map<number, Node> = new Map();
  count = 0;
  /** Referred to before they might exist: `(?(2)...)`. */
  readonly #awaited = new Map<number, number>();
  /** Group count at the start of the look-behind that is being parsed. */
  #behindFrom: number | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  /** The index of a group that begins. @throws PatternError for a name that is taken */
  open(name: string | undefined, start: number): number {
    const index = ++this.count;
    if (name !== undefined) {
      const before = this.names.get(name);
      if (before !== undefined) throw this.#source.error(`group ${before} is named ${name} already`, start + 4);
      this.names.set(name, index);
    }
    return index;
  }

  close(index: number, body: Node): void {
    this.closed.set(index, body);
  }

  /** Parses what is in a look-behind: it cannot refer to groups inside itself. */
  behind(parse: () => Node): Node {
    const outer = this.#behindFrom;
    this.#behindFrom ??= this.count;
    const body = parse();
    this.#behindFrom = outer;
    return body;
  }

  /** @throws PatternError where a group cannot be referred to by `\\1` or `(?P=name)` */
  checkReference(group: number, start: number): void {
    if (!this.closed.has(group)) throw this.#source.error(`group ${group} is still open`, start);
    this.#checkBehind(group, start);
  }

  /** The group of a name that was read at `position`. @throws PatternError */
  named(name: string, position: number): number {
    const group = this.names.get(name);
    if (group === undefined) throw this.#source.error(`there is no group ${name}`, position);
    return group;
  }

  /** The group of a condition, by number or name; it may come later. @throws PatternError */
  ofCondition(name: string, position: number): number {
    const group = isGroupName(name) ? this.named(name, position) : this.#numbered(name, position);
    this.#checkBehind(group, position);
    return group;
  }

  /** At the end of the pattern. @throws PatternError for a condition on a group that never came */
  checkAwaited(): void {
    for (const [group, position] of this.#awaited) {
      if (group > this.count) throw this.#source.error(`there is no group ${group}`, position);
    }
  }

  #numbered(name: string, position: number): number {
    const source = this.#source;
    if (!/^[0-9]+$/.test(name)) throw source.error(`${name} is no name of a group`, position);
    const group = Number(name);
    if (group === 0) throw source.error('groups are numbered from 1', position);
    if (group > 1073741823) throw source.error(`there is no group ${group}`, position);
    if (!this.#awaited.has(group)) this.#awaited.set(group, position);
    return group;
  }

  #checkBehind(group: number, start: number): void {
    if (this.#behindFrom === undefined) return;
    if (!this.closed.has(group)) throw this.#source.error(`group ${group} is still open`, start);
    if (group > this.#behindFrom) {
      throw this.#source.error('a look-behind cannot refer to a group inside it', start);
    }
  }
}

/** Reads a name up to what closes it. @throws PatternError */
export function readGroupName(source: Source, end: string): { readonly name: string; readonly position: number } {
  const position = source.position;
  const name = source.until(end, 'the name of a group');
  if (!isGroupName(name)) throw source.error(`${name} cannot be the name of a group`, position);
  return { name, position };
}

function isGroupName(name: string): boolean {
  return /^[\p{L}\p{Nl}_][\p{L}\p{N}\p{Mn}\p{Mc}\p{Pc}]*$/u.test(name);
}
