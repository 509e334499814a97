import type { Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks-file.ts';
import { str } from '../values/text.ts';
import { Float, isMap, type Value, type ValueMap } from '../values/value.ts';
import { short } from '../workflow/language/check-schema.ts';
import type { Reader } from '../workflow/language/reader.ts';

/** A map whose values are looked at one by one; each wrong one is told. */
export class MapReader {
  readonly #map: ValueMap;
  readonly #owner: string;
  readonly #path: Path;
  readonly #reader: Reader;

  constructor(map: ValueMap, owner: string, path: Path, reader: Reader) {
    this.#map = map;
    this.#owner = owner;
    this.#path = path;
    this.#reader = reader;
  }

  /** Keys other than these are refused. */
  allow(keys: readonly string[]): void {
    refuseOthers(this.#map, keys, this.#owner, this.#path, this.#reader);
  }

  number(key: string, least: number = Number.NEGATIVE_INFINITY): number | undefined {
    const value = this.#map.get(key);
    if (value === undefined) return undefined;
    const number = value instanceof Float ? value.value : value;
    if (typeof number === 'number' && Number.isFinite(number) && number >= least) return number;
    this.wrong(key, value, least === 0 ? 'a number from 0 on' : 'a number');
    return undefined;
  }

  count(key: string): number | undefined {
    const value = this.#map.get(key);
    if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 0)) return value;
    this.wrong(key, value, 'a whole number from 0 on');
    return undefined;
  }

  flag(key: string): boolean | undefined {
    const value = this.#map.get(key);
    if (value === undefined || typeof value === 'boolean') return value;
    this.wrong(key, value, 'true or false');
    return undefined;
  }

  text(key: string): string | undefined {
    const value = this.#map.get(key);
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    this.wrong(key, value, 'a text that is not empty');
    return undefined;
  }

  /** A map in the map. */
  section(key: string, expected = 'a map'): MapReader | undefined {
    const value = this.#map.get(key);
    if (value === undefined) return undefined;
    if (isMap(value)) return new MapReader(value, `'${key}' of ${this.#owner}`, [...this.#path, key], this.#reader);
    this.wrong(key, value, expected);
    return undefined;
  }

  wrong(key: string, value: Value, expected: string): void {
    this.#reader.report(say.hookValueInvalid(this.#owner, key, short(value), expected), [...this.#path, key]);
  }
}

export function refuseOthers(map: ValueMap, known: readonly string[], owner: string, path: Path, reader: Reader): void {
  for (const key of map.keys()) {
    if (!known.includes(key as string))
      reader.report(say.hookKeyUnknown(owner, str(key), known), [...path, key], 'key');
  }
}
