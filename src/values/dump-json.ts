import { reprFloat } from './text.ts';
import { Float, typeName, type Value } from './value.ts';

/** A value that JSON has no form for, or keys that cannot be sorted: Python's `TypeError`. */
export class NotSerialisable extends Error {}

/**
 * Python's `json.dumps(value, sort_keys=sortKeys)`: `", "` and `": "` between, everything beyond ASCII escaped,
 * keys that are numbers, booleans or null written as text, NaN and Infinity by name.
 *
 * @throws NotSerialisable for bytes, sets, and mixed keys that are to be sorted.
 */
export function dumpJson(value: Value, sortKeys = false): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return dumpString(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return Number.isInteger(value) ? value.toString() : dumpFloat(value);
    default:
  }
  if (value instanceof Float) return dumpFloat(value.value);
  if (Array.isArray(value)) return `[${value.map((item) => dumpJson(item, sortKeys)).join(', ')}]`;
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<Value, Value>)];
    if (sortKeys) entries.sort(([a], [b]) => compareKeys(a, b));
    return `{${entries.map(([k, v]) => `${dumpString(keyText(k))}: ${dumpJson(v, sortKeys)}`).join(', ')}}`;
  }
  throw new NotSerialisable(`Object of type ${typeName(value)} is not JSON serializable`);
}

function dumpFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return reprFloat(value);
}

function dumpString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) =>
    unit === '\u007f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null || typeof key !== 'object' || key instanceof Float) return dumpJson(key);
  throw new NotSerialisable(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function compareKeys(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  const x = orderOf(a);
  const y = orderOf(b);
  if (x === undefined || y === undefined) {
    throw new NotSerialisable(`'<' not supported between instances of '${typeName(b)}' and '${typeName(a)}'`);
  }
  return x < y ? -1 : x > y ? 1 : 0;
}

function orderOf(key: Value): number | bigint | undefined {
  if (typeof key === 'boolean') return key ? 1 : 0;
  if (typeof key === 'number' || typeof key === 'bigint') return key;
  return key instanceof Float ? key.value : undefined;
}

/** Python's order of strings: by code point, where JS compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above all other units.
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    if (xHigh !== yHigh) return xHigh ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
