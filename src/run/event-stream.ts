import type { RunEvent } from './events.ts';

/**
 * Hands events to those who listen, and keeps none for those who do not: an iterator sees what comes after it was asked
 * for. While the buffer of an iterator is full, events are left out and counted.
 */
export class EventStream {
  readonly #readers = new Set<Reader>();
  readonly #listeners = new Set<(event: RunEvent) => void>();
  #last: RunEvent | undefined;

  get hasReaders(): boolean {
    return this.#readers.size > 0 || this.#listeners.size > 0;
  }

  push(event: RunEvent): void {
    for (const listener of this.#listeners) listener(event);
    for (const reader of this.#readers) reader.push(event);
  }

  /** Calls back with every event, at once. What is returned ends it. */
  observe(listener: (event: RunEvent) => void): () => void {
    // One function may listen twice.
    const own = (event: RunEvent): void => listener(event);
    if (this.#last === undefined) this.#listeners.add(own);
    else own(this.#last);
    return () => void this.#listeners.delete(own);
  }

  /** The last event; iterators that come later get it alone. */
  end(last: RunEvent): void {
    this.#last = last;
    for (const listener of this.#listeners) listener(last);
    this.#listeners.clear();
    for (const reader of this.#readers) reader.end(last);
    this.#readers.clear();
  }

  /** @param capacity how many events it may lag behind. */
  iterate(capacity: number): AsyncIterableIterator<RunEvent> {
    const reader = new Reader(capacity, () => this.#readers.delete(reader));
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
