/** Time as an executor sees it; tests hand in one of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once, `ms` from now or later. Returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back soon, after whatever the event loop has waiting by now. */
  soon(callback: () => void): void;
}

// What setTimeout can hold; beyond it fires at once.
const LONGEST = 0x7fff_ffff;

export const SYSTEM_CLOCK: Clock = Object.freeze({
  now: () => Date.now(),
  after(ms: number, callback: () => void): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (left: number): void => {
      const part = Math.min(left, LONGEST);
      timer = setTimeout(() => (left > part ? wait(left - part) : callback()), part);
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
  soon(callback: () => void): void {
    if (typeof setImmediate === 'function') setImmediate(callback);
    else setTimeout(callback, 0);
  },
});
