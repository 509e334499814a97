import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import type { RunStatus, TaskStatus } from '../run/status.ts';
import { type Concurrency, ConcurrencyCount } from './concurrency.ts';

/** What happened to the tasks of one run, and when. All times are milliseconds since its first event. */
export interface Timeline {
  readonly runId: string;
  /** `IN_PROGRESS` while the events do not tell of its end. */
  readonly status: RunStatus | 'IN_PROGRESS';
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Up to the last event. */
  readonly duration: number;
  /** By index of the task. */
  readonly tasks: readonly TaskTimes[];
  readonly concurrency: Concurrency;
  /** When it failed and began to take back what it did; undefined when it did not. */
  readonly rollbackStarted: number | undefined;
  /** How many events are missing because whoever collected them was too slow. */
  readonly eventsLost: number;
}

export interface TaskTimes {
  readonly status: TaskStatus;
  /** When the last of what it requires was complete; undefined when that never came to be. */
  readonly ready: number | undefined;
  /** When its first attempt began. */
  readonly started: number | undefined;
  /** When it had its final status. */
  readonly ended: number | undefined;
  readonly attempts: readonly AttemptTimes[];
  /** The failed task because of which it was skipped or cancelled. */
  readonly cause: string | undefined;
}

export interface AttemptTimes {
  /** From 1. */
  readonly number: number;
  readonly start: number;
  /** Undefined while it is in progress. */
  readonly end: number | undefined;
  readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED' | 'CANCELLED';
  /** Why it failed. */
  readonly message: string | undefined;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

interface Draft {
  status: TaskStatus;
  ended: number | undefined;
  readonly attempts: Writable<AttemptTimes>[];
  cause: string | undefined;
}

/** Reads the events of one run, in the order in which they came. Linear. Tasks that are not in the graph are left out. */
export function readTimeline(graph: TaskGraph, events: Iterable<RunEvent>): Timeline {
  const reader = new TimelineReader(graph);
  for (const event of events) reader.read(event);
  return reader.timeline();
}

class TimelineReader {
  readonly #graph: TaskGraph;
  readonly #drafts: (Draft | undefined)[];
  readonly #concurrency = new ConcurrencyCount();
  #runId = '';
  #status: Timeline['status'] = 'IN_PROGRESS';
  #startedAt: number | undefined;
  #now = 0;
  #lost = 0;
  #rollbackStarted: number | undefined;

  constructor(graph: TaskGraph) {
    this.#graph = graph;
    this.#drafts = Array.from({ length: graph.size }, () => undefined);
  }

  read(event: RunEvent): void {
    this.#startedAt ??= event.at;
    // A clock that is put back makes nothing end before it began.
    this.#now = Math.max(this.#now, event.at - this.#startedAt);
    // From there on tasks are those of another graph, though their names may be the same.
    if (this.#rollbackStarted !== undefined && 'task' in event) return;
    switch (event.type) {
      case 'run-started':
        this.#runId = event.runId;
        break;
      case 'task-started':
        this.#begin(event.task, event.attempt);
        break;
      case 'task-retrying':
        this.#endAttempt(this.#draft(event.task), 'FAILED', event.message);
        break;
      case 'task-completed':
        this.#end(event.task, 'COMPLETE', undefined, undefined);
        break;
      case 'task-failed':
        this.#end(event.task, 'FAILED', event.message, undefined);
        break;
      case 'task-skipped':
        this.#end(event.task, 'SKIPPED', undefined, event.cause);
        break;
      case 'task-cancelled':
        this.#end(event.task, 'CANCELLED', undefined, event.cause);
        break;
      case 'rollback-started':
        this.#rollbackStarted = this.#now;
        break;
      case 'events-lost':
        this.#lost += event.count;
        break;
      case 'run-finished':
        this.#runId = event.runId;
        this.#status = event.status;
        break;
      default:
    }
  }

  timeline(): Timeline {
    return {
      runId: this.#runId,
      status: this.#status,
      startedAt: this.#startedAt ?? 0,
      duration: this.#now,
      tasks: this.#drafts.map((draft, index) => this.#times(draft, index)),
      concurrency: this.#concurrency.until(this.#now),
      rollbackStarted: this.#rollbackStarted,
      eventsLost: this.#lost,
    };
  }

  #begin(task: string, number: number): void {
    const draft = this.#draft(task);
    if (draft === undefined) return;
    // A process that is gone did not tell of the end of its attempt.
    this.#endAttempt(draft, 'CANCELLED', undefined);
    draft.status = 'IN_PROGRESS';
    draft.attempts.push({ number, start: this.#now, end: undefined, status: 'IN_PROGRESS', message: undefined });
    this.#concurrency.change(this.#now, 1);
  }

  #end(task: string, status: 'COMPLETE' | 'FAILED' | 'SKIPPED' | 'CANCELLED', message?: string, cause?: string): void {
    const draft = this.#draft(task);
    if (draft === undefined) return;
    if (status !== 'SKIPPED') this.#endAttempt(draft, status, message);
    draft.status = status;
    draft.ended = this.#now;
    draft.cause = cause;
  }

  #endAttempt(draft: Draft | undefined, status: AttemptTimes['status'], message: string | undefined): void {
    const last = draft?.attempts.at(-1);
    if (last === undefined || last.end !== undefined) return;
    last.end = this.#now;
    last.status = status;
    last.message = message;
    this.#concurrency.change(this.#now, -1);
  }

  #draft(task: string): Draft | undefined {
    const index = this.#graph.indexOf(task);
    if (index < 0) return undefined;
    this.#drafts[index] ??= { status: 'INIT', ended: undefined, attempts: [], cause: undefined };
    return this.#drafts[index];
  }

  #times(draft: Draft | undefined, index: number): TaskTimes {
    const { status = 'INIT', ended, attempts = [], cause } = draft ?? {};
    const started = attempts[0]?.start;
    const ready = this.#readyAt(index, started);
    // What was given up before it could be ready never was.
    const was =
      started === undefined && ready !== undefined && ended !== undefined && ready > ended ? undefined : ready;
    return { status, ready: was, started, ended, attempts, cause };
  }

  #readyAt(index: number, started: number | undefined): number | undefined {
    let ready = 0;
    for (const required of this.#graph.requires(index)) {
      const draft = this.#drafts[required];
      // What no event tells of was complete before this process began, if its requirer has started.
      if (draft === undefined && started !== undefined) continue;
      if (draft?.status !== 'COMPLETE' || draft.ended === undefined) return started;
      ready = Math.max(ready, draft.ended);
    }
    return started === undefined ? ready : Math.min(ready, started);
  }
}
