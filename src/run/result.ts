import type { Json } from '../values/encode.ts';
import { toPlain } from '../values/encode.ts';
import type { ValueMap } from '../values/value.ts';

/** What a task gave, as the engine keeps it. What is absent was not given. */
export interface TaskResult {
  /** The id by which the cloud knows the thing. */
  readonly physicalId?: string;
  /** What `get_resource` gives, where that is not the physical id. */
  readonly referenceId?: string;
  /** What `get_attr` gives. */
  readonly attributes?: ValueMap;
  /** Of a workflow or a nested stack; `get_attr` finds them after the attributes. */
  readonly outputs?: ValueMap;
  /** Of an UPDATE: what was decided once its values were known. Absent: it was updated in place. */
  readonly decision?: UpdateDecision;
}

export type UpdateDecision = 'unchanged' | 'updated' | 'replaced';

/** The same as ordinary JS data, for handlers and hosts. Each one is a copy: changing it changes nothing else. */
export interface PlainResult {
  readonly physicalId?: string;
  readonly referenceId?: string;
  readonly attributes: { [name: string]: Json };
  readonly outputs: { [name: string]: Json };
}

/** The result of every task that gives nothing: one object for all. */
export const EMPTY_RESULT: TaskResult = Object.freeze({});

export function plainResult(result: TaskResult): PlainResult {
  return {
    ...(result.physicalId === undefined ? {} : { physicalId: result.physicalId }),
    ...(result.referenceId === undefined ? {} : { referenceId: result.referenceId }),
    attributes: plainMap(result.attributes),
    outputs: plainMap(result.outputs),
  };
}

function plainMap(map: ValueMap | undefined): { [name: string]: Json } {
  return map === undefined ? {} : (toPlain(map) as { [name: string]: Json });
}

/** What was known of a thing before, and what an action on it has given now. */
export function mergeResults(previous: TaskResult | undefined, result: TaskResult): TaskResult {
  return previous === undefined ? result : { ...previous, ...result };
}

/** What two steps of one thing gave together, key by key: the later one counts. */
export function joinResults(earlier: TaskResult, later: TaskResult): TaskResult {
  const attributes = joinMaps(earlier.attributes, later.attributes);
  const outputs = joinMaps(earlier.outputs, later.outputs);
  return {
    ...earlier,
    ...later,
    ...(attributes !== undefined && { attributes }),
    ...(outputs !== undefined && { outputs }),
  };
}

function joinMaps(earlier: ValueMap | undefined, later: ValueMap | undefined): ValueMap | undefined {
  return earlier === undefined || later === undefined ? (later ?? earlier) : new Map([...earlier, ...later]);
}
