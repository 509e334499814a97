import * as say from '../diagnostics/cli.ts';
import { type Compiled, type CompileOptions, compile, type Diagnostic, validate } from '../index.ts';
import type { SourceText } from '../yaml/source.ts';
import { type Arguments, readParameters } from './arguments.ts';
import { SourceFiles } from './source-files.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The templates that a command line names, and what they are compiled with. */
export interface Input {
  readonly templates: readonly SourceText[];
  readonly options: CompileOptions;
  readonly files: SourceFiles;
}

/** @throws UsageError when there is no template, or a file that can not be read. */
export async function readInput(command: string, args: Arguments, terminal: Terminal): Promise<Input> {
  if (args.operands.length === 0) throw new UsageError(say.templateNotNamed(command));
  const parameters = readParameters(args);
  const files = new SourceFiles(terminal);
  const templates: SourceText[] = [];
  for (const operand of args.operands) templates.push(await files.named('template', operand));
  const environments: SourceText[] = [];
  for (const name of args.values('env')) environments.push(await files.named('environment', name));
  const options: CompileOptions = {
    parameters,
    environments,
    resolve: files.resolve,
    unknownTypes: args.has('accept-unknown-types') ? 'accept' : 'refuse',
    components: args.has('components'),
    action: args.value('action') === 'delete' ? 'DELETE' : 'CREATE',
  };
  return { templates, options, files };
}

export function compileTemplate(input: Input, template: SourceText): Compiled {
  const broken = undecodable(input, template);
  return broken === undefined ? compile(template, input.options) : { ok: false, diagnostics: broken };
}

export function validateTemplate(input: Input, template: SourceText): readonly Diagnostic[] {
  return undecodable(input, template) ?? validate(template, input.options);
}

/** What a text that is none would mean further on says nothing. */
function undecodable({ files, templates }: Input, template: SourceText): Diagnostic[] | undefined {
  const others = templates.filter((one) => one !== template).map(({ name }) => name);
  const found = files.diagnostics.filter(({ place }) => !others.includes(place?.source as string));
  return found.length === 0 ? undefined : found;
}
