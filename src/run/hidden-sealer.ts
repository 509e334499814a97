import type { Json } from '../values/encode.ts';
import type { JournalCodec } from './executor.ts';
import { escapeForPattern, type HiddenValues } from './hidden-values.ts';
import type { Sealer } from './journal-records.ts';

// Characters for private use: around the number of a hidden text, and in front of themselves.
const OPEN = '\uE0F0';
const CLOSE = '\uE0F1';
/** Key of an object that stands for a number. */
const NUMBER = `${OPEN}number`;
const SEALED = new RegExp(`${OPEN}(\\d*)${CLOSE}`, 'g');

/**
 * Takes the values of hidden parameters out of what a journal keeps, and puts them in again: the graph with which a run
 * is resumed has them. After that the codec of the host has its turn.
 */
export class HiddenSealer implements Sealer {
  readonly #texts: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #pattern: RegExp | undefined;
  readonly #codec: JournalCodec | undefined;

  constructor({ texts }: HiddenValues, codec: JournalCodec | undefined) {
    this.#texts = texts;
    this.#numbers = new Map(texts.map((text, index) => [text, index]));
    const alternatives = [OPEN, ...texts.map(escapeForPattern)];
    this.#pattern = texts.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'g');
    this.#codec = codec;
  }

  seal(data: Json): Json {
    const without = this.#pattern === undefined ? data : this.#walk(data, this.#take);
    return this.#codec === undefined ? without : this.#codec.seal(without);
  }

  open(sealed: Json): Json {
    const without = this.#codec === undefined ? sealed : this.#codec.open(sealed);
    return this.#pattern === undefined ? without : this.#walk(without, this.#put);
  }

  readonly #take = (text: string): string =>
    text.replace(this.#pattern as RegExp, (found) => `${OPEN}${this.#numbers.get(found) ?? ''}${CLOSE}`);

  readonly #put = (text: string): string =>
    text.replace(SEALED, (_, number: string) => (number === '' ? OPEN : (this.#texts[Number(number)] ?? '')));

  #walk(data: Json, change: (text: string) => string): Json {
    if (typeof data === 'string') return change(data);
    if (typeof data === 'number' && change === this.#take) {
      const text = change(String(data));
      return text === String(data) ? data : { [NUMBER]: text };
    }
    if (typeof data !== 'object' || data === null) return data;
    if (Array.isArray(data)) return data.map((item) => this.#walk(item, change));
    const sealedNumber = data[NUMBER];
    if (typeof sealedNumber === 'string' && change === this.#put) return Number(change(sealedNumber));
    return Object.fromEntries(Object.entries(data).map(([key, item]) => [change(key), this.#walk(item, change)]));
  }
}
