/** Where a task stands; Heat's words, and two for what a traversal leaves undone. */
export type TaskStatus = 'INIT' | 'IN_PROGRESS' | FinalStatus;

/**
 * - `SKIPPED`: something that it requires did not complete
 * - `CANCELLED`: the run was aborted, or stopped after a failure elsewhere
 */
export type FinalStatus = 'COMPLETE' | 'FAILED' | 'SKIPPED' | 'CANCELLED';

/** How a run ended: `CANCELLED` when it was aborted. */
export type RunStatus = 'COMPLETE' | 'FAILED' | 'CANCELLED';
