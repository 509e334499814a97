import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import type { FinalStatus, RunStatus } from '../run/status.ts';

/**
 * Which promises of a run its events break, in words; empty when they keep them all:
 *
 * - no task starts before everything that it requires is complete; one that runs on failure not before all that is over,
 *   and something of it failed
 * - every task has one final status, and nothing happens to it afterwards
 * - attempts count from 1; only a process that goes on after another one repeats an attempt, and never one that is polled
 * - what is skipped requires something that did not complete, and names a task that failed; what runs on failure is
 *   skipped without a cause, when nothing that it requires failed
 * - no more tasks are in flight than the limit allows (those that have a `waitAfter` are not counted)
 * - the run ends once, when all tasks have, as their statuses say; time never goes back
 *
 * For the events of any executor; those of several processes one after the other. Linear.
 *
 * @param limit How many tasks may be in flight at once.
 */
export function runViolations(graph: TaskGraph, events: Iterable<RunEvent>, limit: number = Infinity): string[] {
  const check = new EventCheck(graph, limit);
  for (const event of events) check.read(event);
  check.end();
  return check.violations;
}

const FINAL: ReadonlyMap<string, FinalStatus> = new Map([
  ['task-completed', 'COMPLETE'],
  ['task-failed', 'FAILED'],
  ['task-skipped', 'SKIPPED'],
  ['task-cancelled', 'CANCELLED'],
]);

/** Words alone would not end; whoever breaks a promise a thousand times need not be told all. */
const MOST = 100;

class EventCheck {
  readonly violations: string[] = [];
  readonly #graph: TaskGraph;
  readonly #limit: number;
  readonly #status: (FinalStatus | undefined)[];
  readonly #attempts: Uint32Array;
  /** An attempt began, and neither its end nor another one's delay was told. */
  readonly #begun = new Set<number>();
  /** Skipped because nothing failed. */
  readonly #skippedWithout = new Set<number>();
  #inFlight = 0;
  readonly #polled = new Set<number>();
  /** In flight in a process that is gone: it may begin the same attempt again. */
  #interrupted = new Set<number>();
  /** The beginning is not among the events: what is not known may be complete. */
  #isPartial = false;
  #processes = 0;
  #number = -1;
  #at = Number.NEGATIVE_INFINITY;
  #finished: RunStatus | undefined;
  #rolledBack = false;

  constructor(graph: TaskGraph, limit: number) {
    this.#graph = graph;
    this.#limit = limit;
    this.#status = Array.from({ length: graph.size }, () => undefined);
    this.#attempts = new Uint32Array(graph.size);
  }

