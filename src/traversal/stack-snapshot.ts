import type { RunResult } from '../run/run-result.ts';
import type { SnapshotResource, StackSnapshot, StackState } from '../state/stack-state.ts';
import { fromPlain } from '../values/encode.ts';
import { isMap } from '../values/value.ts';

/** `snapshot-1`, `snapshot-2`, ... */
export function freeSnapshotName({ snapshots = [] }: StackState): string {
  const names = new Set(snapshots.map(({ name }) => name));
  let number = snapshots.length + 1;
  while (names.has(`snapshot-${number}`)) number++;
  return `snapshot-${number}`;
}

/**
 * The state with what a SNAPSHOT kept: of each resource the outputs that its `snapshot` method gave. One that failed is
 * kept as well, so that what it made can be found. Mirrors `stack_snapshot` of Heat's service.
 */
export function withSnapshot(state: StackState, name: string, { tasks }: RunResult): StackState {
  const resources = state.resources.flatMap((resource): SnapshotResource[] => {
    const outcome = tasks.get(resource.name);
    if (outcome === undefined || resource.replacedBy !== undefined) return [];
    const data = fromPlain(outcome.result?.outputs ?? {});
    const { type, physicalId } = resource;
    const id = physicalId === undefined ? {} : { physicalId };
    return [{ name: resource.name, type, ...id, data: isMap(data) ? data : new Map() }];
  });
  const made: StackSnapshot = { name, status: state.status, source: state.source, resources };
  return { ...state, snapshots: [...(state.snapshots ?? []), made] };
}
