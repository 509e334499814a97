import { Float } from '../../values/value.ts';
import type { Runtime } from './objects.ts';

const PROBES = 9;

/**
 * The order in which CPython iterates a set that these distinct items were added to, one by one. Only integers have the
 * same hash in every process; with anything else the order of insertion is as good as any, and is kept.
 */
export function tableOrder(items: readonly Runtime[]): readonly Runtime[] {
  const numbers: number[] = [];
  for (const item of items) {
    const hash = smallHash(item);
    if (hash === undefined) return items;
    numbers.push(hash);
  }
  let table = new Table(8);
  for (let i = 0; i < items.length; i++) {
    table.insert(numbers[i] as number, i);
    if (table.used * 5 >= (table.size - 1) * 3)
      table = table.grown(table.used > 50000 ? table.used * 2 : table.used * 4);
  }
  return table.order().map((index) => items[index] as Runtime);
}

// Beyond 2^31 the probing below would need 64-bit arithmetic: not worth it.
function smallHash(item: Runtime): number | undefined {
  if (typeof item === 'boolean') return item ? 1 : 0;
  const value = item instanceof Float ? item.value : item;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0x7fffffff) return undefined;
  return value;
}

class Table {
  readonly size: number;
  used = 0;
  readonly #slots: Int32Array;
  readonly #hashes: Int32Array;

  constructor(size: number) {
    this.size = size;
    this.#slots = new Int32Array(size).fill(-1);
    this.#hashes = new Int32Array(size);
  }

  insert(hash: number, item: number): void {
    const mask = this.size - 1;
    let perturb = hash;
    let slot = hash & mask;
    for (;;) {
      const probes = slot + PROBES <= mask ? PROBES : 0;
      for (let probe = 0; probe <= probes; probe++) {
        if (this.#slots[slot + probe] === -1) {
          this.#slots[slot + probe] = item;
          this.#hashes[slot + probe] = hash;
          this.used++;
          return;
        }
      }
      perturb >>>= 5;
      slot = (slot * 5 + 1 + perturb) & mask;
    }
  }

  grown(minimum: number): Table {
    let size = 8;
    while (size <= minimum) size *= 2;
    const table = new Table(size);
    for (let slot = 0; slot < this.size; slot++) {
      const item = this.#slots[slot] as number;
      if (item !== -1) table.insert(this.#hashes[slot] as number, item);
    }
    return table;
  }

  order(): number[] {
    return Array.from(this.#slots).filter((item) => item !== -1);
  }
}
