import type { RunEvent } from './events.ts';

/**
 * Hands events to those who listen, and keeps none for those who do not: an iterator sees what comes after it was asked
 * for. Each has a buffer of `capacity` events; while it is full, events are left out and counted.
 */
export class EventStream {
  readonly #capacity: number;
  readonly #readers = new Set<Reader>();
  #last: RunEvent | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get hasReaders(): boolean {
    return this.#readers.size > 0;
  }

  push(event: RunEvent): void {
    for (const reader of this.#readers) reader.push(event);
  }

  /** The last event; iterators that come later get it alone. */
  end(last: RunEvent): void {
    this.#last = last;
    for (const reader of this.#readers) reader.end(last);
    this.#readers.clear();
  }

  iterate(): AsyncIterableIterator<RunEvent> {
    const reader = new Reader(this.#capacity, () => this.#readers.delete(reader));
    if (this.#last === undefined) this.#readers.add(reader);
    else reader.end(this.#last);
    return reader;
  }
}

const DONE: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });

class Reader implements AsyncIterableIterator<RunEvent> {
  readonly #capacity: number;
  readonly #detach: () => void;
  #buffer: RunEvent[] = [];
  #head = 0;
  #lost = 0;
  #ended = false;
  readonly #waiting: ((result: IteratorResult<RunEvent, undefined>) => void)[] = [];

  constructor(capacity: number, detach: () => void) {
    this.#capacity = capacity;
    this.#detach = detach;
  }

  push(event: RunEvent): void {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      waiting({ done: false, value: event });
      return;
    }
    if (this.#buffer.length - this.#head >= this.#capacity) {
      this.#lost++;
      return;
    }
    this.#tellLost(event.at);
    this.#buffer.push(event);
  }

  end(last: RunEvent): void {
    const waiting = this.#waiting.shift();
    this.#ended = true;
    if (waiting === undefined) {
      this.#tellLost(last.at);
      this.#buffer.push(last);
    } else {
      waiting({ done: false, value: last });
    }
    for (const further of this.#waiting.splice(0)) further(DONE);
  }

  next(): Promise<IteratorResult<RunEvent, undefined>> {
    const value = this.#buffer[this.#head];
    if (value !== undefined) {
      this.#head++;
      this.#compact();
      return Promise.resolve({ done: false, value });
    }
    if (this.#ended) return Promise.resolve(DONE);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#detach();
    this.#ended = true;
    this.#buffer = [];
    this.#head = 0;
    for (const waiting of this.#waiting.splice(0)) waiting(DONE);
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #tellLost(at: number): void {
    if (this.#lost === 0) return;
    this.#buffer.push({ type: 'events-lost', at, count: this.#lost });
    this.#lost = 0;
  }

  #compact(): void {
    if (this.#head < 1024 || this.#head * 2 < this.#buffer.length) return;
    this.#buffer = this.#buffer.slice(this.#head);
    this.#head = 0;
  }
}
