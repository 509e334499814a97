import PQueue from 'p-queue';

/** Runs functions, now or later. p-queue is one. */
export interface TaskQueue {
  /** The function never fails. If the promise rejects nevertheless, the queue has refused it, and the task fails. */
  add(work: () => Promise<void>): PromiseLike<unknown> | undefined;
}

/** Where work waits for a place. */
export interface WorkQueue<Work> {
  add(work: Work): void;
}

/** Does the work of a queue. */
export interface WorkStarter<Work> {
  /** There is a place, which the work has until `release` is called, once: that starts the next, at once. */
  start(work: Work, release: () => void): void;
  /** There will be no place for it. */
  refused(work: Work, error: unknown): void;
}

export type MakeWorkQueue = <Work>(starter: WorkStarter<Work>) => WorkQueue<Work>;

/** Places are those of the queue of a host. */
export function placesOf(queue: TaskQueue): MakeWorkQueue {
  return (starter) => ({
    add(work) {
      try {
        const added = queue.add(() => new Promise<void>((release) => starter.start(work, release)));
        added?.then(undefined, (error: unknown) => starter.refused(work, error));
      } catch (error) {
        starter.refused(work, error);
      }
    },
  });
}

/** As many places as that, in a p-queue of its own. */
export function places(concurrency: number): MakeWorkQueue {
  return (starter) => new Lanes(concurrency, starter);
}

// Making up an id for each is a tenth of what p-queue costs; nobody asks for them.
const SAME_ID = Object.freeze({ id: 'lane' });
const SOON = Promise.resolve();

/**
 * Each job of the p-queue is a lane, which takes work after work, told of its end by a call, and waits when there is none:
 * a job and a promise for each would be a third of what a run of many small tasks costs.
 */
class Lanes<Work> implements WorkQueue<Work> {
  readonly #queue: PQueue;
  readonly #concurrency: number;
  readonly #starter: WorkStarter<Work>;
  /** Calls lanes that wait to work. */
  readonly #idle: (() => void)[] = [];
  #lanes = 0;
  #waiting: Work[] = [];
  #next = 0;

  constructor(concurrency: number, starter: WorkStarter<Work>) {
    this.#queue = new PQueue({ concurrency });
    this.#concurrency = concurrency;
    this.#starter = starter;
  }

  add(work: Work): void {
    this.#waiting.push(work);
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      // Not at once: whoever adds it is in the middle of something.
      void SOON.then(idle);
    } else if (this.#lanes < this.#concurrency) {
      this.#lanes++;
      // It has no timeout and is never cleared, so it refuses nothing. It ends with the run.
      void this.#queue.add(() => new Promise<void>(() => this.#lane()), SAME_ID);
    }
  }

  #lane(): void {
    let starting = false;
    let released = false;
    const takeWork = (): void => {
      while (this.#next < this.#waiting.length) {
        released = false;
        starting = true;
        this.#starter.start(this.#take(), release);
        starting = false;
        if (!released) return;
      }
      this.#idle.push(takeWork);
    };
    const release = (): void => {
      released = true;
      // What ends at once is followed by the next one without a stack.
      if (!starting) takeWork();
    };
    takeWork();
  }

  #take(): Work {
    const work = this.#waiting[this.#next++] as Work;
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
    return work;
  }
}
