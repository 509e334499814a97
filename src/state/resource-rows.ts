import type { Requirement, ResourceState } from './stack-state.ts';

/** The resources of a state while it is made: in order, by id. */
export class ResourceRows {
  readonly #rows = new Map<string, ResourceState>();
  readonly #counts = new Map<string, number>();

  constructor(resources: readonly ResourceState[]) {
    for (const resource of resources) this.#rows.set(resource.id, resource);
  }

  get(id: string): ResourceState | undefined {
    return this.#rows.get(id);
  }

  put(resource: ResourceState): void {
    this.#rows.set(resource.id, resource);
  }

  /** What was made in its place replaces nothing any more. */
  remove(id: string): void {
    const successor = this.#rows.get(this.#rows.get(id)?.replacedBy ?? '');
    this.#rows.delete(id);
    if (successor?.replaces !== id) return;
    const { replaces: _, ...rest } = successor;
    this.put(rest);
  }

  /** The name, or `name//2`, `name//3`, ...: no name has a slash. */
  freeId(name: string): string {
    if (!this.#rows.has(name)) return name;
    let count = this.#counts.get(name) ?? 2;
    while (this.#rows.has(`${name}//${count}`)) count++;
    this.#counts.set(name, count);
    return `${name}//${count}`;
  }

  /** @param beside whether what was required before still is. */
  require(id: string, requires: readonly Requirement[], beside: boolean): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const now = new Set(requires.map((one) => one.id));
    const kept = beside ? row.requires.filter((one) => !now.has(one.id)) : [];
    this.put({ ...row, requires: [...kept, ...requires] });
  }

  all(): readonly ResourceState[] {
    const rows = [...this.#rows.values()];
    // What is gone is required by nothing any more.
    return rows.map((row) =>
      row.requires.every(({ id }) => this.#rows.has(id))
        ? row
        : { ...row, requires: row.requires.filter(({ id }) => this.#rows.has(id)) },
    );
  }
}
