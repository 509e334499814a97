import { readFileSync } from 'node:fs';
import * as say from '../diagnostics/cli.ts';
import { printable } from '../diagnostics/display-width.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { COMMANDS, type CommandSpec } from './command-spec.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { commandHelp, PROGRAM, programHelp } from './help.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export type Command = (args: Arguments, terminal: Terminal) => Promise<ExitCode>;

/** Loaded when they are needed, so that help and mistakes are answered at once. */
const LOADERS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['graph', async () => (await import('./graph-command.ts')).graphCommand],
  ['validate', async () => (await import('./validate-command.ts')).validateCommand],
  ['plan', async () => (await import('./plan-command.ts')).planCommand],
  ['run', async () => (await import('./run-command.ts')).runCommand],
]);

/** The whole program: never throws, and tells people what went wrong without a stack trace. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = COMMANDS.find(({ name }) => name === argv[0]);
  try {
    return await dispatch(command, argv, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      const help = command === undefined ? `${PROGRAM} --help` : `${PROGRAM} ${command.name} --help`;
      terminal.err.write(`${PROGRAM}: ${printable(error.message)} (see '${help}')\n`);
      return EXIT.usage;
    }
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    terminal.err.write(`${PROGRAM}: internal error: ${printable(what)}\n${REPORT}\n`);
    if ((terminal.env.HEAT_TASK_GRAPH_DEBUG ?? '') !== '') terminal.err.write(`${(error as Error)?.stack}\n`);
    return EXIT.internal;
  }
}

const REPORT =
  'This is a defect of heat-task-graph, not of your template. Please report it, with the template if you can. ' +
  'HEAT_TASK_GRAPH_DEBUG=1 shows where it happened.';

async function dispatch(
  command: CommandSpec | undefined,
  argv: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  if (command === undefined) return withoutCommand(argv, terminal);
  const args = readArguments(command, argv.slice(1));
  if (args.has('help')) {
    terminal.out.write(commandHelp(command));
    return EXIT.fine;
  }
  const load = LOADERS.get(command.name) as () => Promise<Command>;
  return (await load())(args, terminal);
}

function withoutCommand([first, second]: readonly string[], terminal: Terminal): ExitCode {
  if (first === '--help' || first === '-h' || (first === 'help' && second === undefined)) {
    terminal.out.write(programHelp());
    return EXIT.fine;
  }
  if (first === '--version') {
    terminal.out.write(`${version()}\n`);
    return EXIT.fine;
  }
  const names = COMMANDS.map(({ name }) => name);
  if (first === undefined) throw new UsageError(say.commandMissing(names));
  if (first === 'help') {
    const named = COMMANDS.find(({ name }) => name === second);
    if (named === undefined) throw new UsageError(say.commandUnknown(second as string, names));
    terminal.out.write(commandHelp(named));
    return EXIT.fine;
  }
  throw new UsageError(
    first.startsWith('-')
      ? say.optionUnknown(first, PROGRAM, ['--help', '--version'])
      : say.commandUnknown(first, names),
  );
}

/** `src/cli` and `dist/cli` are equally far from it. */
function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
