import type { Journal, JournalRecord } from './journal.ts';

/**
 * A journal that lives as long as its process. It keeps records as JSON text, so that nobody changes them afterwards and
 * what JSON cannot hold is lost here as it is on a file.
 */
export class MemoryJournal implements Journal {
  #lines: string[];
  #closed = false;

  /** @param other begins with its records: what another process would find. */
  constructor(other?: MemoryJournal) {
    this.#lines = other === undefined ? [] : [...other.#lines];
  }

  /** How many records there are. */
  get size(): number {
    return this.#lines.length;
  }

  async *read(): AsyncGenerator<JournalRecord, void, undefined> {
    this.#checkOpen();
    for (const line of this.#lines.slice()) yield JSON.parse(line) as JournalRecord;
  }

  append(records: readonly JournalRecord[]): void {
    this.#checkOpen();
    for (const record of records) this.#lines.push(JSON.stringify(record));
  }

  compact(records: Iterable<JournalRecord>): void {
    this.#checkOpen();
    this.#lines = Array.from(records, (record) => JSON.stringify(record));
  }

  close(): void {
    this.#closed = true;
  }

  #checkOpen(): void {
    if (this.#closed) throw new Error('the journal is closed');
  }
}
