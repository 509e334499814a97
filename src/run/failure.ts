import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A task that failed. Hidden values are masked in its message. */
export interface TaskFailure extends Diagnostic {
  readonly task: string;
  readonly attempt: number;
  /** The id of what is there nevertheless, where the handler told it: by what it threw, or by the data that it polled. */
  readonly physicalId?: string;
  /** It was the making of a replacement that failed: what it was to replace is as it was. */
  readonly replacing?: true;
  /** What the handler threw, untouched: it is the host's own. */
  readonly thrown?: unknown;
}
