import type { Recorded, RecordedTask } from '../run/traversal-protocol.ts';
import type { FaultPlan } from './simulated-faults.ts';

/** Thrown where the process that drives a run dies. */
export class SimulatedCrash {
  readonly record: number;
  readonly written: boolean;

  constructor(record: number, written: boolean) {
    this.record = record;
    this.written = written;
  }
}

/** The record of a simulated run, which outlives the processes that drive it. Every record may be the last of one. */
export class SimulatedRecord implements Recorded {
  readonly tasks: Map<number, RecordedTask> = new Map();
  aborted?: 'abort' | 'timeout';
  readonly #plan: FaultPlan;
  #count = 0;
  #last: SimulatedCrash | undefined;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  /** How many records were begun, those included that were lost. */
  get count(): number {
    return this.#count;
  }

  /** @throws SimulatedCrash instead of writing it, or after. */
  task(task: number, recorded: RecordedTask): void {
    this.#write(() => this.tasks.set(task, recorded));
  }

  /** @throws SimulatedCrash */
  abort(reason: 'abort' | 'timeout'): void {
    this.#write(() => {
      this.aborted = reason;
    });
  }

  /** Whether the process dies now: to be asked after what a record is about was told. @throws SimulatedCrash */
  crashIfDue(): void {
    const due = this.#last;
    this.#last = undefined;
    if (due !== undefined) throw due;
  }

  #write(write: () => void): void {
    const number = this.#count++;
    const crash = this.#plan.crash(number);
    if (crash !== undefined && !crash.written) throw new SimulatedCrash(number, false);
    write();
    if (crash !== undefined) this.#last = new SimulatedCrash(number, true);
  }
}
