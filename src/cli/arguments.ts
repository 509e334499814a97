import { parseArgs } from 'node:util';
import * as say from '../diagnostics/cli.ts';
import type { CommandSpec, OptionSpec } from './command-spec.ts';
import { UsageError } from './usage-error.ts';

/** What was written after the name of a command. */
export interface Arguments {
  readonly operands: readonly string[];
  /** Whether a switch was given. */
  has(option: string): boolean;
  /** The value of an option; the last one. */
  value(option: string): string | undefined;
  values(option: string): readonly string[];
}

/** @throws UsageError for an option that the command has not, or one without its value. */
export function readArguments(command: CommandSpec, argv: readonly string[]): Arguments {
  const options = Object.fromEntries(
    command.options.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
    ]),
  );
  // Not strict: its own messages take several lines and know no near misses.
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = command.options.find(({ name }) => name === token.name);
    if (spec === undefined) throw new UsageError(unknownOption(command, token.rawName));
    const values = given.get(spec.name) ?? [];
    given.set(spec.name, [...values, checkedValue(spec, token.value, token.inlineValue === true)]);
  }
  return {
    operands,
    has: (option) => given.has(option),
    value: (option) => given.get(option)?.at(-1),
    values: (option) => given.get(option) ?? [],
  };
}

function unknownOption(command: CommandSpec, written: string): string {
  const known = command.options.map(({ name }) => `--${name}`);
  return say.optionUnknown(written, command.name, known);
}

function checkedValue(spec: OptionSpec, value: string | undefined, inline: boolean): string {
  if (spec.value === undefined) {
    if (inline) throw new UsageError(say.optionTakesNoValue(spec.name));
    return '';
  }
  if (value === undefined) throw new UsageError(say.optionNeedsValue(spec.name, spec.choices?.join('|') ?? spec.value));
  if (!inline && /^-./.test(value)) throw new UsageError(say.valueLooksLikeOption(spec.name, value));
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    throw new UsageError(say.choiceUnknown(spec.name, value, spec.choices));
  }
  return value;
}

/** @throws UsageError for anything but a whole number in range. */
export function readNumber(args: Arguments, option: string, least: number): number | undefined {
  const value = args.value(option);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < least) {
    throw new UsageError(say.numberInvalid(option, value, least));
  }
  return number;
}

/** Values of parameters as Heat's own command line passes them: text, and a list of texts for a name given twice. */
export function readParameters(args: Arguments): Map<string, string | readonly string[]> {
  const parameters = new Map<string, string | readonly string[]>();
  for (const written of args.values('param')) {
    const equals = written.indexOf('=');
    if (equals < 1) throw new UsageError(say.parameterInvalid(written));
    const name = written.slice(0, equals);
    const value = written.slice(equals + 1);
    const before = parameters.get(name);
    if (before === undefined) parameters.set(name, value);
    else parameters.set(name, [...(typeof before === 'string' ? [before] : before), value]);
  }
  return parameters;
}
