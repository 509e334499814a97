import { ACTIONS } from './stack-actions.ts';

/** What a command takes, as data: arguments are read by it and help is written from it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Its operands as usage lines show them. */
  readonly operands: string;
  readonly options: readonly OptionSpec[];
  /** What the options do not say, as paragraphs. */
  readonly notes?: readonly string[];
  readonly examples: readonly string[];
}

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** What stands for its value in help; without it the option is a switch. */
  readonly value?: string;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** Whether it may be given several times; otherwise the last one counts. */
  readonly multiple?: true;
  readonly help: string;
}

const HELP: OptionSpec = { name: 'help', short: 'h', help: 'Show this help.' };

const COLOR: OptionSpec = {
  name: 'color',
  value: 'WHEN',
  choices: ['auto', 'always', 'never'],
  help: 'Whether to use colours. auto (default): on a terminal, unless NO_COLOR is set.',
};

/** How a template becomes a stack: the same for every command. */
const STACK: readonly OptionSpec[] = [
  { name: 'env', short: 'e', value: 'FILE', multiple: true, help: 'An environment; later ones override earlier ones.' },
  {
    name: 'param',
    short: 'p',
    value: 'NAME=VALUE',
    multiple: true,
    help: 'The value of a parameter, as text; it comes before environments. Given twice, the values make a list.',
  },
  { name: 'accept-unknown-types', help: 'Let resources have types that Heat does not know.' },
  { name: 'components', help: 'Read the section components, which Heat refuses.' },
];

/** What is to be done beside the template's own tasks. */
const HOOKS: readonly OptionSpec[] = [
  {
    name: 'hooks',
    value: 'FILE',
    multiple: true,
    help: 'A file of hooks: workflows before, after or instead of tasks.',
  },
  {
    name: 'workflows',
    value: 'FILE',
    multiple: true,
    help: "A document in Mistral's language, whose workflows hooks may name.",
  },
  {
    name: 'actions',
    value: 'MODULE',
    help: 'A JavaScript module with actions for workflows, beside the standard ones.',
  },
];

const STATE_KEY: OptionSpec = {
  name: 'state-key',
  value: 'FILE',
  help: 'The secret with which hidden values in the state are encrypted. Without it they are left out.',
};

/** What is to be done with a stack, and with which. */
const ACTION: readonly OptionSpec[] = [
  {
    name: 'action',
    value: 'ACTION',
    choices: ACTIONS,
    help: 'What to do with the stack: one of create, update, delete, rollback, check, suspend, resume, snapshot, restore, adopt and abandon. Default: update where --state tells of a stack, otherwise create.',
  },
  {
    name: 'state',
    value: 'FILE',
    help: 'What there is of the stack. Where there is no such file, there is no stack yet.',
  },
  STATE_KEY,
  { name: 'snapshot', value: 'NAME', help: 'The snapshot that is made, or restored.' },
];

