import { repr } from '../../src/values/text.ts';
import { Float, isMap, type Value } from '../../src/values/value.ts';

/** How two values differ, as the path and both values; undefined when they are the same, types included. */
export function difference(expected: Value, actual: Value, ordered: boolean, path = ''): string | undefined {
  if (expected === actual) return undefined;
  if (expected instanceof Float && actual instanceof Float && Object.is(expected.value, actual.value)) return undefined;
  if (isMap(expected) && isMap(actual)) return mapDifference(expected, actual, ordered, path);
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return `${path}: expected ${short(expected)}, got ${short(actual)}`;
    for (let i = 0; i < expected.length; i++) {
      const found = difference(expected[i] as Value, actual[i] as Value, ordered, `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (expected instanceof Uint8Array && actual instanceof Uint8Array && repr(expected) === repr(actual))
    return undefined;
  if (expected instanceof Set && actual instanceof Set) return setDifference(expected, actual, path);
  return `${path}: expected ${short(expected)}, got ${short(actual)}`;
}

function mapDifference(
  expected: ReadonlyMap<Value, Value>,
  actual: ReadonlyMap<Value, Value>,
  ordered: boolean,
  path: string,
): string | undefined {
  // An error's text is ours.
  if (expected.has('$error') && actual.has('$error')) {
    const type = (value: Value | undefined): Value => (isMap(value) ? (value.get('type') ?? null) : null);
    const [a, b] = [type(expected.get('$error')), type(actual.get('$error'))];
    return a === b ? undefined : `${path}: expected the error ${short(a)}, got ${short(b)}`;
  }
  const keys = [...expected.keys()];
  const others = [...actual.keys()];
  const name = (key: Value): string => (typeof key === 'string' ? key : repr(key));
  for (const key of keys) {
    const other = find(actual, key);
    if (other === undefined) return `${path}.${name(key)}: missing, expected ${short(expected.get(key) as Value)}`;
    const found = difference(expected.get(key) as Value, other, ordered, `${path}.${name(key)}`);
    if (found !== undefined) return found;
  }
  const more = others.find((key) => find(expected, key) === undefined);
  if (more !== undefined) return `${path}.${name(more)}: not expected, got ${short(actual.get(more) as Value)}`;
  if (ordered && keys.some((key, index) => repr(key) !== repr(others[index] as Value))) {
    return `${path}: expected the keys in the order ${short(keys)}, got ${short(others)}`;
  }
  return undefined;
}

/** By type as well: Python's 1 is not 1.0 or true here. */
function find(map: ReadonlyMap<Value, Value>, key: Value): Value | undefined {
  if (map.has(key)) return map.get(key);
  for (const [other, value] of map) if (difference(key, other, true) === undefined) return value;
  return undefined;
}

function setDifference(expected: ReadonlySet<Value>, actual: ReadonlySet<Value>, path: string): string | undefined {
  const text = (set: ReadonlySet<Value>): string => [...set].map(repr).sort().join(', ');
  return text(expected) === text(actual) ? undefined : `${path}: expected {${text(expected)}}, got {${text(actual)}}`;
}

/** Two lists of pairs or names as sets. */
export function listDifference(expected: Value, actual: Value): string | undefined {
  if (!Array.isArray(expected) || !Array.isArray(actual)) return difference(expected, actual, false);
  const texts = (list: readonly Value[]): string[] => [...new Set(list.map(repr))].sort();
  const [a, b] = [texts(expected), texts(actual)];
  const missing = a.filter((item) => !b.includes(item));
  const more = b.filter((item) => !a.includes(item));
  if (missing.length === 0 && more.length === 0) return undefined;
  return `missing ${clip(missing.join(' '))}; not expected ${clip(more.join(' '))}`;
}

function short(value: Value): string {
  return clip(repr(value));
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 197)}...` : text === '' ? 'nothing' : text;
}
