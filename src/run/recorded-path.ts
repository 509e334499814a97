import { pathOf } from './context-passing.ts';

/**
 * By what a thing is found in `previous` that a task names by its id in the state (`inputs.existing`): of one name there
 * may be several at once. No name and no path of a nested stack begins with slashes.
 */
export function recordedPath(scope: string, id: string): string {
  return `//${pathOf(scope, id)}`;
}
