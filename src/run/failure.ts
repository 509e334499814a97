import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A task that failed. Hidden values are masked in its message. */
export interface TaskFailure extends Diagnostic {
  readonly task: string;
  readonly attempt: number;
  /** What the handler threw, untouched: it is the host's own. */
  readonly thrown?: unknown;
}
