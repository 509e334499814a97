import { fromPlain } from '../values/encode.ts';
import { isMap, type Value, type ValueMap } from '../values/value.ts';
import type { ResourceState } from './stack-state.ts';

/** What a run tells of one task. An outcome of `RunResult.tasks` is one; the other fields make the state richer. */
export interface TaskReport {
  /** `COMPLETE`, `FAILED`, `IN_PROGRESS`; any other: it never began, or was taken back before it did anything. */
  readonly status: string;
  /** How often it was tried. 0: it never began. Default: as the status says. */
  readonly attempts?: number;
  readonly result?: ReportedResult;
  /** Of an UPDATE: what was decided once its values were known. Default: it was updated in place. */
  readonly decision?: 'unchanged' | 'updated' | 'replaced';
  /** It failed before anything was done: what was there is what it was. Only of what was there before. */
  readonly untouched?: boolean;
  /** The resolved inputs. Default: the values of planning time. */
  readonly inputs?: { readonly properties?: ValueMap; readonly metadata?: Value };
  /** All inputs as they were resolved: of a step of a component. Default: it is not recorded what it was made from. */
  readonly resolved?: ReadonlyMap<string, Value>;
}

/** As handlers give it: plain data or values. */
export interface ReportedResult {
  readonly physicalId?: string;
  readonly referenceId?: string;
  readonly attributes?: object;
  readonly outputs?: object;
}

/** Whether anything was done to the thing. A task that was cancelled while its handler worked has begun. */
export function hasBegun(report: TaskReport | undefined): report is TaskReport {
  if (report === undefined) return false;
  if (report.status === 'COMPLETE' || report.status === 'IN_PROGRESS') return true;
  return report.status === 'FAILED' ? report.attempts !== 0 : (report.attempts ?? 0) > 0;
}

/** What the task gave, as far as it gave anything: the rest stays what it was. */
export function resultOf(
  report: TaskReport | undefined,
): Partial<Pick<ResourceState, 'physicalId' | 'referenceId' | 'attributes' | 'outputs'>> {
  const { physicalId, referenceId, attributes, outputs } = report?.result ?? {};
  return {
    ...(physicalId !== undefined && { physicalId }),
    ...(referenceId !== undefined && { referenceId }),
    ...mapOf('attributes', attributes),
    ...mapOf('outputs', outputs),
  };
}

function mapOf<K extends string>(key: K, data: object | undefined): { readonly [P in K]?: ValueMap } {
  const value = data === undefined ? null : fromPlain(data);
  return isMap(value) && value.size > 0 ? ({ [key]: value } as { readonly [P in K]?: ValueMap }) : {};
}
