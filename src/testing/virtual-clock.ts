import type { Clock } from '../executors/clock.ts';
import { Heap } from '../run/heap.ts';

interface Timer {
  readonly at: number;
  readonly number: number;
  callback: (() => void) | undefined;
}

/** A clock whose time passes only when nothing else is left to do. */
export interface VirtualClock extends Clock {
  /** How many timers wait. */
  readonly waiting: number;
  /** Moves on to the next timer and calls it; false when none waits. */
  step(): boolean;
  /**
   * Lets time pass until the promise is settled, and gives what it gives. Between two timers everything happens that
   * needs no time. Never ends where the promise waits for something that no timer and nobody else brings.
   */
  drive<T>(promise: PromiseLike<T>): Promise<T>;
  /** Waits in virtual time; rejects with the signal's reason when that is aborted. For handlers. Bound. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * A clock for `inProcess({ clock })`: hours pass in milliseconds. Timers of one instant come in the order in which they
 * were set, so a run is the same every time, as long as its handlers wait for nothing but this clock.
 *
 * @param start Milliseconds since 1970 at the beginning. Default 0.
 */
export function virtualClock(start = 0): VirtualClock {
  return new TimerQueue(start);
}

class TimerQueue implements VirtualClock {
  readonly sleep: VirtualClock['sleep'];
  #now: number;
  #numbers = 0;
  #cancelled = 0;
  readonly #timers = new Heap<Timer>(isBefore);

  constructor(start: number) {
    this.#now = start;
    this.sleep = (ms, signal) => this.#sleep(ms, signal);
  }

  get waiting(): number {
    return this.#timers.size - this.#cancelled;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), number: this.#numbers++, callback };
    this.#timers.push(timer);
    return () => {
      if (timer.callback === undefined) return;
      timer.callback = undefined;
      this.#cancelled++;
    };
  }

  soon(callback: () => void): void {
    this.after(0, callback);
  }

  step(): boolean {
    for (let timer = this.#timers.pop(); timer !== undefined; timer = this.#timers.pop()) {
      const { callback } = timer;
      if (callback === undefined) {
        this.#cancelled--;
        continue;
      }
      timer.callback = undefined;
      this.#now = timer.at;
      callback();
      return true;
    }
    return false;
  }

  async drive<T>(promise: PromiseLike<T>): Promise<T> {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await everythingThatNeedsNoTime();
      if (settled) return promise;
      this.step();
    }
  }

  #sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      });
      if (signal?.aborted === true) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at === b.at ? a.number < b.number : a.at < b.at;
}

/** Promises settle, and what they lead to, and what waits for the event loop. */
async function everythingThatNeedsNoTime(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise<void>((resolve) => {
      if (typeof setImmediate === 'function') setImmediate(resolve);
      else setTimeout(resolve, 0);
    });
  }
}
