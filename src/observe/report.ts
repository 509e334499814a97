import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import type { RunStatus, TaskStatus } from '../run/status.ts';
import type { ConcurrencyStep } from './concurrency.ts';
import { criticalPathOf } from './path-that-was.ts';
import { readTimeline, type TaskTimes, type Timeline } from './timeline.ts';

/** What a run was, as plain JSON data. All times are milliseconds; those of tasks count from the run's beginning. */
export interface RunReport {
  readonly runId: string;
  /** `IN_PROGRESS` where the events do not tell of its end. */
  readonly status: RunStatus | 'IN_PROGRESS';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly duration: number;
  /** How many tasks there are of each status. */
  readonly counts: Readonly<Record<TaskStatus, number>>;
  /** In template order. */
  readonly tasks: readonly ReportedTask[];
  /** Why it took so long: from the task that ended last back to the beginning, always by what was required last. */
  readonly criticalPath: CriticalPathReport;
  /** Ids of the tasks that ran longest, at most 10, longest first. */
  readonly slowest: readonly string[];
  /** Attempts that failed and were followed by another one, in order of time. */
  readonly retries: readonly RetryReport[];
  readonly concurrency: {
    readonly most: number;
    /** Over the whole run; 0 for one that took no time. */
    readonly mean: number;
    /** From `at` on so many tasks were running, until the next step. */
    readonly steps: readonly ConcurrencyStep[];
  };
  /** When it failed and began to take back what it did. What follows is of another graph, and not in this report. */
  readonly rollbackStarted?: number;
  /** More than 0: events are missing, and so is what they told. */
  readonly eventsLost: number;
}

export interface ReportedTask {
  readonly task: string;
  readonly type: string;
  readonly action: string;
  readonly status: TaskStatus;
  readonly attempts: number;
  /** When the last of what it requires was complete. */
  readonly ready?: number;
  readonly started?: number;
  readonly ended?: number;
  /** From ready to started: for a free place, a breakpoint, or its `waitBefore`. */
  readonly waiting: number;
  /** All attempts together, `waitAfter` included. */
  readonly running: number;
  /** Between attempts. */
  readonly backoff: number;
  /** The failed task because of which it did not run. */
  readonly cause?: string;
  /** Why its last attempt failed. */
  readonly error?: string;
}

export interface CriticalPathReport {
  /** How long it took; equal to the sum of its steps. */
  readonly duration: number;
  /** The part of it in which nothing of it ran: for a place, a breakpoint, `waitBefore`. */
  readonly waiting: number;
  /** What came first, first. */
  readonly steps: readonly CriticalStep[];
}

export interface CriticalStep {
  readonly task: string;
  /** Since the step before ended. */
  readonly waited: number;
  /** From the beginning of its first attempt to its end. */
  readonly took: number;
}

export interface RetryReport {
  readonly task: string;
  readonly attempt: number;
  /** When the attempt failed. */
  readonly at: number;
  readonly message: string;
}

const MOST_SLOWEST = 10;

/**
 * Why a run took as long as it did, from its events: all of them, or those that came so far. No hidden value is in it,
 * because there is none in events.
 */
export function runReport(graph: TaskGraph, events: Iterable<RunEvent>): RunReport {
  const timeline = readTimeline(graph, events);
  const tasks = timeline.tasks.map((times, index) => reportTask(graph.tasks[index] as Task, times, timeline.duration));
  return {
    runId: timeline.runId,
    status: timeline.status,
    startedAt: timeline.startedAt,
    duration: timeline.duration,
    counts: countsOf(timeline),
    tasks,
    criticalPath: reportPath(graph, timeline),
    slowest: tasks
      .filter(({ started }) => started !== undefined)
      .toSorted((a, b) => b.running - a.running)
      .slice(0, MOST_SLOWEST)
      .map(({ task }) => task),
    retries: retriesOf(graph, timeline),
    concurrency: timeline.concurrency,
    ...(timeline.rollbackStarted !== undefined && { rollbackStarted: timeline.rollbackStarted }),
    eventsLost: timeline.eventsLost,
  };
}

function reportTask({ id, type, action }: Task, times: TaskTimes, now: number): ReportedTask {
  const { status, ready, started, ended, attempts, cause } = times;
  let running = 0;
  for (const { start, end = now } of attempts) running += end - start;
  const whole = started === undefined ? 0 : (ended ?? now) - started;
  const last = attempts.at(-1);
  return {
    task: id,
    type,
    action,
    status,
    attempts: last?.number ?? 0,
    ...(ready !== undefined && { ready }),
    ...(started !== undefined && { started }),
    ...(ended !== undefined && { ended }),
    waiting: ready === undefined ? 0 : (started ?? ended ?? now) - ready,
    running,
    backoff: whole - running,
    ...(cause !== undefined && { cause }),
    ...(last?.message !== undefined && { error: last.message }),
  };
}

function countsOf({ tasks }: Timeline): Record<TaskStatus, number> {
  const counts = { INIT: 0, IN_PROGRESS: 0, COMPLETE: 0, FAILED: 0, SKIPPED: 0, CANCELLED: 0 };
  for (const { status } of tasks) counts[status]++;
  return counts;
}

function reportPath(graph: TaskGraph, timeline: Timeline): CriticalPathReport {
  const steps: CriticalStep[] = [];
  let before = 0;
  let waiting = 0;
  for (const index of criticalPathOf(graph, timeline)) {
    const { started = 0, ended = timeline.duration } = timeline.tasks[index] as TaskTimes;
    const waited = started - before;
    waiting += waited;
    steps.push({ task: (graph.tasks[index] as Task).id, waited, took: ended - started });
    before = ended;
  }
  return { duration: before, waiting, steps };
}

function retriesOf(graph: TaskGraph, { tasks }: Timeline): RetryReport[] {
  const retries: RetryReport[] = [];
  for (const [index, { attempts }] of tasks.entries()) {
    for (const [i, { number, status, end, message = '' }] of attempts.entries()) {
      const another = i + 1 < attempts.length;
      if (status !== 'FAILED' || end === undefined || !another) continue;
      retries.push({ task: (graph.tasks[index] as Task).id, attempt: number, at: end, message });
    }
  }
  return retries.sort((a, b) => a.at - b.at);
}
