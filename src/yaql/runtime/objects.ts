import { Float } from '../../values/value.ts';
import { typeError } from '../raised.ts';
import { equalItems } from './equality.ts';
import { strOf } from './repr.ts';

/**
 * What an expression works on. Plain JS arrays are Python's tuples (which is what lists in the data become); everything
 * else that is not a scalar is an object of one of our own classes, so that nothing of the host can be reached.
 */
export type Runtime = null | boolean | number | bigint | string | Float | Tuple | YaqlObject;
export type Tuple = readonly Runtime[];

/** See `hashKey`. */
export type HashKey = null | string | number | bigint | object;

/** Base of every object that an expression can hold. */
export abstract class YaqlObject {
  /** Python's `type(value).__name__`. */
  abstract readonly typeName: string;

  /** A JS value that is the same for two objects exactly if they are equal: a key of a JS `Map`. */
  hash(): HashKey {
    return this;
  }

  /** Python's `==`. */
  equals(other: Runtime): boolean {
    return this === other;
  }

  /** Python's `str(value)`. */
  toString(): string {
    return strOf(this);
  }

  /** Python's `bool(value)`. */
  get truth(): boolean {
    return true;
  }

  /** Python's `repr(value)`; objects without a readable form are written `<name object>`. */
  repr(_nested: (value: Runtime) => string): string {
    return `<${this.typeName} object>`;
  }
}

/** A Python list: what `insert`, `split` or `enumerate` return. Unlike a tuple it has no hash. */
export class List extends YaqlObject {
  readonly typeName: string = 'list';
  readonly items: readonly Runtime[];

  constructor(items: readonly Runtime[]) {
    super();
    this.items = items;
  }

  override hash(): HashKey {
    throw typeError("unhashable type: 'list'");
  }

  override equals(other: Runtime): boolean {
    return other instanceof List && equalItems(this.items, other.items);
  }

  override get truth(): boolean {
    return this.items.length > 0;
  }

  override repr(nested: (value: Runtime) => string): string {
    return `[${this.items.map(nested).join(', ')}]`;
  }
}

class NoValue extends YaqlObject {
  readonly typeName: string = 'MarkerClass';

  override repr(): string {
    return '<NoValue>';
  }
}

/** Stands for an argument that was left out: `f(1,,2)`. */
export const NO_VALUE: YaqlObject = new NoValue();

/** `a => b` after evaluation. */
export class MappingRule extends YaqlObject {
  readonly typeName: string = 'MappingRule';
  readonly source: Runtime;
  readonly destination: Runtime;

  constructor(source: Runtime, destination: Runtime) {
    super();
    this.source = source;
    this.destination = destination;
  }
}

/** A value that Python has and the language cannot look into, such as a complex number. */
export class Opaque extends YaqlObject {
  readonly typeName: string;
  readonly text: string;

  constructor(typeName: string, text: string) {
    super();
    this.typeName = typeName;
    this.text = text;
  }

  override repr(): string {
    return this.text;
  }
}

/** What can be called: a lambda, or the function that `lambda()` returns. */
export abstract class Callable extends YaqlObject {
  readonly typeName: string = 'function';
  abstract call(positional: readonly Runtime[], keyword?: ReadonlyMap<string, Runtime>): Runtime;
}

/** What can be iterated but is neither tuple, list, dict nor set. */
export abstract class IterableObject extends YaqlObject {
  abstract iterate(): Iterator<Runtime>;
}

/** A one-shot iterator: generators, `map`, `range`, ... */
export class Iter extends IterableObject {
  readonly typeName: string;
  readonly #source: Iterator<Runtime>;

  constructor(source: Iterator<Runtime>, typeName = 'generator') {
    super();
    this.#source = source;
    this.typeName = typeName;
  }

  iterate(): Iterator<Runtime> {
    return this.#source;
  }
}

/** An iterator that remembers what it gave: every iteration starts at the beginning. */
export class Memorized extends IterableObject {
  readonly typeName: string = 'RememberingIterator';
  readonly #source: Iterator<Runtime>;
  readonly #seen: Runtime[] = [];
  readonly #onGrow: (length: number) => void;

  constructor(source: Iterator<Runtime>, onGrow: (length: number) => void) {
    super();
    this.#source = source;
    this.#onGrow = onGrow;
  }

  *iterate(): Generator<Runtime> {
    for (let index = 0; ; index++) {
      if (index === this.#seen.length) {
        const next = this.#source.next();
        if (next.done === true) return;
        this.#seen.push(next.value);
        this.#onGrow(this.#seen.length);
      }
      yield this.#seen[index] as Runtime;
    }
  }
}

export function isTuple(value: unknown): value is Tuple {
  return Array.isArray(value);
}

/** Python's `collections.abc.Sequence`, strings left out. */
export function isSequence(value: unknown): value is Tuple | List {
  return Array.isArray(value) || value instanceof List;
}

export function itemsOf(sequence: Tuple | List): Tuple {
  return sequence instanceof List ? sequence.items : sequence;
}

/** Python's `collections.abc.Iterator`. */
export function isIterator(value: unknown): value is Iter | Memorized {
  return value instanceof Iter || value instanceof Memorized;
}

export function isNumber(value: unknown): value is number | bigint | Float {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float;
}

export function isInt(value: unknown): value is number | bigint {
  return (typeof value === 'number' && Number.isInteger(value)) || typeof value === 'bigint';
}

export function isFloat(value: unknown): value is number | Float {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}
