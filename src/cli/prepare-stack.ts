import * as say from '../diagnostics/cli.ts';
import { isThere, type PreparedTraversal, prepareTraversal, type StackAction, type StackState } from '../index.ts';
import type { SourceText } from '../yaml/source.ts';
import type { Arguments } from './arguments.ts';
import { attached, isWrong, withStateHooks } from './load-hooks.ts';
import { type Input, undecodable } from './load-stack.ts';
import { UsageError } from './usage-error.ts';

const WITHOUT_STATE: ReadonlySet<string> = new Set(['create', 'delete']);
const WITH_TEMPLATE: ReadonlySet<string> = new Set(['create', 'update', 'adopt']);

/**
 * What `--action` says. Without it a stack that the state tells of is updated, any other created.
 *
 * @throws UsageError where a state is needed, or a template.
 */
export function readAction(command: string, args: Arguments, state: StackState | undefined): StackAction {
  const word = args.value('action') ?? (isThere(state) ? 'update' : 'create');
  if (!WITHOUT_STATE.has(word) && args.value('state') === undefined) throw new UsageError(say.actionNeedsState(word));
  const needed = WITH_TEMPLATE.has(word) || !isThere(state);
  if (needed && args.operands.length === 0) throw new UsageError(say.templateNotNamed(command));
  return word.toUpperCase() as StackAction;
}

/** What is to be done with a stack, hooks included. */
export function prepareStack(
  input: Input,
  template: SourceText | undefined,
  action: StackAction,
  state: StackState | undefined,
  snapshot: string | undefined,
): PreparedTraversal {
  const broken = template && undecodable(input, template);
  if (broken !== undefined) return { ok: false, diagnostics: broken };
  const hooks = template === undefined ? withStateHooks(input.hooks, state) : input.hooks;
  const prepared = prepareTraversal(action, {
    ...input.options,
    ...(template !== undefined && { template }),
    ...(state !== undefined && { state }),
    ...(snapshot !== undefined && { snapshot }),
    attach: (graph, options) => (isWrong(hooks) ? { ok: false, diagnostics: [] } : attached(graph, hooks, options)),
  });
  const diagnostics = [...prepared.diagnostics, ...hooks.diagnostics];
  return { ...prepared, diagnostics };
}
