/** By what a thing is known from run to run: its name, after the path of its nested stack. */
export function pathOf(scope: string, name: string): string {
  return scope === '' ? name : `${scope}/${name}`;
}

/**
 * By what a thing is found in `previous` that a task names by its id in the state (`inputs.existing`): of one name there
 * may be several at once. No name and no path of a nested stack begins with slashes.
 */
export function recordedPath(scope: string, id: string): string {
  return `//${pathOf(scope, id)}`;
}

/** By what the outputs of a hook are found in `previous`: a map of them, by what the hook stood at. */
export function hookPath(scope: string, name: string): string {
  return `///${pathOf(scope, name)}`;
}
