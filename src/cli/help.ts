import { COMMANDS, type CommandSpec, type OptionSpec } from './command-spec.ts';

export const PROGRAM = 'heat-task-graph';
const WIDTH = 88;

export function programHelp(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return lines(
    'Turns OpenStack Heat templates into task graphs, and runs them.',
    '',
    `Usage: ${PROGRAM} COMMAND [OPTION]... TEMPLATE...`,
    '',
    'Commands:',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `${PROGRAM} COMMAND --help says more. ${PROGRAM} --version names the version.`,
    'A template named - is read from standard input.',
    '',
    'Exit codes: 0 fine, 1 the template is wrong, 2 the run failed, 64 wrong usage.',
  );
}

export function commandHelp(command: CommandSpec): string {
  return lines(
    command.summary,
    '',
    `Usage: ${PROGRAM} ${command.name} [OPTION]... ${command.operands}`,
    '',
    'Options:',
    ...command.options.flatMap(optionLines),
    ...(command.notes ?? []).flatMap((note) => ['', ...wrapped(note, WIDTH)]),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
  );
}

function optionLines({ name, short, value, choices, help }: OptionSpec): string[] {
  const all = choices?.join('|');
  // Many choices are told in its help.
  const taken = all !== undefined && all.length <= 40 ? all : value;
  const flag = `${short === undefined ? '    ' : `-${short}, `}--${name}${taken === undefined ? '' : ` ${taken}`}`;
  return [`  ${flag}`, ...wrapped(help, WIDTH - 10).map((line) => `          ${line}`)];
}

function wrapped(text: string, width: number): string[] {
  const result: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      result.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...result, line];
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
