import type { RunResult } from '../run/run-result.ts';
import type { TaskReport } from '../state/task-report.ts';
import { isMap } from '../values/value.ts';

/** These failed before anything was done to the thing: it is what it was. */
const UNTOUCHED: ReadonlySet<string> = new Set([
  'ACTION_RESTRICTED',
  'CHANGE_UNREADABLE',
  'EXTERNAL_ID_CHANGED',
  'INPUTS_UNRESOLVED',
  'PROPERTY_IMMUTABLE',
]);

/** What a run tells of its tasks, for a state. */
export function taskReports({ tasks }: Pick<RunResult, 'tasks'>): (id: string) => TaskReport | undefined {
  // It is asked for several times of each task, and resolves the inputs anew.
  const known = new Map<string, TaskReport | undefined>();
  const reportOf = (id: string): TaskReport | undefined => {
    const outcome = tasks.get(id);
    if (outcome === undefined) return undefined;
    const { status, attempts, result, decision, error } = outcome;
    const inputs = status === 'COMPLETE' ? tasks.inputs(id) : undefined;
    const properties = inputs?.get('properties');
    const metadata = inputs?.get('metadata');
    const untouched = status === 'FAILED' && UNTOUCHED.has(error?.code ?? '');
    return {
      status,
      attempts,
      ...(result !== undefined && { result }),
      // What failed may have left something nevertheless.
      ...(result === undefined && error?.physicalId !== undefined && { result: { physicalId: error.physicalId } }),
      ...(decision !== undefined && { decision }),
      ...(untouched && { untouched }),
      ...(inputs?.has('step') && { resolved: inputs }),
      inputs: {
        ...(properties !== undefined && { properties: isMap(properties) ? properties : new Map() }),
        ...(metadata !== undefined && { metadata }),
      },
    };
  };
  return (id) => {
    if (!known.has(id)) known.set(id, reportOf(id));
    return known.get(id);
  };
}
