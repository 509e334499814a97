import { basename, extname, join } from 'node:path';
import * as say from '../diagnostics/cli.ts';
import { type Diagnostic, type TaskGraph, toJSON } from '../index.ts';
import type { Arguments } from './arguments.ts';
import { draw, endingOf, formatOf, type GraphFormat } from './draw.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type Input, readInput } from './load-stack.ts';
import { prepareStack, readAction } from './prepare-stack.ts';
import { report } from './report.ts';
import { readStateFile } from './state-file.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { writeFile } from './write-file.ts';

interface NamedGraph {
  readonly template: string;
  readonly graph: TaskGraph;
}

/** `heat-task-graph graph`: templates → their task graphs, as data or as pictures. */
export async function graphCommand(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const output = args.value('output');
  const format = (args.value('format') ?? (output && formatOf(output)) ?? 'json') as GraphFormat;
  const several = args.operands.length > 1;
  if (several && output === undefined && (format === 'svg' || format === 'html')) {
    throw new UsageError(say.manyPictures(format));
  }
  const input = await readInput('graph', args, terminal);
  const { graphs, diagnostics } = prepareAll(input, args, terminal);
  report(diagnostics, input.files.texts, args, terminal);
  const failures =
    several && output === undefined && format === 'json'
      ? printList(graphs, terminal)
      : await writeEach(graphs, format, several ? folderOf(output) : () => output, terminal);
  const [failure] = failures;
  if (failure !== undefined) throw new UsageError(say.notDrawn(failure));
  return graphs.length < Math.max(1, input.templates.length) ? EXIT.templateWrong : EXIT.fine;
}

function prepareAll(
  input: Input,
  args: Arguments,
  { cwd }: Terminal,
): { graphs: NamedGraph[]; diagnostics: Diagnostic[] } {
  const file = readStateFile(args, cwd);
  const graphs: NamedGraph[] = [];
  const diagnostics: Diagnostic[] = [...(file?.diagnostics ?? [])];
  if (file?.ok === false) return { graphs, diagnostics };
  const action = readAction('graph', args, file?.state);
  const templates = input.templates.length === 0 ? [undefined] : input.templates;
  for (const template of templates) {
    const prepared = prepareStack(input, template, action, file?.state, args.value('snapshot'));
    diagnostics.push(...prepared.diagnostics);
    if (prepared.ok) graphs.push({ template: template?.name ?? args.value('state') ?? '', graph: prepared.graph });
  }
  return { graphs, diagnostics };
}

function printList(graphs: readonly NamedGraph[], { out }: Terminal): readonly Diagnostic[] {
  const list = graphs.map(({ template, graph }) => ({ template, graph: toJSON(graph) }));
  out.write(`${JSON.stringify(list, null, 2)}\n`);
  return [];
}

/** Gives what could not be drawn. */
async function writeEach(
  graphs: readonly NamedGraph[],
  format: GraphFormat,
  fileOf: (template: string, ending: string) => string | undefined,
  { out, err, cwd }: Terminal,
): Promise<readonly Diagnostic[]> {
  const failures: Diagnostic[] = [];
  for (const { template, graph } of graphs) {
    const drawn = await draw(graph, format, { title: basename(template), legend: true });
    if (!drawn.ok) failures.push(...drawn.diagnostics);
    if (!drawn.ok) continue;
    const file = fileOf(template, endingOf(format));
    if (file === undefined) {
      out.write(drawn.text);
    } else {
      writeFile(file, drawn.text, cwd);
      err.write(`Wrote ${file}: ${graph.size} tasks, ${graph.edgeCount} edges.\n`);
    }
  }
  return failures;
}

/** A name in the folder for each template; two of the same name must not overwrite each other. */
function folderOf(folder: string | undefined): (template: string, ending: string) => string | undefined {
  if (folder === undefined) return () => undefined;
  const taken = new Map<string, string>();
  return (template, ending) => {
    const file = join(folder, `${basename(template, extname(template))}${ending}`);
    const other = taken.get(file);
    if (other !== undefined) throw new UsageError(say.sameOutput(other, template, file));
    taken.set(file, template);
    return file;
  };
}
