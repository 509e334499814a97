import { NotData, toValue } from '../run/codec.ts';
import { endEvent } from '../run/end-event.ts';
import type { TaskFailure } from '../run/failure.ts';
import type { TaskResult } from '../run/result.ts';
import type { FinalStatus } from '../run/status.ts';
import { describeThrown, isA } from '../run/thrown.ts';
import type { Recorded } from '../run/traversal-protocol.ts';
import { type Json, toPlain } from '../values/encode.ts';
import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { LocalJob } from './local-job.ts';

/** Makes the events of a run, while somebody listens, without hidden values. */
export class RunNarrator {
  readonly #job: LocalJob;
  readonly #clock: Clock;

  constructor(job: LocalJob, clock: Clock) {
    this.#job = job;
    this.#clock = clock;
  }

  /** @param recorded how far an earlier process came. */
  runStarted(recorded: Recorded | undefined): void {
    if (!this.#job.observed()) return;
    const { runId, graph } = this.#job;
    const event = { type: 'run-started', at: this.#clock.now(), runId, tasks: graph.size } as const;
    const ended = [...(recorded?.tasks.values() ?? [])].filter(({ at }) => at === 'ended').length;
    this.#job.emit(recorded === undefined ? event : { ...event, resumed: ended });
  }

  started(attempt: Attempt): void {
    if (!this.#job.observed()) return;
    this.#job.emit({ type: 'task-started', at: this.#clock.now(), task: attempt.task.id, attempt: attempt.number });
  }

  retrying(task: number, failure: TaskFailure | undefined, delay: number): void {
    if (!this.#job.observed()) return;
    const { message = '', attempt = 1 } = failure ?? {};
    this.#job.emit({ type: 'task-retrying', at: this.#clock.now(), task: this.#id(task), attempt, message, delay });
  }

  polling(task: number, attempt: number, count: number, delay: number): void {
    if (!this.#job.observed()) return;
    const at = this.#clock.now();
    this.#job.emit({ type: 'task-polling', at, task: this.#id(task), attempt, count, delay });
  }

  paused(task: number): void {
    if (!this.#job.observed()) return;
    this.#job.emit({ type: 'task-paused', at: this.#clock.now(), task: this.#id(task) });
  }

  logged(attempt: Attempt, message: unknown, data: unknown): void {
    if (!this.#job.observed()) return;
    const { hidden } = this.#job;
    const text = hidden.text(typeof message === 'string' ? message : describeThrown(message));
    const event = { type: 'task-log', at: this.#clock.now(), task: attempt.task.id, message: text } as const;
    this.#job.emit(data === undefined ? event : { ...event, data: hidden.data(logData(data)) });
  }

  ended(
    task: number,
    status: FinalStatus,
    cause: number | undefined,
    attempt: number,
    result: TaskResult | undefined,
    failure: TaskFailure | undefined,
  ): void {
    if (!this.#job.observed()) return;
    const { physicalId } = result ?? {};
    this.#job.emit(
      endEvent(status, {
        at: this.#clock.now(),
        task: this.#id(task),
        attempt,
        cause: cause === undefined ? undefined : this.#id(cause),
        failure,
        physicalId: physicalId === undefined ? undefined : this.#job.hidden.text(physicalId),
      }),
    );
  }

  #id(task: number): string {
    return this.#job.graph.tasks[task]?.id ?? '';
  }
}

/** What cannot be data is said in words: a log never fails a task. */
function logData(data: unknown): Json {
  try {
    return toPlain(toValue(data));
  } catch (error) {
    return `(${isA(NotData, error) ? error.message : describeThrown(error)})`;
  }
}
