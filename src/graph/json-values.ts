import { decode, encode, type Json } from '../values/encode.ts';
import { isMap, type Value } from '../values/value.ts';
import { type Codec, isObject, type JsonReader, setOwn } from './json-codec.ts';

/** Far more than a document can be deep (each of its levels is three of `{"$map": [[key, value]]}`). */
const MOST_DEPTH = 2_000;
const MOST_DIGITS = 10_000;
const FLOAT = /^(-?inf|nan|-?\d+(\.\d+)?(e[+-]?\d+)?)$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Any value, in the form of `values/encode.ts`. */
export const value: Codec<Value> = {
  write: encode,
  read(json, reader) {
    const fault = faultOf(json);
    return fault === undefined ? decode(json as Json) : reader.wrong(fault.expected, fault.found);
  },
};

/** A map with text keys and any values. */
export const valueMap: Codec<ReadonlyMap<string, Value>> = {
  write: encode,
  read: (json, reader) =>
    readMap(json, reader, 'a map with text keys', () => true) as ReadonlyMap<string, Value> | undefined,
};

/** A map from text to text. */
export const textMap: Codec<ReadonlyMap<string, string>> = {
  write: encode,
  read: (json, reader) =>
    readMap(json, reader, 'a map of text to text', (item) => typeof item === 'string') as
      | ReadonlyMap<string, string>
      | undefined,
};

function readMap(
  json: unknown,
  reader: JsonReader,
  expected: string,
  accepts: (item: Value) => boolean,
): ReadonlyMap<Value, Value> | undefined {
  if (!isObject(json)) return reader.wrong(expected, json);
  const read = value.read(json, reader);
  if (read === undefined) return undefined;
  if (!isMap(read)) return reader.wrong(expected, json);
  for (const [key, item] of read) if (typeof key !== 'string' || !accepts(item)) return reader.wrong(expected, json);
  return read;
}

/** A record of values: its keys are the caller's own, so none of them may mean anything to JS. */
export const valueRecord: Codec<Readonly<Record<string, Value>>> = {
  write(record) {
    const json: { [key: string]: Json } = {};
    for (const key of Object.keys(record)) setOwn(json, key, encode(record[key] as Value));
    return json;
  },
  read(json, reader) {
    if (!isObject(json)) return reader.wrong('an object', json);
    const record: Record<string, Value> = {};
    let complete = true;
    for (const key of Object.keys(json)) {
      reader.path.push(key);
      const read = value.read(json[key], reader);
      reader.path.pop();
      if (read === undefined) complete = false;
      else setOwn(record, key, read);
    }
    return complete ? record : undefined;
  },
};

interface Fault {
  readonly expected: string;
  readonly found: unknown;
}

/** What keeps `decode` from reading this, before it tries. Not recursive, and ends at the first fault. */
function faultOf(json: unknown): Fault | undefined {
  const pending: unknown[] = [json];
  const depths: number[] = [0];
  while (pending.length > 0) {
    const node = pending.pop();
    const depth = depths.pop() as number;
    if (depth > MOST_DEPTH) return { expected: `a value of at most ${MOST_DEPTH} levels`, found: node };
    const children = childrenOf(node);
    if (!Array.isArray(children)) return children as Fault;
    for (const child of children) {
      pending.push(child);
      depths.push(depth + 1);
    }
  }
  return undefined;
}

function childrenOf(node: unknown): readonly unknown[] | Fault {
  if (node === null || typeof node === 'boolean' || typeof node === 'string') return [];
  if (typeof node === 'number') return numberFault(node) ?? [];
  if (Array.isArray(node)) return node;
  if (!isObject(node)) return { expected: 'a JSON value', found: node };
  const keys = Object.keys(node);
  const content = node[keys[0] as string];
  if (keys.length !== 1) return keys.map((key) => node[key]);
  switch (keys[0]) {
    case '$float':
      return typeof content === 'string' && FLOAT.test(content)
        ? []
        : { expected: 'a float as text in $float', found: content };
    case '$int':
      return typeof content === 'string' && content.length <= MOST_DIGITS && /^-?\d+$/.test(content)
        ? []
        : { expected: 'an integer as text in $int', found: content };
    case '$binary':
      return typeof content === 'string' && content.length % 4 === 0 && BASE64.test(content)
        ? []
        : { expected: 'base64 text in $binary', found: content };
    case '$set':
      return Array.isArray(content) ? content : { expected: 'a list in $set', found: content };
    case '$map': {
      const pairs = Array.isArray(content) && content.every((pair) => Array.isArray(pair) && pair.length === 2);
      return pairs ? (content as unknown[][]).flat() : { expected: 'a list of pairs in $map', found: content };
    }
    default:
      return [content];
  }
}

/** Numbers that JSON does not keep have forms of their own. */
function numberFault(number: number): Fault | undefined {
  if (!Number.isFinite(number) || Object.is(number, -0))
    return { expected: 'a number, or {"$float": text}', found: number };
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    return { expected: 'an integer within 2^53, or {"$int": text}', found: number };
  }
  return undefined;
}
