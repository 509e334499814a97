import type { Task } from '../graph/task.ts';
import type { Environment } from '../stack/environment.ts';
import type { WrittenHook } from '../stack/registry-hooks.ts';
import type { Stack } from '../stack/stack.ts';
import { Reader } from '../workflow/language/reader.ts';
import type { Source, SourceText } from '../yaml/source.ts';
import type { Hook, HookSelector } from './hook.ts';
import { HOOK_KEYS, HookReader } from './read-hook.ts';
import type { ReadHooks } from './read-hooks.ts';
import { WorkflowShelf } from './workflow-shelf.ts';

export interface EnvironmentHooksOptions {
  /** Documents of Mistral's language whose workflows the environment may name. */
  readonly workflows?: readonly Source[];
}

/**
 * The hooks of an environment, `resource_registry.resources.<name>.hooks`. Heat's own form is a breakpoint, which Heat
 * has once for a resource however many patterns say it; ours says what is to be done: `{post-create: {workflow: name}}`.
 * Patterns are Heat's (`fnmatch`), within `resources` of a resource for its nested stack.
 */
export function environmentHooks(of: Stack | Environment, options: EnvironmentHooksOptions = {}): ReadHooks {
  const environment = 'environment' in of ? of.environment : of;
  const reader = new Reader(environment);
  const shelf = new WorkflowShelf();
  for (const document of options.workflows ?? []) shelf.add(document);
  const files = new Map(Array.from(environment.files.values(), (file) => [file.name, file] as const));
  const resolve = (name: string): SourceText | undefined => files.get(name);
  const seen = hooksThatCount(environment);
  const hooks = environment.registry.hooks.map((written): Hook => {
    const { point, definition, path } = written;
    // `resource_registry`, `resources`, the names, `hooks`, ...
    const names = path.slice(2, path.indexOf('hooks', 3)) as string[];
    const select: HookSelector = {
      name: names.at(-1) as string,
      path: names.slice(0, -1).join('/'),
      where: (task) => seen(task).has(written),
    };
    const hook = new HookReader(definition ?? new Map(), path, reader);
    if (definition === undefined) return { ...hook.plain(), at: point, select };
    hook.allow(HOOK_KEYS);
    return { ...hook.plain(), at: point, select, ...hook.workflow({ shelf, resolve, from: '' }) };
  });
  const diagnostics = [...reader.diagnostics, ...shelf.diagnostics];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, hooks, workflows: [], diagnostics };
}

/** Which hooks hold at a task; of breakpoints at the same point only the first. */
function hooksThatCount({ registry }: Environment): (task: Task) => ReadonlySet<WrittenHook> {
  const known = new Map<string, ReadonlySet<WrittenHook>>();
  return ({ scope, name }) => {
    const key = JSON.stringify([scope, name]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const points = new Set<string>();
    const counting = registry.hooksAt(scope === '' ? [] : scope.split('/'), name).filter(({ point, definition }) => {
      if (definition !== undefined) return true;
      const isFirst = !points.has(point);
      points.add(point);
      return isFirst;
    });
    const found = new Set(counting);
    known.set(key, found);
    return found;
  };
}
