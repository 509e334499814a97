import type { Json } from '../values/encode.ts';

/** What a journal holds, one after the other: JSON data, which a store keeps as they are and gives no meaning. */
export interface JournalRecord {
  readonly type: string;
  readonly [key: string]: Json;
}

/**
 * The append-only record of a run, which acts upon nothing that is not appended. `journalConformance` of `heat-task-graph/testing` says of a store whether it keeps its promises.
 */
export interface Journal {
  /** What is there, oldest first; never asked while something is being appended. What was cut off while it was written is left out. */
  read(): AsyncIterable<JournalRecord>;
  /**
   * Adds all records, in order, after everything that is there. When it returns, or its promise is fulfilled, they
   * survive whatever a store of its kind survives. A run makes the next call only then.
   */
  append(records: readonly JournalRecord[]): void | PromiseLike<void>;
  /** Puts these records in the place of everything: a crash leaves either the old ones or the new ones. */
  compact(records: Iterable<JournalRecord>): void | PromiseLike<void>;
  /** Gives the store free. The run that was given the journal does not call it: whoever opened it does. */
  close(): void | PromiseLike<void>;
}
