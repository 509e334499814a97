import { reprFloat } from './text.ts';
import { Float, float, int, type Value } from './value.ts';

/** What JSON.parse gives. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const TAGS: ReadonlySet<string> = new Set(['$map', '$float', '$int', '$binary', '$set']);

/**
 * A value as JSON that loses nothing: `{"$float": "1.0"}`, `{"$int": "9007199254740993"}`, `{"$binary": base64}`,
 * `{"$set": [...]}`, and `{"$map": [[key, value], ...]}` for a map that an object cannot hold: keys that are not text,
 * keys that an object would move to the front (`0`), or a key that reads like one of these tags.
 * The forms are those of Heat's oracle in the conformance suites.
 */
export function encode(value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { $int: value.toString() };
  if (typeof value === 'number') return value;
  if (value instanceof Float) return { $float: reprFloat(value.value) };
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Map) return encodeMap(value);
  if (value instanceof Set) return { $set: Array.from(value as Set<Value>, encode) };
  return { $binary: toBase64(value as Uint8Array) };
}

function encodeMap(map: ReadonlyMap<Value, Value>): Json {
  const object: { [key: string]: Json } = {};
  for (const [key, value] of map) {
    if (typeof key !== 'string' || TAGS.has(key) || /^\d+$/.test(key)) {
      return { $map: Array.from(map, ([k, v]) => [encode(k), encode(v)]) };
    }
    defineOwn(object, key, encode(value));
  }
  return object;
}

/** The value that `encode` wrote. */
export function decode(json: Json): Value {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(decode);
  const keys = Object.keys(json);
  const [tag] = keys;
  if (keys.length === 1 && tag !== undefined && TAGS.has(tag)) return decodeTagged(tag, json[tag] as Json);
  return new Map(keys.map((key) => [key, decode(json[key] as Json)]));
}

function decodeTagged(tag: string, content: Json): Value {
  switch (tag) {
    case '$float':
      return float(parseFloatText(String(content)));
    case '$int':
      return int(BigInt(String(content)));
    case '$binary':
      return fromBase64(String(content));
    case '$set':
      return new Set((content as Json[]).map(decode));
    default:
      return new Map((content as [Json, Json][]).map(([k, v]) => [decode(k), decode(v)]));
  }
}

function parseFloatText(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}

/**
 * A value as an ordinary JS value, for handlers and other people's code: maps become objects, floats numbers, bytes
 * base64 text. What JSON cannot say is lost; `encode` is the form that loses nothing.
 */
export function toPlain(value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Float) return value.value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Set) return Array.from(value as Set<Value>, toPlain);
  if (value instanceof Uint8Array) return toBase64(value);
  const object: { [key: string]: Json } = {};
  for (const [key, item] of value as ReadonlyMap<Value, Value>) {
    defineOwn(object, typeof key === 'string' ? key : String(toPlain(key)), toPlain(item));
  }
  return object;
}

/** The value of plain JSON data: objects become maps. */
export function fromPlain(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') return Number.isFinite(json) && !Object.is(json, -0) ? json : new Float(json);
  if (typeof json === 'bigint') return int(json);
  if (Array.isArray(json)) return json.map(fromPlain);
  if (json instanceof Map) return new Map(Array.from(json, ([k, v]) => [fromPlain(k), fromPlain(v)]));
  if (json instanceof Float || json instanceof Uint8Array) return json;
  if (json instanceof Set) return new Set(Array.from(json, fromPlain));
  return new Map(Object.entries(json).map(([key, item]) => [key, fromPlain(item)]));
}

/** Sets a key as data, whatever its name: assigning `__proto__` would change the prototype. */
function defineOwn(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
