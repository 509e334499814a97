import { Raised, typeError } from '../raised.ts';
import type { Dict } from './dict.ts';
import { same } from './equality.ts';
import { type HashKey, isSequence, itemsOf, type Runtime } from './objects.ts';
import { SetLike } from './set-like.ts';
import { typeNameOf } from './type-name.ts';

/** What `keys()`, `values()` and `items()` of a dict return; keys and items count as sets, values do not. */
export class View extends SetLike {
  readonly dict: Dict;
  readonly what: 'keys' | 'values' | 'items';

  constructor(dict: Dict, what: 'keys' | 'values' | 'items') {
    super();
    this.dict = dict;
    this.what = what;
  }

  get typeName(): string {
    if (!this.dict.frozen) return `dict_${this.what}`;
    return `${this.what[0]?.toUpperCase()}${this.what.slice(1)}View`;
  }

  override get isSet(): boolean {
    return this.what !== 'values';
  }

  get size(): number {
    return this.dict.size;
  }

  has(item: Runtime): boolean {
    if (this.what === 'keys') return this.dict.has(item);
    if (this.what === 'items') return this.#hasPair(item);
    for (const value of this.dict.values()) if (same(value, item)) return true;
    return false;
  }

  iterate(): Iterator<Runtime> {
    if (this.what === 'items') return this.dict.entries();
    return this.what === 'keys' ? this.dict.keys() : this.dict.values();
  }

  override hash(): HashKey {
    if (this.isSet) throw typeError(`unhashable type: '${this.typeName}'`);
    return this;
  }

  override repr(nested: (value: Runtime) => string): string {
    if (this.dict.frozen) return `${this.typeName}(${nested(this.dict)})`;
    const items: string[] = [];
    const source = this.iterate();
    for (let next = source.next(); next.done !== true; next = source.next()) items.push(nested(next.value));
    return `${this.typeName}([${items.join(', ')}])`;
  }

  #hasPair(item: Runtime): boolean {
    const { frozen } = this.dict;
    if (!isSequence(item)) {
      if (!frozen) return false;
      throw typeError(`cannot unpack non-iterable ${typeNameOf(item)} object`);
    }
    const pair = itemsOf(item);
    if (pair.length !== 2) {
      if (!frozen) return false;
      throw new Raised('ValueError', `expected a pair, got ${pair.length} values`);
    }
    const found = this.dict.find(pair[0] as Runtime);
    return found !== undefined && same(found, pair[1] as Runtime);
  }
}
