import type { StackAction } from '../compile/stack-action.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/traversal.ts';
import type { ResourceState, StackState } from '../state/stack-state.ts';
import type { TraversalOptions } from './prepared-traversal.ts';
import { snapshotToRestore } from './restored-stack.ts';

const NEEDS_TEMPLATE: ReadonlySet<StackAction> = new Set(['CREATE', 'ADOPT', 'UPDATE']);
const NEEDS_NO_STATE: ReadonlySet<StackAction> = new Set(['CREATE', 'DELETE']);

/** Whether there is a stack: a state may tell of one that is gone. */
export function isThere(state: StackState | undefined): state is StackState {
  if (state === undefined) return false;
  return !(GONE.has(state.action) && state.status === 'COMPLETE');
}

const GONE: ReadonlySet<string> = new Set(['ABANDON', 'DELETE']);

/** What cannot be begun at all, and why. Mirrors the checks of Heat's service and of `Resource.suspend` and `resume`. */
export function refusedActions(
  action: StackAction,
  { template, state, snapshot }: Pick<TraversalOptions, 'template' | 'state' | 'snapshot'>,
): Diagnostic[] {
  const there = isThere(state);
  if (action === 'CREATE' && there) return [say.stackExists()];
  // What was abandoned can be adopted.
  const needed = action === 'ADOPT' ? state === undefined : !there && !NEEDS_NO_STATE.has(action);
  if (needed) return [say.stateNeeded(action)];
  if (template === undefined && (NEEDS_TEMPLATE.has(action) || (action === 'DELETE' && !there))) {
    return [say.templateNeeded(action)];
  }
  if (state === undefined) return [];
  switch (action) {
    case 'UPDATE':
      if (state.action === 'SUSPEND') return [say.stackNotUpdatable('suspended')];
      return state.action === 'DELETE' ? [say.stackNotUpdatable('being deleted')] : [];
    case 'SUSPEND':
      return notIn(state, action, (one) => one.action !== 'DELETE' && (one.action === action || isComplete(one)));
    case 'RESUME':
      return notIn(state, action, (one) => (one.action === 'SUSPEND' && isComplete(one)) || one.action === action);
    case 'SNAPSHOT': {
      const taken = state.snapshots?.find(({ name }) => name === snapshot);
      return taken === undefined ? [] : [say.snapshotTaken(taken.name)];
    }
    case 'RESTORE': {
      const known = (state.snapshots ?? []).map(({ name }) => name);
      return snapshotToRestore(state, snapshot) === undefined ? [say.snapshotMissing(snapshot, known)] : [];
    }
    default:
      return [];
  }
}

function isComplete({ status }: ResourceState): boolean {
  return status === 'COMPLETE';
}

function notIn({ resources }: StackState, action: string, fits: (resource: ResourceState) => boolean): Diagnostic[] {
  return resources
    .filter((one) => one.action !== 'INIT' && !fits(one))
    .map(({ name, action: last, status }) => say.resourceNotIn(action, name, `${last}_${status}`));
}
