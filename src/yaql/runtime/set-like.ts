import { IterableObject, type Runtime } from './objects.ts';

/** Python's `collections.abc.Set`: a frozenset, or the keys or items of a dict. */
export abstract class SetLike extends IterableObject {
  abstract readonly size: number;
  abstract has(item: Runtime): boolean;

  /** The view of a dict's values is made by the same class and is none. */
  get isSet(): boolean {
    return true;
  }

  override get truth(): boolean {
    return this.size > 0;
  }

  override equals(other: Runtime): boolean {
    if (!this.isSet) return this === other;
    return isSet(other) && this.size === other.size && within(this, other);
  }
}

export function isSet(value: unknown): value is SetLike {
  return value instanceof SetLike && value.isSet;
}

/** Whether every item of `a` is in `b`. */
export function within(a: SetLike, b: SetLike): boolean {
  const source = a.iterate();
  for (let next = source.next(); next.done !== true; next = source.next()) if (!b.has(next.value)) return false;
  return true;
}
