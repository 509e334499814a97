import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Value } from '../values/value.ts';

/** What an update will do. Made without touching anything. */
export interface UpdatePlan {
  /** Nothing refuses the update. What the lists say holds either way. */
  readonly ok: boolean;
  /** Every resource, old and new: those of the new template in its order, then those that go. */
  readonly changes: readonly ResourceChange[];
  /** Names by what becomes of the resources: the five lists of Heat's preview, in the order of `changes`. */
  readonly added: readonly string[];
  readonly deleted: readonly string[];
  readonly replaced: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  /** The tasks of the update. What is sure to be replaced is a REPLACE there. */
  readonly graph: TaskGraph;
  /** Ids of the tasks in an order in which they may run. */
  readonly order: readonly string[];
  /** What the run decides, because values are only known then. */
  readonly undecided: readonly Undecided[];
  readonly diagnostics: readonly Diagnostic[];
}

export type ChangeKind = 'added' | 'deleted' | 'replaced' | 'updated' | 'unchanged';

export interface ResourceChange {
  readonly name: string;
  readonly kind: ChangeKind;
  /** As written: in the new template, for a deleted one in the old. */
  readonly type: string;
  /** Where another one was written before. */
  readonly previousType?: string;
  /**
   * Why it is replaced: properties that cannot be changed in place, `type`, `metadata`, or `failed` (what there is has
   * failed).
   */
  readonly because: readonly string[];
  /** Properties whose values differ as written, new ones and those that go included. */
  readonly properties: readonly PropertyChange[];
  /** Other parts of the definition that differ: `metadata`, `depends_on`, ... */
  readonly parts: readonly string[];
  /**
   * What the update really does, where Heat's preview, and so `kind`, says otherwise: the preview takes an old name of a
   * property for another property, and does not know that resources with an external id are left alone.
   */
  readonly whenRun?: ChangeKind;
  /** What else may become of it when the run knows more. */
  readonly mayBe?: 'updated' | 'replaced';
  /** Retain or Snapshot, for one that goes or is replaced. */
  readonly deletionPolicy?: string;
  readonly place?: Place;
}

export interface PropertyChange {
  readonly name: string;
  /** Absent: it was not given. */
  readonly before?: Value;
  /** Absent: it is not given any more. Functions whose values are not known yet are kept as data. */
  readonly after?: Value;
  /** What the change of this property alone asks for. */
  readonly effect: 'update' | 'replace' | 'refuse';
  /** A value in it is hidden; it is not in `before` and `after`, which hold a mask. */
  readonly hidden: boolean;
}

/** Something that only the run can decide. */
export interface Undecided {
  readonly resource: string;
  /** Undefined: it is not for a property. */
  readonly property?: string;
  /** Resources whose new ids or attributes decide; none: the service is asked. */
  readonly after: readonly string[];
  readonly mayBe: 'updated' | 'replaced';
}
