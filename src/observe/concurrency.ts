/** From `at` on so many tasks were running, until the next step. */
export interface ConcurrencyStep {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly running: number;
}

/** How many tasks were running at once. */
export interface Concurrency {
  readonly most: number;
  /** Over the whole run; 0 for one that took no time. */
  readonly mean: number;
  readonly steps: readonly ConcurrencyStep[];
}

/** Counts in the order of events: what began when another ended, at the same instant, did not run beside it. */
export class ConcurrencyCount {
  readonly #steps: { readonly at: number; running: number }[] = [];
  #running = 0;
  #most = 0;
  #area = 0;
  #last = 0;

  change(at: number, by: 1 | -1): void {
    this.#area += this.#running * (at - this.#last);
    this.#last = at;
    this.#running += by;
    this.#most = Math.max(this.#most, this.#running);
    const step = this.#steps.at(-1);
    if (step?.at === at) step.running = this.#running;
    else this.#steps.push({ at, running: this.#running });
  }

  until(end: number): Concurrency {
    const area = this.#area + this.#running * (end - this.#last);
    return { most: this.#most, mean: end === 0 ? 0 : area / end, steps: this.#steps };
  }
}
