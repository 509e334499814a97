import type { Journal, JournalRecord } from './journal.ts';

/**
 * A journal that lives as long as its process. It keeps records as JSON text, so that nobody changes them afterwards and
 * what JSON cannot hold is lost here as it is on a file.
 */
export class MemoryJournal implements Journal {
  /** Lists of records: a batch each. */
  #batches: string[];
  #size: number;
  #closed = false;

  /** @param other begins with its records: what another process would find. */
  constructor(other?: MemoryJournal) {
    this.#batches = other === undefined ? [] : [...other.#batches];
    this.#size = other?.size ?? 0;
  }

  /** How many records there are. */
  get size(): number {
    return this.#size;
  }

  async *read(): AsyncGenerator<JournalRecord, void, undefined> {
    this.#checkOpen();
    for (const batch of this.#batches.slice()) yield* JSON.parse(batch) as JournalRecord[];
  }

  append(records: readonly JournalRecord[]): void {
    this.#checkOpen();
    this.#batches.push(JSON.stringify(records));
    this.#size += records.length;
  }

  compact(records: Iterable<JournalRecord>): void {
    this.#checkOpen();
    const all = [...records];
    this.#batches = [JSON.stringify(all)];
    this.#size = all.length;
  }

  close(): void {
    this.#closed = true;
  }

  #checkOpen(): void {
    if (this.#closed) throw new Error('the journal is closed');
  }
}