export const GRAPH_FORMATS = ['json', 'dot', 'mermaid', 'svg', 'html'] as const;

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'graph',
    summary: 'Print the task graph of a template, or draw it.',
    operands: 'TEMPLATE...',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        choices: GRAPH_FORMATS,
        help: 'What to print. Default: by the name that --output gives, otherwise json.',
      },
      {
        name: 'output',
        short: 'o',
        value: 'FILE',
        help: 'Write to this file, not to standard output. A folder, when there are several templates.',
      },
      ...ACTION,
      ...HOOKS,
      ...STACK,
      COLOR,
      HELP,
    ],
    notes: [
      'Several templates as json make a list of {template, graph}. As svg or html they need --output.',
      'Values of hidden parameters stand in clear in the json form: a graph is there to be run. No picture shows them.',
    ],
    examples: [
      'heat-task-graph graph stack.yaml --env prod.yaml --output stack.svg',
      'heat-task-graph graph stack.yaml --format mermaid --param image=debian-13',
      'cat stack.yaml | heat-task-graph graph - --format dot | dot -Tpdf > stack.pdf',
    ],
  },
  {
    name: 'validate',
    summary: 'Say everything that is wrong with templates, at once.',
    operands: 'TEMPLATE...',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        choices: ['text', 'json'],
        help: 'text (default): for people, on standard error. json: one document, on standard output.',
      },
      ...HOOKS,
      ...STACK,
      COLOR,
      HELP,
    ],
    notes: ['A parameter without value is only a warning here: the values may come later.'],
    examples: [
      'heat-task-graph validate stack.yaml --env prod.yaml',
      'heat-task-graph validate templates/*.yaml --format json',
    ],
  },
  {
    name: 'plan',
    summary: 'Say what an update from one template to another would do.',
    operands: 'OLD NEW',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        choices: ['text', 'json'],
        help: 'text (default): for people. json: one document. Both on standard output.',
      },
      {
        name: 'env-old',
        value: 'FILE',
        multiple: true,
        help: 'An environment of the old template. Default: those that --env gives.',
      },
      STATE_KEY,
      ...HOOKS,
      ...STACK,
      COLOR,
      HELP,
    ],
    notes: [
      'OLD is a template, or a state that was recorded after a run. Nothing is touched.',
      'The exit code is 1 when the update would be refused.',
    ],
    examples: [
      'heat-task-graph plan stack.yaml changed.yaml --env prod.yaml',
      'heat-task-graph plan stack.yaml stack.yaml --env-old before.yaml --env after.yaml',
      'heat-task-graph plan state.json changed.yaml --format json',
    ],
  },
  {
    name: 'run',
    summary: 'Run the task graph of a template in this process.',
    operands: 'TEMPLATE',
    options: [
      {
        name: 'handlers',
        value: 'MODULE',
        help: 'The JavaScript module that does the work. Default: a simulated cloud.',
      },
      { name: 'concurrency', value: 'N', help: 'How many tasks may be in progress at once. Default: 10.' },
      {
        name: 'on-failure',
        value: 'WHAT',
        choices: ['stop', 'continue', 'rollback'],
        help: 'stop (default): start nothing more. continue: go on with what does not require the failed task. rollback: go back to what there was: delete what was created, undo what was updated.',
      },
      {
        name: 'journal',
        value: 'FILE',
        help: 'Record the run in this file, so that it can be gone on with after a crash.',
      },
      { name: 'resume', help: 'Go on with the run of the journal: nothing that is complete is done again.' },
      ...ACTION,
      {
        name: 'simulate-delay',
        value: 'MIN:MAX',
        help: 'How long simulated tasks take, in milliseconds. Default: 0:0.',
      },
      { name: 'simulate-failure', value: 'TASK', multiple: true, help: 'A simulated task that fails.' },
      { name: 'seed', value: 'N', help: 'Another number, another simulated cloud. Default: 1.' },
      {
        name: 'picture',
        value: 'FILE',
        help: 'At the end, draw how far each task came: .svg, .html, .dot or .mmd.',
      },
      {
        name: 'report',
        value: 'FILE',
        help: 'At the end, say where the time went: critical path, waiting, retries. As JSON to a .json; - is standard output.',
      },
      { name: 'gantt', value: 'FILE', help: 'At the end, draw when each task ran: .svg or .mmd.' },
      {
        name: 'format',
        value: 'FORMAT',
        choices: ['text', 'json'],
        help: 'text (default): progress on standard error. json: events and the result on standard output, one a line.',
      },
      ...HOOKS,
      { name: 'clear-breakpoints', help: 'Wait at no breakpoint.' },
      { name: 'mistral', help: 'Run the workflows of OS::Mistral resources in this process, whatever does the rest.' },
      ...STACK,
      COLOR,
      HELP,
    ],
    notes: [
      'The module exports handlers by resource type, as its default: {"OS::Nova::Server": {create(ctx) {...}}, "*": ...}.',
      'Hooks are run as they say, also beside a simulated cloud: std.http calls what it is told to call.',
      'At a breakpoint a terminal is asked. With --format json, lines "clear ID" on standard input go on.',
      'Ctrl+C starts nothing more and lets tasks in progress end; a second one asks them to stop, a third one ends the process. With --journal, --resume goes on from there.',
      'With --state the state that the run leaves, whatever became of it, is written to the file at the end.',
    ],
    examples: [
      'heat-task-graph run stack.yaml --env prod.yaml --simulate-delay 100:800',
      'heat-task-graph run stack.yaml --simulate-failure db_server --on-failure continue',
      'heat-task-graph run stack.yaml --handlers ./handlers.mjs --format json > events.jsonl',
      'heat-task-graph run stack.yaml --hooks hooks.yaml --actions ./actions.mjs',
    ],
  },
];
