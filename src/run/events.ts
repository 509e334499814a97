import type { Json } from '../values/encode.ts';
import type { RunStatus } from './status.ts';

/** What an observer sees of a run. No hidden value is in any of them. `at` is the time in milliseconds since 1970. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly at: number;
      readonly runId: string;
      readonly tasks: number;
      /** So many tasks were ended before, by an earlier process. */
      readonly resumed?: number;
    }
  | { readonly type: 'task-started'; readonly at: number; readonly task: string; readonly attempt: number }
  /** The work goes on elsewhere; it is looked at again after `delay` milliseconds. `count`: from 1. */
  | {
      readonly type: 'task-polling';
      readonly at: number;
      readonly task: string;
      readonly attempt: number;
      readonly count: number;
      readonly delay: number;
    }
  /** The task waits at its breakpoint until somebody clears it. */
  | { readonly type: 'task-paused'; readonly at: number; readonly task: string }
  | {
      readonly type: 'task-log';
      readonly at: number;
      readonly task: string;
      readonly message: string;
      readonly data?: Json;
    }
  /** The attempt failed; the next one comes after `delay` milliseconds. */
  | {
      readonly type: 'task-retrying';
      readonly at: number;
      readonly task: string;
      readonly attempt: number;
      readonly message: string;
      readonly delay: number;
    }
  | {
      readonly type: 'task-completed';
      readonly at: number;
      readonly task: string;
      readonly attempt: number;
      readonly physicalId?: string;
    }
  | {
      readonly type: 'task-failed';
      readonly at: number;
      readonly task: string;
      readonly attempt: number;
      readonly code: string;
      readonly message: string;
    }
  /** `cause`: the failed task because of which it does not run. Absent: it runs on failure, and there was none. */
  | { readonly type: 'task-skipped'; readonly at: number; readonly task: string; readonly cause?: string }
  | { readonly type: 'task-cancelled'; readonly at: number; readonly task: string; readonly cause?: string }
  /** The run failed, and what it did is taken back: what follows is of the tasks of another graph. */
  | { readonly type: 'rollback-started'; readonly at: number; readonly runId: string; readonly tasks: number }
  /** An iterator that is read too slowly has lost so many events here. */
  | { readonly type: 'events-lost'; readonly at: number; readonly count: number }
  | { readonly type: 'run-finished'; readonly at: number; readonly runId: string; readonly status: RunStatus };
