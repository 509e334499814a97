import { equals, hashable, numberOf } from './equality.ts';
import { Float, type Value } from './value.ts';

/** A growing collection that answers Python's `item in list`, at once for scalars. */
export class Membership {
  readonly #scalars = new Set<Value>();
  readonly #others: Value[] = [];

  constructor(items: Iterable<Value> = []) {
    for (const item of items) this.add(item);
  }

  add(item: Value): void {
    if (isPlain(item)) this.#scalars.add(canonicalKey(item));
    else this.#others.push(item);
  }

  has(item: Value): boolean {
    if (isPlain(item)) return this.#scalars.has(canonicalKey(item));
    return this.#others.some((other) => equals(other, item));
  }
}

// NaN is in a list only as the same object; as a scalar it is treated as the same.
function isPlain(item: Value): boolean {
  return hashable(item) && !(item instanceof Uint8Array);
}

/** One representative of all values that Python takes for equal: `true`, `1` and `1.0` are all `1`. */
export function canonicalKey(item: Value): Value {
  const number = numberOf(item);
  if (number === undefined) return item;
  if (typeof number === 'bigint') return number;
  // A float of 2^53 or more equals the integer that it stands for exactly.
  return item instanceof Float && Number.isInteger(number) && !Number.isSafeInteger(number)
    ? BigInt(number)
    : number + 0;
}
