import { decode, encode, type Json } from '../values/encode.ts';
import { Float, float, int, isMap, type Value, type ValueMap } from '../values/value.ts';
import { EMPTY_RESULT, type TaskResult, type UpdateDecision } from './result.ts';

/** Data from a handler that JSON cannot hold, or that has not the form of a result. */
export class NotData extends Error {
  /** Where in the result: `attributes.addresses[0]`. */
  readonly where: string;

  constructor(where: string, message: string) {
    super(message);
    this.where = where;
  }
}

const DEEPEST = 400;
const MOST_NODES = 1_000_000;

/**
 * The result that a handler returned, copied: nothing of the handler's own objects is kept. Nothing, null and `{}` are
 * the empty result; keys that a result does not have are ignored.
 *
 * @throws NotData
 */
export function toResult(returned: unknown): TaskResult {
  if (returned === undefined || returned === null) return EMPTY_RESULT;
  if (typeof returned !== 'object' || Array.isArray(returned)) {
    throw new NotData('', `a result is nothing or an object, not ${describe(returned)}`);
  }
  const given = returned as Record<string, unknown>;
  const physicalId = toId(given.physicalId, 'physicalId');
  const referenceId = toId(given.referenceId, 'referenceId');
  const attributes = toNamed(given.attributes, 'attributes');
  const outputs = toNamed(given.outputs, 'outputs');
  if (physicalId === undefined && referenceId === undefined && attributes === undefined && outputs === undefined) {
    return EMPTY_RESULT;
  }
  return {
    ...(physicalId === undefined ? {} : { physicalId }),
    ...(referenceId === undefined ? {} : { referenceId }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(outputs === undefined ? {} : { outputs }),
  };
}

function toId(id: unknown, where: string): string | undefined {
  if (id === undefined || id === null) return undefined;
  if (typeof id === 'string') return id;
  if (typeof id === 'number' || typeof id === 'bigint') return String(id);
  throw new NotData(where, `an id is text, not ${describe(id)}`);
}

function toNamed(data: unknown, where: string): ValueMap | undefined {
  if (data === undefined || data === null) return undefined;
  const value = toValue(data, where);
  if (!isMap(value)) throw new NotData(where, `expected an object, not ${describe(data)}`);
  return value.size === 0 ? undefined : value;
}

/**
 * Data of a handler as a Value: what `JSON.stringify` would keep, and an error where it would lose or change something
 * without a word. Kept besides: bigint, NaN and infinities, Uint8Array, Map, Set. What has a `toJSON` is what that
 * gives, so a Date is its ISO text. An undefined entry of an object is absent.
 *
 * @throws NotData for functions, symbols, undefined in a list, cycles, instances of classes, and data of more than
 * 400 levels or 1,000,000 nodes.
 */
export function toValue(data: unknown, where = ''): Value {
  return new Copy(where).copy(data);
}

class Copy {
  readonly #path: string[];
  readonly #above = new Set<object>();
  #nodes = 0;

  constructor(where: string) {
    this.#path = where === '' ? [] : [where];
  }

  copy(data: unknown): Value {
    if (++this.#nodes > MOST_NODES) throw this.#error(`more than ${MOST_NODES} nodes of data`);
    switch (typeof data) {
      case 'string':
      case 'boolean':
        return data;
      case 'number':
        return Number.isInteger(data) && !Object.is(data, -0) ? wholeNumber(data) : float(data);
      case 'bigint':
        return int(data);
      case 'object':
        return data === null ? null : this.#object(data);
      default:
        throw this.#error(`${describe(data)} is no data`);
    }
  }

  #object(data: object): Value {
    if (data instanceof Float) return data;
    if (data instanceof Uint8Array) return Uint8Array.from(data);
    if (this.#above.has(data)) throw this.#error('the data contains itself');
    if (this.#above.size >= DEEPEST) throw this.#error(`more than ${DEEPEST} levels of data`);
    this.#above.add(data);
    const value = this.#contents(data);
    this.#above.delete(data);
    return value;
  }

  #contents(data: object): Value {
    // By index: `map` would pass over holes.
    if (Array.isArray(data)) return Array.from(data, (item, index) => this.#at(`[${index}]`, item));
    if (data instanceof Map) {
      return new Map(Array.from(data, ([key, item]) => [this.copy(key), this.#at(`.${String(key)}`, item)]));
    }
    if (data instanceof Set) return new Set(Array.from(data, (item) => this.copy(item)));
    const { toJSON } = data as { toJSON?: unknown };
    if (typeof toJSON === 'function') return this.#json(data, toJSON as (key: string) => unknown);
    if (!isPlain(data)) throw this.#error(`${describe(data)} is no plain data`);
    const map = new Map<Value, Value>();
    for (const key of Object.keys(data)) {
      const item = (data as Record<string, unknown>)[key];
      if (item !== undefined) map.set(key, this.#at(`.${key}`, item));
    }
    return map;
  }

  #json(data: object, toJSON: (key: string) => unknown): Value {
    const json: unknown = Reflect.apply(toJSON, data, ['']);
    // Of a Date that is no date, JSON makes null.
    if (json === null || json === undefined) throw this.#error(`${describe(data)} has no form in JSON`);
    return this.copy(json);
  }

  #at(step: string, data: unknown): Value {
    this.#path.push(step);
    const value = this.copy(data);
    this.#path.pop();
    return value;
  }

  #error(message: string): NotData {
    const path = this.#path.length > 12 ? [...this.#path.slice(0, 12), '...'] : this.#path;
    return new NotData(path.join('').replace(/^\./, ''), message);
  }
}

function wholeNumber(data: number): Value {
  return Number.isSafeInteger(data) ? data : new Float(data);
}

/** Whether the prototype is Object's own, of whatever realm, or none. */
function isPlain(data: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(data: unknown): string {
  if (data === null) return 'null';
  if (typeof data === 'function') return 'a function';
  if (typeof data === 'undefined') return 'undefined';
  if (typeof data !== 'object') return `a ${typeof data}`;
  if (Array.isArray(data)) return 'a list';
  const name: unknown = (data as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `an instance of ${name}` : 'an object';
}

/** A result as JSON that loses nothing: what a journal keeps and what goes to another process. */
export function encodeResult(result: TaskResult): Json {
  const json: { [key: string]: Json } = {};
  if (result.physicalId !== undefined) json.physicalId = result.physicalId;
  if (result.referenceId !== undefined) json.referenceId = result.referenceId;
  if (result.attributes !== undefined) json.attributes = encode(result.attributes);
  if (result.outputs !== undefined) json.outputs = encode(result.outputs);
  if (result.decision !== undefined) json.decision = result.decision;
  return json;
}

/**
 * The result that `encodeResult` wrote.
 * @throws NotData when it is no such thing.
 */
export function decodeResult(json: Json): TaskResult {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return toResult(json);
  const { attributes, outputs, decision } = json;
  const result = toResult({
    ...json,
    attributes: attributes === undefined ? undefined : decode(attributes),
    outputs: outputs === undefined ? undefined : decode(outputs),
  });
  return decision === undefined ? result : { ...result, decision: decision as UpdateDecision };
}
