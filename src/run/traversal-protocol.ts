import type { FinalStatus, RunStatus } from './status.ts';

/**
 * What happened outside. `task` is an index into `graph.tasks`. An event that does not fit where its task stands (a late
 * result, one that is told twice) changes nothing: whoever drives the traversal may repeat itself.
 */
export type TraversalEvent =
  | { readonly type: 'started'; readonly task: number; readonly attempt: number }
  | { readonly type: 'succeeded'; readonly task: number; readonly attempt: number }
  /** `terminal`: another attempt would be no use. */
  | { readonly type: 'failed'; readonly task: number; readonly attempt: number; readonly terminal?: boolean }
  /** The work of an attempt was given up because of a `cancel` command. */
  | { readonly type: 'cancelled'; readonly task: number; readonly attempt: number }
  | { readonly type: 'timer'; readonly task: number; readonly timer: Timer }
  | { readonly type: 'abort' }
  /** What is still in progress after an abort has had its time. */
  | { readonly type: 'grace-over' };

/** `stop`: something else failed, and this had not begun. */
export type CancelReason = 'timeout' | 'stop' | 'abort' | 'grace-over';

export type Timer = 'wait-before' | 'retry' | 'timeout' | 'wait-after';

/** What to do now, in this order. */
export type TraversalCommand =
  /** Attempts count from 1. */
  | { readonly type: 'run'; readonly task: number; readonly attempt: number }
  /** Send a `timer` event back in so many milliseconds. */
  | { readonly type: 'timer'; readonly task: number; readonly timer: Timer; readonly ms: number }
  /** Tell the work to stop. After `abort` what has begun may still end in its own time; otherwise nobody waits for it. */
  | { readonly type: 'cancel'; readonly task: number; readonly reason: CancelReason }
  /** The task has its final status. `cause`: the failed task because of which it was skipped or cancelled. */
  | { readonly type: 'ended'; readonly task: number; readonly status: FinalStatus; readonly cause?: number }
  | { readonly type: 'finished'; readonly status: RunStatus };

export interface TraversalOptions {
  /** How many tasks may be in flight at once. A task that waits for a timer is not. */
  readonly concurrency: number;
  /**
   * After a failure: `stop` starts no further task and lets those in progress finish, further attempts included;
   * `continue` goes on with everything that does not require the failed task.
   */
  readonly onFailure: 'stop' | 'continue';
  /** Limits of the pools that policies name; a pool that is not named here has none. */
  readonly pools?: ReadonlyMap<string, number>;
  /** Length of the longest way from each task to the end: longer starts earlier. Default: template order decides. */
  readonly lengths?: ArrayLike<number>;
}
