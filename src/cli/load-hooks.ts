import * as say from '../diagnostics/cli.ts';
import {
  type Attached,
  type AttachOptions,
  attachHooks,
  type CompileOptions,
  type Diagnostic,
  environmentHooks,
  type Hook,
  readHooks,
  type StackState,
  type TaskGraph,
} from '../index.ts';
import { readEnvironments } from '../stack/environment.ts';
import { resolveFrom } from '../stack/files.ts';
import type { Action } from '../workflow/actions.ts';
import { type ActionRegistry, standardActions } from '../workflow/index.ts';
import type { Source, SourceText } from '../yaml/source.ts';
import type { Arguments } from './arguments.ts';
import { loadModule } from './load-module.ts';
import type { SourceFiles } from './source-files.ts';
import { UsageError } from './usage-error.ts';

/** What `--hooks`, `--workflows`, `--actions` and the environments say is to be done beside the template's own tasks. */
export interface HookSet {
  /** Those of environments first. */
  readonly hooks: readonly Hook[];
  /** Documents of Mistral's language, those within files of hooks too. */
  readonly workflows: readonly Source[];
  readonly actions: ActionRegistry;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the command line names any. */
  readonly hasEnvironments: boolean;
}

/** @throws UsageError for a file that can not be read, or a module that has no actions. */
export async function loadHooks(
  args: Arguments,
  files: SourceFiles,
  environments: readonly SourceText[],
  cwd: string,
): Promise<HookSet> {
  const workflows: Source[] = [];
  for (const name of args.values('workflows')) workflows.push(await files.named('workflows', name));
  const hooks: Hook[] = [];
  const diagnostics: Diagnostic[] = [];
  const given = [...workflows];
  for (const name of args.values('hooks')) {
    const read = readHooks(await files.named('hooks', name), { resolve: files.resolve, workflows: given });
    diagnostics.push(...read.diagnostics);
    if (!read.ok) continue;
    hooks.push(...read.hooks);
    workflows.push(...read.workflows);
  }
  // What is wrong with environments themselves is told when the template is compiled.
  const environment = readEnvironments(environments, files.resolve, () => undefined);
  const read = environmentHooks(environment, { workflows });
  diagnostics.push(...read.diagnostics);
  if (read.ok) hooks.unshift(...read.hooks);
  const actions = await loadActions(args.value('actions'), cwd);
  return { hooks, workflows, actions, diagnostics, hasEnvironments: environments.length > 0 };
}

/** With the hooks of the environments that a stack was made with, where the command line gives none. */
export function withStateHooks(set: HookSet, state: StackState | undefined): HookSet {
  if (state === undefined || set.hasEnvironments) return set;
  const { workflows, hooks, diagnostics } = set;
  const { environments, files } = state.source;
  const read = environmentHooks(
    readEnvironments(environments, resolveFrom(files), () => undefined),
    { workflows },
  );
  const all = [...diagnostics, ...read.diagnostics];
  return { ...set, hooks: read.ok ? [...read.hooks, ...hooks] : hooks, diagnostics: all };
}

/** Those of every workflow, and those of the module. */
async function loadActions(name: string | undefined, cwd: string): Promise<ActionRegistry> {
  const registry = standardActions();
  if (name === undefined) return registry;
  const loaded = await loadModule('actions', name, cwd);
  if (typeof loaded !== 'object' || loaded === null) throw new UsageError(say.noActions(name));
  const entries: Iterable<[string, unknown]> = loaded instanceof Map ? loaded : Object.entries(loaded);
  for (const [key, action] of entries) {
    if (!isAction(action)) throw new UsageError(say.noActions(name));
    registry.add(key, action);
  }
  return registry;
}

function isAction(action: unknown): action is Action | Action['run'] {
  return typeof action === 'function' || (typeof action === 'object' && action !== null && 'run' in action);
}

export function isWrong({ diagnostics }: HookSet): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** For the compiler: names that the template may refer to. */
export function hookNames({ hooks }: HookSet): Pick<CompileOptions, 'hooks'> {
  return { hooks: hooks.flatMap(({ name }) => (name === undefined ? [] : [name])) };
}

/** The graph with its hooks. */
export function attached(
  graph: TaskGraph,
  { hooks, actions }: HookSet,
  options: Pick<AttachOptions, 'rollback'> = {},
): Attached {
  if (hooks.length === 0) return { ok: true, graph, diagnostics: [] };
  return attachHooks(graph, hooks, { ...options, actions });
}
