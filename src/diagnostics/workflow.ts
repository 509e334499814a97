import type { Diagnostic } from './diagnostic.ts';

/** Messages of `workflow/`. Mistral's names of things are kept; the sentences are our own. */
type Problem = Omit<Diagnostic, 'place' | 'path'>;

function refused(code: string, message: string, expected?: string, hint?: string): Problem {
  return {
    code,
    severity: 'error',
    message,
    ...(expected !== undefined && { expected }),
    ...(hint !== undefined && { hint }),
  };
}

function noticed(code: string, message: string, hint: string): Problem {
  return { code, severity: 'warning', message, hint };
}

function meant(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `Did you mean ${names.map((name) => `'${name}'`).join(' or ')}?`;
}

export function notADocument(found: string): Problem {
  return refused('WORKFLOW_NOT_A_MAPPING', `The document is ${found}, not a mapping.`, 'version and the definitions');
}

export function noDefinitions(what: string): Problem {
  return refused('WORKFLOW_EMPTY', `The document defines no ${what}.`, `at least one ${what} beside version`);
}

export function versionUnsupported(found: string): Problem {
  return refused('WORKFLOW_VERSION', `Version ${found} of the language is not known.`, "version: '2.0'");
}

export function versionIgnored(found: string): Problem {
  return noticed('WORKFLOW_VERSION', `Version ${found} is read as 2.0.`, "Write version: '2.0'.");
}

export function keyMissing(owner: string, key: string): Problem {
  return refused('WORKFLOW_KEY_MISSING', `${owner} has no '${key}'.`, key);
}

export function keyUnknown(owner: string, key: string, near: readonly string[]): Problem {
  return refused('WORKFLOW_KEY_UNKNOWN', `${owner} cannot have '${key}'.`, undefined, meant(near));
}

export function keyIgnored(owner: string, key: string, near: readonly string[]): Problem {
  return noticed(
    'WORKFLOW_KEY_IGNORED',
    `${owner} has '${key}', which means nothing.`,
    meant(near) ?? 'Remove it, or write it where it belongs.',
  );
}

export function keyNotText(owner: string, found: string): Problem {
  return refused('WORKFLOW_KEY_NOT_TEXT', `A key of ${owner} is ${found}.`, 'text', 'Quote it.');
}

export function wrongValue(owner: string, key: string, found: string, expected: string, hint?: string): Problem {
  return refused('WORKFLOW_VALUE', `'${key}' of ${owner} is ${found}.`, expected, hint);
}

export function repeatedItem(owner: string, key: string, item: string): Problem {
  return refused('WORKFLOW_ITEM_REPEATED', `'${key}' of ${owner} has ${item} twice.`, 'each item once');
}

export function actionAndWorkflow(owner: string): Problem {
  return refused('WORKFLOW_ACTION_AND_WORKFLOW', `${owner} has both an action and a workflow.`, 'one of the two');
}

export function oneLineWrong(text: string): Problem {
  return refused(
    'WORKFLOW_ONE_LINE',
    `'${text}' does not begin with the name of an action or workflow, or an expression.`,
    'such as `std.echo output="hello"`',
  );
}

export function expressionWrong(language: string, text: string, why: string): Problem {
  return refused(
    'WORKFLOW_EXPRESSION',
    `The ${language} expression '${text}' cannot be read: ${why}.`,
    `valid ${language}`,
  );
}

export function expressionsMixed(): Problem {
  return refused(
    'WORKFLOW_EXPRESSIONS_MIXED',
    'YAQL and Jinja cannot be in one string.',
    'one of the two',
    'Publish one part first, and use its variable.',
  );
}

export function withItemsWrong(text: string): Problem {
  return refused(
    'WORKFLOW_WITH_ITEMS',
    `'${text}' does not say what to loop over.`,
    '`x in <% expression %>` or `x in [1, 2]`',
  );
}

export function withItemsListWrong(text: string): Problem {
  return refused('WORKFLOW_WITH_ITEMS', `The list ${text} is not JSON.`, 'a JSON list, or an expression');
}

export function inputNotAMap(owner: string): Problem {
  return refused(
    'WORKFLOW_INPUT_NOT_A_MAP',
    `${owner} has its input as one expression, and parameters on the line of its action.`,
    'one of the two',
  );
}

export function nameIsUuid(name: string): Problem {
  return refused('WORKFLOW_NAME_IS_UUID', `The name '${name}' could be taken for an id.`, 'a name that is no UUID');
}

export function nameTooLong(name: string, limit: number, what: string): Problem {
  return refused(
    'WORKFLOW_NAME_TOO_LONG',
    `The name of ${what} '${name.slice(0, 40)}…' is too long.`,
    `at most ${limit} characters`,
  );
}

export function noStartTask(workflow: string): Problem {
  return refused(
    'WORKFLOW_NO_START',
    `In '${workflow}' every task waits for another: none can be the first.`,
    'a task that no transition leads to',
  );
}

export function unknownTask(task: string, near: readonly string[], commands: boolean): Problem {
  return refused(
    'WORKFLOW_TASK_UNKNOWN',
    `There is no task '${task}'.`,
    commands ? 'a task of this workflow, or noop, fail, succeed, pause' : 'a task of this workflow',
    meant(near),
  );
}

