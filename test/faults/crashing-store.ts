import type { JournalRecord } from '../../src/journal/journal.ts';
import { MemoryJournal } from '../../src/journal/memory-journal.ts';

export interface Crash {
  readonly appends: number;
  readonly part: number;
}

/** Of a process that is not disturbed. */
export const NO_CRASH: Crash = { appends: Number.POSITIVE_INFINITY, part: 1 };

/**
 * A store whose process dies after so many appends: what of the last batch reached the disk is up to `part`. After that
 * nothing is answered any more, as if the process were gone.
 */
export class CrashingStore extends MemoryJournal {
  #left: number;
  readonly #part: number;
  readonly #crashed: () => void;
  readonly #kept: (record: JournalRecord) => void;
  dead = false;

  /**
   * @param part how much of the last batch is kept, from 0 to 1.
   * @param kept is told of every record that is.
   */
  constructor(
    found: MemoryJournal,
    { appends, part }: Crash,
    crashed: () => void,
    kept: (record: JournalRecord) => void,
  ) {
    super(found);
    this.#kept = kept;
    this.#left = appends;
    this.#part = part;
    this.#crashed = crashed;
  }

  // oxlint-disable-next-line typescript/no-misused-promises -- runs wait for what a store gives them
  override append(records: readonly JournalRecord[]): void | PromiseLike<void> {
    if (this.dead) return new Promise(() => {});
    if (this.#left-- > 0) {
      this.#keep(records);
      // Now and then the disk takes its time.
      return this.#left % 3 === 1 ? Promise.resolve() : undefined;
    }
    this.dead = true;
    this.#keep(records.slice(0, Math.round(records.length * this.#part)));
    this.#crashed();
    return new Promise(() => {});
  }

  #keep(records: readonly JournalRecord[]): void {
    super.append(records);
    for (const record of records) this.#kept(record);
  }
}
