import type { Diagnostic, Path, PathStep } from '../diagnostics/diagnostic.ts';
import { graphJsonShape, graphJsonUnknownKey } from '../diagnostics/graph.ts';
import type { Json } from '../values/encode.ts';

/** So many errors of one graph are told, then reading stops; and so many warnings. */
const MOST_ERRORS = 50;
const MOST_WARNINGS = 20;

/** Where reading stands, and what was found wrong so far. */
export class JsonReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly path: PathStep[] = [];
  #errors = 0;
  #warnings = 0;

  get failed(): boolean {
    return this.#errors > 0;
  }

  get full(): boolean {
    return this.#errors >= MOST_ERRORS;
  }

  report(diagnostic: Diagnostic): void {
    const warning = diagnostic.severity !== 'error';
    if (warning ? this.#warnings < MOST_WARNINGS : !this.full) this.diagnostics.push(diagnostic);
    if (warning) this.#warnings++;
    else this.#errors++;
  }

  /** Reports that something else was expected here, and gives `undefined`, which stands for a failed reading. */
  wrong(expected: string, found: unknown): undefined {
    return this.wrongAt([...this.path], expected, found);
  }

  wrongAt(path: Path, expected: string, found: unknown): undefined {
    this.report(graphJsonShape(path, expected, describe(found)));
    return undefined;
  }

  unknownKey(key: string, known: readonly string[]): void {
    this.report(graphJsonUnknownKey([...this.path, key], key, known));
  }
}

/** How one kind of thing is written as JSON data and read back; `read` gives undefined after reporting what is wrong. */
export interface Codec<T> {
  write(value: T): Json;
  read(json: unknown, reader: JsonReader): T | undefined;
}

export const text: Codec<string> = {
  write: (value) => value,
  read: (json, reader) => (typeof json === 'string' ? json : reader.wrong('text', json)),
};

export const flag: Codec<boolean> = {
  write: (value) => value,
  read: (json, reader) => (typeof json === 'boolean' ? json : reader.wrong('true or false', json)),
};

export const amount: Codec<number> = {
  write: (value) => value,
  read: (json, reader) =>
    typeof json === 'number' && Number.isFinite(json) && json >= 0 ? json : reader.wrong('a number from 0', json),
};

export const number: Codec<number> = {
  write: (value) => value,
  read: (json, reader) => (typeof json === 'number' && Number.isFinite(json) ? json : reader.wrong('a number', json)),
};

/** Line or column. */
export const position: Codec<number> = {
  write: (value) => value,
  read: (json, reader) =>
    typeof json === 'number' && Number.isInteger(json) && json >= 1 && json <= 0x7fff_ffff
      ? json
      : reader.wrong('a whole number from 1', json),
};

export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    write: (value) => value.map(item.write),
    read(json, reader) {
      if (!Array.isArray(json)) return reader.wrong('a list', json);
      const items: T[] = [];
      for (const [index, element] of json.entries()) {
        if (reader.full) return undefined;
        reader.path.push(index);
        const read = item.read(element, reader);
        reader.path.pop();
        if (read !== undefined) items.push(read);
      }
      return items.length === json.length ? items : undefined;
    },
  };
}

export function field<T>(codec: Codec<T>, optional?: 'optional'): Field<T> {
  return { codec, optional: optional !== undefined };
}

export interface Field<T> {
  readonly codec: Codec<T>;
  readonly optional: boolean;
}

/** A record whose fields are written in the order of this table. A table without some field of `T` does not compile. */
export function record<T extends object>(
  what: string,
  fields: { [K in keyof T]-?: Field<Exclude<T[K], undefined>> },
): Codec<T> {
  const entries = Object.entries(fields) as [string & keyof T, Field<unknown>][];
  const names: readonly string[] = entries.map(([name]) => name);
  return {
    write(value) {
      const json: { [key: string]: Json } = {};
      for (const [name, { codec }] of entries) if (value[name] !== undefined) json[name] = codec.write(value[name]);
      return json;
    },
    read(json, reader) {
      if (!isObject(json)) return reader.wrong(what, json);
      const value: Record<string, unknown> = {};
      let complete = true;
      for (const [name, { codec, optional }] of entries) {
        const present = Object.hasOwn(json, name);
        if (!present && optional) continue;
        reader.path.push(name);
        const read = codec.read(present ? json[name] : undefined, reader);
        reader.path.pop();
        if (read === undefined) complete = false;
        else value[name] = read;
      }
      for (const key of Object.keys(json)) {
        if (!names.includes(key)) reader.unknownKey(key, names);
      }
      return complete ? (value as T) : undefined;
    },
  };
}

export function isObject(json: unknown): json is { readonly [key: string]: unknown } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Sets a key as data, whatever its name: assigning `__proto__` would change the prototype. */
export function setOwn<T>(object: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function describe(found: unknown): string {
  if (found === undefined) return 'nothing';
  if (found === null) return 'null';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object') return 'an object';
  if (typeof found === 'string') return found.length > 40 ? 'text' : JSON.stringify(found);
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : typeof found;
}
