import type { Scope } from '../graph/task.ts';
import type { Json } from '../values/encode.ts';
import { Float, type Value } from '../values/value.ts';

export const MASK = '******';

/**
 * Masks the values of hidden parameters in what observers see: every text and number in them, as it is and as JSON and
 * URLs write it. Keys of maps, true, false and null are not secret.
 */
export class HiddenValues {
  readonly #pattern: RegExp | undefined;
  /** Every text that is masked, longest first: one secret may be the beginning of another. */
  readonly texts: readonly string[];

  constructor(scopes: Iterable<Scope>) {
    const texts = new Set<string>();
    for (const scope of scopes) {
      for (const name of scope.hidden) collect(scope.parameters.get(name) ?? null, texts);
    }
    this.texts = [...texts].sort((a, b) => b.length - a.length);
    const alternatives = this.texts.map(escapeForPattern);
    this.#pattern = alternatives.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'g');
  }

  text(text: string): string {
    return this.#pattern === undefined ? text : text.replace(this.#pattern, MASK);
  }

  data(data: Json): Json {
    if (this.#pattern === undefined) return data;
    if (typeof data === 'string') return this.text(data);
    if (typeof data === 'number') return this.text(String(data)) === String(data) ? data : MASK;
    if (Array.isArray(data)) return data.map((item) => this.data(item));
    if (typeof data !== 'object' || data === null) return data;
    const entries = Object.entries(data).map(([key, item]) => [this.text(key), this.data(item)] as const);
    return Object.fromEntries(entries);
  }
}

function collect(value: Value, texts: Set<string>): void {
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return;
  if (value instanceof Float) {
    addText(String(value.value), texts);
  } else if (typeof value !== 'object') {
    addText(String(value), texts);
  } else if (value instanceof Map) {
    for (const item of (value as ReadonlyMap<Value, Value>).values()) collect(item, texts);
  } else {
    for (const item of value as Iterable<Value>) collect(item, texts);
  }
}

function addText(text: string, texts: Set<string>): void {
  if (text === '') return;
  texts.add(text);
  texts.add(JSON.stringify(text).slice(1, -1));
  try {
    texts.add(encodeURIComponent(text));
  } catch {
    // Half a surrogate pair has no form in a URL.
  }
}

export function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