  read(event: RunEvent): void {
    this.#number++;
    if (event.at < this.#at) this.#complain('time goes back');
    this.#at = event.at;
    if (this.#finished !== undefined) this.#complain(`${event.type} after the end of the run`);
    if (event.type === 'run-finished') this.#finished = event.status;
    else if (event.type === 'run-started') this.#processBegins(event.resumed ?? 0);
    else if (event.type === 'rollback-started') this.#rolledBack = true;
    else if (!this.#rolledBack && 'task' in event) this.#task(event);
  }

  end(): void {
    if (this.#finished === undefined) this.#complain('the run does not end');
    else if (!this.#rolledBack && !this.#isPartial) this.#checkStatuses(this.#finished);
  }

  #processBegins(resumed: number): void {
    this.#isPartial ||= this.#processes === 0 && resumed > 0;
    this.#processes++;
    this.#interrupted = new Set([...this.#interrupted, ...this.#begun].filter((task) => !this.#polled.has(task)));
    for (const task of this.#interrupted) this.#ends(task);
  }

  #task(event: RunEvent & { readonly task: string }): void {
    const task = this.#graph.indexOf(event.task);
    if (task < 0) {
      this.#complain(`there is no task '${event.task}'`);
      return;
    }
    const ended = this.#status[task];
    if (ended !== undefined) this.#complain(`${event.type} of '${event.task}', which is ${ended}`);
    switch (event.type) {
      case 'task-started':
        this.#started(task, event.attempt);
        break;
      case 'task-polling':
        this.#polled.add(task);
        break;
      case 'task-retrying':
        this.#leaves(task);
        break;
      case 'task-skipped':
        this.#skipped(task, event.cause);
        break;
      default:
    }
    const status = FINAL.get(event.type);
    if (status === undefined) return;
    if ((status === 'COMPLETE' || status === 'FAILED') && this.#attempts[task] === 0 && !this.#isPartial) {
      this.#complain(`'${event.task}' is ${status}, and no attempt began`);
    }
    this.#leaves(task);
    this.#status[task] ??= status;
  }

  #started(task: number, attempt: number): void {
    const id = this.#idOf(task);
    if (this.#runsOnFailure(task)) this.#startedOnFailure(task);
    else this.#startedInOrder(task);
    const before = this.#attempts[task] as number;
    const repeats = attempt === before && this.#interrupted.has(task);
    if (!repeats && attempt !== before + 1 && !this.#isPartial) {
      this.#complain(`attempt ${attempt} of '${id}' comes after attempt ${before}`);
    }
    if (this.#polled.has(task)) this.#complain(`'${id}' is begun again, though its work goes on elsewhere`);
    if (this.#begun.has(task)) this.#complain(`'${id}' starts while it is in progress`);
    this.#attempts[task] = attempt;
    this.#interrupted.delete(task);
    this.#begun.add(task);
    if (this.#isCounted(task)) this.#inFlight++;
    if (this.#inFlight > this.#limit) this.#complain(`${this.#inFlight} tasks are in flight`);
  }

  #runsOnFailure(task: number): boolean {
    return this.#graph.tasks[task]?.policy?.runsOn === 'failure';
  }

  #startedOnFailure(task: number): void {
    if (this.#isPartial) return;
    const id = this.#idOf(task);
    const required = Array.from(this.#graph.requires(task), (one) => this.#status[one]);
    if (required.includes(undefined)) this.#complain(`'${id}' starts before all that it requires is over`);
    if (!required.includes('FAILED')) this.#complain(`'${id}' starts, and nothing that it requires failed`);
  }

  #startedInOrder(task: number): void {
    const id = this.#idOf(task);
    for (const required of this.#graph.requires(task)) {
      const status = this.#status[required];
      if (status === 'COMPLETE' || (status === undefined && this.#isPartial)) continue;
      this.#complain(`'${id}' starts before '${this.#idOf(required)}' is complete`);
    }
  }

  /** While a task waits after its work, it is in flight no more, and no event tells. */
  #isCounted(task: number): boolean {
    return (this.#graph.tasks[task]?.policy?.waitAfter ?? 0) <= 0;
  }

  #ends(task: number): void {
    if (this.#begun.delete(task) && this.#isCounted(task)) this.#inFlight--;
  }

  #leaves(task: number): void {
    this.#ends(task);
    this.#polled.delete(task);
    this.#interrupted.delete(task);
  }

  #skipped(task: number, cause: string | undefined): void {
    const id = this.#idOf(task);
    if (this.#attempts[task] !== 0) this.#complain(`'${id}' is skipped, and an attempt began`);
    if (this.#isPartial) return;
    const requires = Array.from(this.#graph.requires(task), (one) => this.#status[one]);
    if (this.#runsOnFailure(task)) {
      this.#skippedWithout.add(task);
      if (cause !== undefined) this.#complain(`'${id}' is skipped because of '${cause}', and runs on failure`);
      if (requires.includes('FAILED')) this.#complain(`'${id}' is skipped, and something that it requires failed`);
      if (requires.includes(undefined)) this.#complain(`'${id}' is skipped before all that it requires is over`);
      return;
    }
    if (cause === undefined) {
      this.#skippedWithout.add(task);
      if (!this.#waitsForAFailure(task)) this.#complain(`'${id}' is skipped, and nobody is the cause`);
    } else if (this.#status[this.#graph.indexOf(cause)] !== 'FAILED') {
      this.#complain(`'${id}' is skipped because of '${cause}', which did not fail`);
    }
    if (!requires.some((status) => status === 'FAILED' || status === 'SKIPPED')) {
      this.#complain(`'${id}' is skipped, and nothing that it requires failed or was skipped`);
    }
  }

  /** Whether it requires what runs on failure, perhaps by way of others. */
  #waitsForAFailure(task: number): boolean {
    return this.#graph
      .requires(task)
      .some((one) => this.#status[one] === 'SKIPPED' && (this.#runsOnFailure(one) || this.#skippedWithout.has(one)));
  }

  #checkStatuses(status: RunStatus): void {
    // What was for a failure that did not come is as good as complete.
    const seen = new Set(this.#status.map((one, task) => (this.#skippedWithout.has(task) ? 'COMPLETE' : one)));
    for (const [task, ended] of this.#status.entries()) {
      if (ended === undefined) this.#complain(`'${this.#idOf(task)}' has no final status`);
    }
    const isComplete = seen.size === 0 || (seen.size === 1 && seen.has('COMPLETE'));
    if ((status === 'COMPLETE') !== isComplete) this.#complain(`the run is ${status}, its tasks are not`);
    // Out of time, it fails without a task that failed.
    if (status === 'CANCELLED' && !seen.has('CANCELLED')) this.#complain('the run is CANCELLED, none of its tasks is');
  }

  #complain(what: string): void {
    if (this.violations.length < MOST) this.violations.push(`event ${this.#number}: ${what}`);
  }

  #idOf(task: number): string {
    return this.#graph.tasks[task]?.id ?? '';
  }
}
