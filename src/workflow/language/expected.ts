/** What each key of the language wants, in words. */
const SECONDS = 'a whole number of seconds, 0 or more, or one expression';
const SWITCH = 'true, false, or one expression';
const VARIABLES = 'a mapping with at least one name';
const NAMES = 'a text, or a list of different texts';
const TRANSITIONS =
  'a task, a list of tasks and of `task: <% condition %>`, or a mapping of publish and next; `fail msg="text"` for commands';

const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['action', 'the name of an action, with parameters or without'],
  ['actions', 'a mapping of names to actions'],
  ['base', 'the name of an action'],
  ['base-input', VARIABLES],
  ['branch', VARIABLES],
  ['concurrency', 'a whole number, 0 or more, or one expression'],
  ['description', 'a text'],
  ['fail-on', SWITCH],
  ['global', VARIABLES],
  ['input', 'for a workflow or action a list of `name` and `name: default`, for a task a mapping or one expression'],
  ['join', "'all', 'one', or a whole number"],
  ['keep-result', SWITCH],
  ['name', 'a text'],
  ['on-complete', TRANSITIONS],
  ['on-error', TRANSITIONS],
  ['on-success', TRANSITIONS],
  ['output', VARIABLES],
  ['output-on-error', VARIABLES],
  ['pause-before', SWITCH],
  ['publish', VARIABLES],
  ['publish-on-error', VARIABLES],
  ['requires', NAMES],
  [
    'retry',
    '`count` and `delay`, each a whole number or one expression, and `break-on` or `continue-on`, one expression',
  ],
  ['safe-rerun', SWITCH],
  ['tags', 'a list of different texts'],
  ['target', 'a text'],
  ['task-defaults', 'a mapping with at least one policy or transition'],
  ['tasks', 'a mapping of names to tasks, each a mapping with at least one key'],
  ['timeout', SECONDS],
  ['type', "'direct' or 'reverse'"],
  ['vars', VARIABLES],
  ['version', "'2.0'"],
  ['wait-after', SECONDS],
  ['wait-before', SECONDS],
  ['with-items', '`x in <% list %>`, or a list of different ones'],
  ['workflow', 'the name of a workflow'],
  ['workflows', 'a mapping of names to workflows'],
]);

export function expectedOf(key: string): string {
  return EXPECTED.get(key) ?? 'another value';
}