export function joinWithoutParents(task: string): Problem {
  return refused(
    'WORKFLOW_JOIN',
    `Task '${task}' joins, but no task leads to it.`,
    `a transition to '${task}'`,
    'Remove join, or name the task in an on-success, on-error or on-complete.',
  );
}

export function joinTooHigh(task: string, join: string, parents: number): Problem {
  return refused(
    'WORKFLOW_JOIN',
    `Task '${task}' joins ${join}, but only ${parents} lead to it.`,
    `at most ${parents}`,
  );
}

export function publishEmpty(): Problem {
  return refused('WORKFLOW_PUBLISH_EMPTY', 'There is nothing to publish.', 'branch or global');
}

export function atomicUnsupported(): Problem {
  return refused(
    'WORKFLOW_PUBLISH_ATOMIC',
    'Mistral reads atomic and publishes nothing.',
    'branch or global',
    'Use global, in one task at a time.',
  );
}

export function transitionLost(target: string): Problem {
  return noticed(
    'WORKFLOW_TRANSITION_LOST',
    `This leads nowhere: a mapping here is read as publish and next, and '${target}' is neither.`,
    `Write a list: [{${target}: <% … %>}].`,
  );
}

export function commandNamedTask(task: string): Problem {
  return noticed(
    'WORKFLOW_TASK_SHADOWED',
    `A transition to '${task}' is the command of the engine, never this task.`,
    'Give the task another name.',
  );
}

export function policyOfJoinIgnored(task: string, policy: string): Problem {
  return noticed(
    'WORKFLOW_POLICY_IGNORED',
    `Mistral does not apply '${policy}' to a task that joins: '${task}'.`,
    'Move it to a task of its own after the join.',
  );
}

export function requiresCycle(tasks: readonly string[]): Problem {
  return noticed(
    'WORKFLOW_REQUIRES_CYCLE',
    `These tasks wait for each other and never run: ${tasks.map((name) => `'${name}'`).join(', ')}.`,
    'Remove one requirement.',
  );
}

export function anchorsUnsupported(): Problem {
  return refused(
    'WORKFLOW_YAML_ANCHOR',
    'Mistral reads & and * as plain text, not as anchors and aliases.',
    'no anchors',
    'Write the value out, or quote it when it is meant as text.',
  );
}

/** Actions of Mistral that this library has not: they need a mail server, an engine for JavaScript, a gateway. */
const LEFT_TO_HOSTS: ReadonlySet<string> = new Set(['std.email', 'std.javascript', 'std.js', 'std.ssh_proxied']);
/** `nova.servers_create`: Mistral makes such actions of every method of OpenStack's clients. */
const OF_A_CLIENT =
  /^(aodh|barbican|cinder|designate|glance|gnocchi|heat|ironic|ironic_inspector|keystone|magnum|manila|mistral|murano|neutron|nova|sahara|senlin|swift|tacker|trove|vitrage|zaqar|zun)\.\w+$/;

export function unknownAction(action: string, near: readonly string[]): Problem {
  return refused(
    'WORKFLOW_ACTION_UNKNOWN',
    `There is no action '${action}'.`,
    'an action of the registry, or one defined in the document',
    hintFor(action, near),
  );
}

function hintFor(action: string, near: readonly string[]): string {
  const add = `actions.add('${action}', …)`;
  if (action === 'std.ssh') return `It needs the package ssh2: actions.add('std.ssh', sshAction({ knownHosts })).`;
  if (LEFT_TO_HOSTS.has(action) || OF_A_CLIENT.test(action)) return `Mistral has it; here the host adds it: ${add}.`;
  return meant(near) ?? `Add it: ${add}.`;
}

export function adHocCycle(action: string): Problem {
  return refused('WORKFLOW_ACTION_CYCLE', `The action '${action}' is based on itself.`, 'another base');
}

export function unknownWorkflow(workflow: string, near: readonly string[]): Problem {
  return refused('WORKFLOW_UNKNOWN', `There is no workflow '${workflow}'.`, 'a workflow that was loaded', meant(near));
}

export function workflowDefinedTwice(what: string, name: string): Problem {
  return refused('WORKFLOW_DEFINED_TWICE', `The ${what} '${name}' is defined twice.`, 'each name once');
}

export function inputMissing(workflow: string, names: readonly string[]): Problem {
  return refused(
    'WORKFLOW_INPUT_MISSING',
    `The workflow '${workflow}' needs ${names.map((name) => `'${name}'`).join(', ')}.`,
    'a value for each input without default',
  );
}

export function inputUnknown(workflow: string, names: readonly string[], near: readonly string[]): Problem {
  return refused(
    'WORKFLOW_INPUT_UNKNOWN',
    `The workflow '${workflow}' has no input ${names.map((name) => `'${name}'`).join(', ')}.`,
    'inputs of the workflow',
    meant(near),
  );
}

export function targetTaskMissing(workflow: string, found: string | undefined): Problem {
  return refused(
    'WORKFLOW_TARGET_TASK',
    found === undefined
      ? `The reverse workflow '${workflow}' was not told which task is wanted.`
      : `The reverse workflow '${workflow}' has no task '${found}'.`,
    'taskName: a task of the workflow',
  );
}
