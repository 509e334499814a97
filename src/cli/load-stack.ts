import { asValidation } from '../compile/compile.ts';
import * as say from '../diagnostics/cli.ts';
import { type CompileOptions, compile, type Diagnostic } from '../index.ts';
import type { SourceText } from '../yaml/source.ts';
import { type Arguments, readParameters } from './arguments.ts';
import { attached, type HookSet, hookNames, isWrong, loadHooks } from './load-hooks.ts';
import { SourceFiles } from './source-files.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The templates that a command line names, and what they are compiled with. */
export interface Input {
  readonly templates: readonly SourceText[];
  readonly options: CompileOptions;
  readonly files: SourceFiles;
  readonly hooks: HookSet;
}

/** @throws UsageError when there is no template, or a file that can not be read. */
export async function readInput(command: string, args: Arguments, terminal: Terminal): Promise<Input> {
  // With a state not every action needs one.
  const needed = args.value('state') === undefined;
  if (needed && args.operands.length === 0) throw new UsageError(say.templateNotNamed(command));
  const parameters = readParameters(args);
  const files = new SourceFiles(terminal);
  const templates: SourceText[] = [];
  for (const operand of args.operands) templates.push(await files.named('template', operand));
  const environments: SourceText[] = [];
  for (const name of args.values('env')) environments.push(await files.named('environment', name));
  const hooks = await loadHooks(args, files, environments, terminal.cwd);
  const options: CompileOptions = {
    parameters,
    environments,
    ...hookNames(hooks),
    resolve: files.resolve,
    unknownTypes: args.has('accept-unknown-types') ? 'accept' : 'refuse',
    components: args.has('components'),
  };
  return { templates, options, files, hooks };
}

export function validateTemplate(input: Input, template: SourceText): readonly Diagnostic[] {
  const broken = undecodable(input, template);
  if (broken !== undefined) return broken;
  const compiled = compile(template, input.options);
  const hooked = compiled.ok && !isWrong(input.hooks) ? attached(compiled.graph, input.hooks).diagnostics : [];
  return [...asValidation(compiled), ...input.hooks.diagnostics, ...hooked];
}

/** What a text that is none would mean further on says nothing. */
export function undecodable({ files, templates }: Input, template: SourceText): Diagnostic[] | undefined {
  const others = templates.filter((one) => one !== template).map(({ name }) => name);
  const found = files.diagnostics.filter(({ place }) => !others.includes(place?.source as string));
  return found.length === 0 ? undefined : found;
}
