import { compareCodePoints } from '../../values/dump-json.ts';
import { numberOf } from '../../values/equality.ts';
import { repr, reprFloat } from '../../values/text.ts';
import { isList, isMap, type Value } from '../../values/value.ts';

/**
 * A text that is the same for two values exactly when Python's `==` holds between them (`True == 1 == 1.0`, maps
 * without regard to order), so that equal values can be found by an index. NaN equals nothing, itself included:
 * undefined.
 */
export function valueKey(value: Value): string | undefined {
  if (typeof value === 'string') return `'${value}`;
  if (value === null) return 'null';
  const number = numberOf(value);
  if (number !== undefined) return numberKey(number);
  if (isList(value)) return compound('[', value.map(valueKey));
  if (isMap(value)) {
    const entries = Array.from(value, ([key, item]) => compound(':', [valueKey(key), valueKey(item)]));
    return compound('{', sorted(entries));
  }
  if (value instanceof Set) return compound('<', sorted(Array.from(value as Set<Value>, valueKey)));
  return repr(value);
}

function numberKey(number: number | bigint): string | undefined {
  if (typeof number === 'bigint' || !Number.isFinite(number)) return Number.isNaN(number) ? undefined : String(number);
  return Number.isInteger(number) ? String(BigInt(number)) : reprFloat(number);
}

/** Lengths before the parts, so that no text inside can imitate a border. */
function compound(kind: string, parts: readonly (string | undefined)[]): string | undefined {
  let key = kind;
  for (const part of parts) {
    if (part === undefined) return undefined;
    key += `${part.length},${part}`;
  }
  return key;
}

function sorted(keys: (string | undefined)[]): (string | undefined)[] {
  return keys.every((key) => key !== undefined) ? keys.sort(compareCodePoints) : [undefined];
}
