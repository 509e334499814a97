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
  /** The work goes on elsewhere: look again in so many milliseconds. */
  | { readonly type: 'polled'; readonly task: number; readonly attempt: number; readonly ms: number }
  /** The work of an attempt was given up because of a `cancel` command. */
  | { readonly type: 'cancelled'; readonly task: number; readonly attempt: number }
  | { readonly type: 'timer'; readonly task: number; readonly timer: Timer }
  /** The breakpoint of a task was cleared. */
  | { readonly type: 'cleared'; readonly task: number }
  /** `timeout`: because the time of the whole run is over, which is a failure. */
  | { readonly type: 'abort'; readonly timeout?: boolean }
  /** Nothing starts any more; what is in progress ends in its own time. Whoever comes after may go on from there. */
  | { readonly type: 'stop' }
  /** What is still in progress after an abort has had its time. */
  | { readonly type: 'grace-over' };

/** `stop`: something else failed, and this had not begun. */
export type CancelReason = 'timeout' | 'stop' | 'abort' | 'grace-over';

export type Timer = 'wait-before' | 'retry' | 'poll' | 'timeout' | 'wait-after';

/** What to do now, in this order. */
export type TraversalCommand =
  /** Attempts count from 1. */
  | { readonly type: 'run'; readonly task: number; readonly attempt: number }
  /** Look whether the work of an attempt is done. */
  | { readonly type: 'poll'; readonly task: number; readonly attempt: number }
  /** Send a `timer` event back in so many milliseconds. */
  | { readonly type: 'timer'; readonly task: number; readonly timer: Timer; readonly ms: number }
  /** The task is at its breakpoint. */
  | { readonly type: 'paused'; readonly task: number }
  /** It goes on from its breakpoint: nothing to do but to remember it. */
  | { readonly type: 'cleared'; readonly task: number }
  /** Tell the work to stop. After `abort` what has begun may still end in its own time; otherwise nobody waits for it. */
  | { readonly type: 'cancel'; readonly task: number; readonly reason: CancelReason }
  /**
   * The task has its final status. `cause`: the failed task because of which it was skipped or cancelled. `resumable`: it
   * ends only because the run was stopped, and is not to be recorded: an heir of the run takes it up again.
   */
  | {
      readonly type: 'ended';
      readonly task: number;
      readonly status: FinalStatus;
      readonly cause?: number;
      readonly resumable?: true;
    }
  | { readonly type: 'finished'; readonly status: RunStatus; readonly resumable?: true };

export interface TraversalOptions {
  /** How many tasks may be in flight at once. A task that waits for a timer is not; one that is polled is. */
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

/** How far an earlier process came, as its journal tells. Timers of what is resumed begin anew. */
export interface Recorded {
  readonly tasks: ReadonlyMap<number, RecordedTask>;
  readonly aborted?: 'abort' | 'timeout';
}

export type RecordedTask =
  /** Its breakpoint was cleared; nothing more. */
  | { readonly at: 'cleared' }
  /** The attempt began: it is made once more, with the same number. */
  | { readonly at: 'started'; readonly attempt: number }
  /** The attempt began its work: it is looked after, and not begun again. */
  | { readonly at: 'polling'; readonly attempt: number }
  /** The attempt failed, and another one is to come. */
  | { readonly at: 'retrying'; readonly attempt: number }
  /** The work is done; `waitAfter` is to come. */
  | { readonly at: 'settling'; readonly attempt: number }
  | { readonly at: 'ended'; readonly attempt: number; readonly status: FinalStatus; readonly cause?: number };
