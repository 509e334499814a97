import type { Task } from '../graph/task.ts';
import { SeededRandom } from './seeded-random.ts';

/** What is done to a simulated run. Parts are from 0 to 1 and 0 unless told otherwise; times are milliseconds. */
export interface Faults {
  /** The part of attempts whose handler fails. */
  readonly failures?: number;
  /** The part of attempts that fail so that another one would be no use. */
  readonly terminal?: number;
  /** The part of attempts that take `slowBy` times as long (default 10). */
  readonly slow?: number;
  readonly slowBy?: number;
  /** The part of attempts that never end of themselves: a timeout ends them, an abort, or nothing. */
  readonly hangs?: number;
  /** The part of attempts whose worker is gone midway; that is noticed after `noticedAfter` (default 10,000). */
  readonly workerLoss?: number;
  readonly noticedAfter?: number;
  /** No fault: the part of attempts whose work goes on elsewhere and is looked at every `pollEvery` (default 5,000). */
  readonly polled?: number;
  readonly pollEvery?: number;
  /** The part of results that are told twice, the second time late. */
  readonly repeated?: number;
  /**
   * What drives the run dies, and begins again from what it has recorded: at these records, the first one being 0, or at
   * a part of all records. Whether the record itself is lost or was written is up to the seed.
   */
  readonly crashes?: number | readonly number[];
  /** How long it is away (default 1,000). */
  readonly restartAfter?: number;
  /**
   * No fault: when what drives the run is told to stop. It starts nothing more, ends when nothing is in progress, and
   * another one goes on after `restartAfter`. Default: never.
   */
  readonly stopAt?: number;
  /** When the run is aborted. Default: never. */
  readonly abortAt?: number;
}

/** One thing that was done to a run. */
export interface InjectedFault {
  readonly kind: 'failure' | 'terminal' | 'slow' | 'hang' | 'worker-loss' | 'repeated' | 'crash' | 'stop' | 'abort';
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly task?: string;
  readonly attempt?: number;
  /** Of a crash: the record at which it was, and whether that was written. */
  readonly record?: number;
  readonly written?: boolean;
}

/** How an attempt goes: decided by the seed, the task and the attempt alone, never by what happens around it. */
export interface AttemptFate {
  readonly kind: 'success' | 'failure' | 'terminal' | 'hang' | 'worker-loss';
  /** How long it takes until its end is known; of a hang, for ever. */
  readonly ms: number;
  readonly slow: boolean;
  readonly polled: boolean;
  readonly repeated: boolean;
  /** Whether it ends when it is told to. */
  readonly heedsSignal: boolean;
}

export type Durations = readonly [min: number, max: number] | ((task: Task, attempt: number) => number);

export class FaultPlan {
  readonly faults: Faults;
  readonly #seed: string;
  readonly #durations: Durations;
  readonly #crashRecords: ReadonlySet<number>;
  readonly #crashRate: number;

  constructor(seed: number | string, durations: Durations, faults: Faults) {
    this.faults = faults;
    this.#seed = String(seed);
    this.#durations = durations;
    const { crashes = 0 } = faults;
    this.#crashRecords = new Set(typeof crashes === 'number' ? [] : crashes);
    this.#crashRate = typeof crashes === 'number' ? crashes : 0;
  }

  fate(task: Task, attempt: number): AttemptFate {
    const { failures = 0, terminal = 0, slow = 0, slowBy = 10, hangs = 0, workerLoss = 0 } = this.faults;
    const { polled = 0, repeated = 0, noticedAfter = 10_000 } = this.faults;
    const random = new SeededRandom(`${this.#seed}/attempt/${attempt}/${task.id}`);
    // Always the same number of draws, so that one fault more changes nothing about the others.
    const [share, slowness, polling, repetition, midway, heed] = Array.from({ length: 6 }, () =>
      random.fraction(),
    ) as Draws;
    const isSlow = slowness < slow;
    const whole = this.#duration(task, attempt) * (isSlow ? slowBy : 1);
    const kind = chosen(share, [
      ['failure', failures],
      ['terminal', terminal],
      ['hang', hangs],
      ['worker-loss', workerLoss],
    ]);
    const ms = kind === 'hang' ? Number.POSITIVE_INFINITY : whole;
    return {
      kind,
      ms: kind === 'worker-loss' ? whole * midway + noticedAfter : ms,
      slow: isSlow,
      polled: polling < polled && kind !== 'worker-loss' && kind !== 'hang',
      repeated: repetition < repeated,
      heedsSignal: heed < 0.5,
    };
  }

  /** Whether there is a crash at a record; `written`: after it is written, otherwise instead. */
  crash(record: number): { readonly written: boolean } | undefined {
    const random = new SeededRandom(`${this.#seed}/crash/${record}`);
    const [share, half] = [random.fraction(), random.fraction()];
    return this.#crashRecords.has(record) || share < this.#crashRate ? { written: half < 0.5 } : undefined;
  }

  #duration(task: Task, attempt: number): number {
    if (typeof this.#durations === 'function') return Math.max(0, this.#durations(task, attempt));
    const [min, max] = this.#durations;
    const share = new SeededRandom(`${this.#seed}/duration/${attempt}/${task.id}`).fraction();
    return Math.round(min + share * (max - min));
  }
}

type Draws = [number, number, number, number, number, number];

function chosen(share: number, parts: readonly (readonly [AttemptFate['kind'], number])[]): AttemptFate['kind'] {
  let below = 0;
  for (const [kind, part] of parts) {
    below += part;
    if (share < below) return kind;
  }
  return 'success';
}
