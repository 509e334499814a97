import { plansTwo } from '../diagnostics/plan.ts';
import {
  type CompileOptions,
  compile,
  type Diagnostic,
  formatPlan,
  type PlanOptions,
  plan,
  planToJSON,
  readState,
  type Stack,
  type StackState,
  type StateCodec,
} from '../index.ts';
import type { SourceText } from '../yaml/source.ts';
import { type Arguments, readParameters } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { hookNames, loadHooks } from './load-hooks.ts';
import { diagnosticJson, report } from './report.ts';
import { SourceFiles } from './source-files.ts';
import { readStateKey } from './state-file.ts';
import { type Terminal, wantsColour } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * `heat-task-graph plan OLD NEW`: what an update from one template, or from a recorded state, to another would do.
 * `--env` and `--param` are for both templates; `--env-old`, where it is given, stands for `--env` at the old one.
 */
export async function planCommand(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [oldName, newName, ...rest] = args.operands;
  if (oldName === undefined || newName === undefined || rest.length > 0) throw new UsageError(plansTwo());
  const files = new SourceFiles(terminal);
  const before = await files.named('template or state', oldName);
  const after = await files.named('template', newName);
  const environments = await readAll(files, args.values('env'));
  const own = args.values('env-old');
  const hooks = await loadHooks(args, files, environments, terminal.cwd);
  const common = {
    ...hookNames(hooks),
    parameters: readParameters(args),
    resolve: files.resolve,
    unknownTypes: args.has('accept-unknown-types') ? 'accept' : 'refuse',
    components: args.has('components'),
  } satisfies CompileOptions;
  const previous = readPrevious(before, readStateKey(args, terminal.cwd), {
    ...common,
    environments: own.length === 0 ? environments : await readAll(files, own),
  });
  const options: PlanOptions = { ...common, environments };
  const diagnostics: Diagnostic[] = [...files.diagnostics, ...hooks.diagnostics, ...previous.diagnostics];
  const { from } = previous;
  if (from === undefined || files.diagnostics.length > 0) {
    report(diagnostics, files.texts, args, terminal);
    return EXIT.templateWrong;
  }
  const made = plan(from, after, options);
  diagnostics.push(...made.diagnostics);
  if (args.value('format') === 'json') {
    const document = { ...planToJSON(made), diagnostics: diagnostics.map(diagnosticJson) };
    terminal.out.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    report(diagnostics, files.texts, args, terminal);
    const colour = wantsColour(args.value('color'), terminal.out, terminal.env);
    // Without a graph there was nothing to compare.
    if (made.ok || made.changes.length > 0) terminal.out.write(formatPlan(made, { colour }));
  }
  return made.ok ? EXIT.fine : EXIT.templateWrong;
}

async function readAll(files: SourceFiles, names: readonly string[]): Promise<SourceText[]> {
  const read: SourceText[] = [];
  for (const name of names) read.push(await files.named('environment', name));
  return read;
}

interface ReadPrevious {
  readonly from: Stack | StackState | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function readPrevious(source: SourceText, codec: StateCodec | undefined, options: CompileOptions): ReadPrevious {
  const data = stateData(source.text);
  if (data !== undefined) {
    const read = readState(data, codec);
    return { from: read.ok ? read.state : undefined, diagnostics: read.diagnostics };
  }
  const compiled = compile(source, options);
  // What is only a warning in the old template is no news.
  const { diagnostics } = compiled;
  return compiled.ok ? { from: compiled.stack, diagnostics: [] } : { from: undefined, diagnostics };
}

/** What JSON gives, if it looks like a recorded state: templates may be JSON as well, but have a version key. */
function stateData(text: string): object | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && 'formatVersion' in data ? data : undefined;
  } catch {
    return undefined;
  }
}
