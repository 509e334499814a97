/**
 * The values of a template: what Python holds after Heat has read the text, without loss.
 *
 * A JS `number` with an integral value is Python's `int`, any other finite number its `float`. What that leaves out has
 * a form of its own: `Float` for floats that are integral or not finite (`1.0`, `-0.0`, `inf`, `nan`), `bigint` for
 * integers of 2^53 and beyond, `Uint8Array` for bytes. Maps are `Map`: template order survives names like `0`, and no
 * name (`__proto__`) means anything.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Uint8Array
  | readonly Value[]
  | ValueMap
  | ValueSet;

export type ValueMap = ReadonlyMap<Value, Value>;
export type ValueSet = ReadonlySet<Value>;

/** A Python float that a JS number would not keep apart from an int: integral, negative zero, infinite or NaN. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A Python float as a Value: a plain number where that is unambiguous. */
export function float(value: number): number | Float {
  return Number.isInteger(value) || !Number.isFinite(value) ? new Float(value) : value;
}

const LARGEST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A Python int as a Value: a number within +-(2^53 - 1), a bigint beyond. */
export function int(value: bigint): number | bigint {
  return value <= LARGEST_SAFE && value >= -LARGEST_SAFE ? Number(value) : value;
}

export function isMap(value: unknown): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** Python's `type(value).__name__`. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default:
      if (value instanceof Float) return 'float';
      if (Array.isArray(value)) return 'list';
      if (value instanceof Map) return 'dict';
      return value instanceof Set ? 'set' : 'bytes';
  }
}
