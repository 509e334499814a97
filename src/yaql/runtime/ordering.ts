import { spend } from './budget.ts';
import { collect } from './iteration.ts';
import { IterableObject, type Runtime } from './objects.ts';

/** Compares two keys with YAQL's own `<` and `>`: negative, zero or positive. */
export type KeyComparison = (a: Runtime, b: Runtime) => number;

interface OrderField {
  readonly select: (item: Runtime) => Runtime;
  readonly descending: boolean;
}

/** The result of `orderBy`: sorted when it is first iterated, so that `thenBy` can still add to it. */
export class Ordering extends IterableObject {
  readonly typeName: string = 'OrderingIterable';
  readonly #collection: Runtime;
  readonly #compare: KeyComparison;
  readonly #fields: OrderField[] = [];
  #sorted: readonly Runtime[] | undefined;

  constructor(collection: Runtime, compare: KeyComparison) {
    super();
    this.#collection = collection;
    this.#compare = compare;
  }

  add(select: (item: Runtime) => Runtime, descending: boolean): void {
    this.#fields.push({ select, descending });
  }

  iterate(): Iterator<Runtime> {
    this.#sorted ??= [...collect(this.#collection)].sort((a, b) => this.#order(a, b));
    return this.#sorted.values();
  }

  #order(a: Runtime, b: Runtime): number {
    spend(1);
    for (const { select, descending } of this.#fields) {
      const order = this.#compare(select(a), select(b));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  }
}
