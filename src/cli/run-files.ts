import { basename } from 'node:path';
import * as say from '../diagnostics/cli.ts';
import {
  formatRunReport,
  type RunEvent,
  type RunResult,
  runReport,
  type TaskGraph,
  toGanttMermaid,
  toGanttSvg,
} from '../index.ts';
import type { Arguments } from './arguments.ts';
import { draw, formatOf, type GraphFormat } from './draw.ts';
import { report } from './report.ts';
import { reportLine } from './run-json.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { writeFile } from './write-file.ts';

/** What is to be written of a run when it is over. */
export interface RunFiles {
  readonly picture: Drawn<GraphFormat> | undefined;
  readonly gantt: Drawn<'svg' | 'mermaid'> | undefined;
  /** `-`: standard output. */
  readonly report: string | undefined;
  readonly needEvents: boolean;
}

interface Drawn<Format> {
  readonly file: string;
  readonly format: Format;
}

/** @throws UsageError for files whose ending says nothing. */
export function readRunFiles(args: Arguments): RunFiles {
  const gantt = readGantt(args.value('gantt'));
  const report = args.value('report');
  return {
    picture: readPicture(args.value('picture')),
    gantt,
    report,
    needEvents: gantt !== undefined || report !== undefined,
  };
}

function readPicture(file: string | undefined): RunFiles['picture'] {
  if (file === undefined) return undefined;
  const format = formatOf(file);
  if (format === undefined || format === 'json') {
    throw new UsageError(say.endingUnknown('picture', file, ['.svg', '.html', '.dot', '.mmd']));
  }
  return { file, format };
}

function readGantt(file: string | undefined): RunFiles['gantt'] {
  if (file === undefined) return undefined;
  const format = formatOf(file);
  if (format === 'svg' || format === 'mermaid') return { file, format };
  throw new UsageError(say.endingUnknown('gantt', file, ['.svg', '.mmd']));
}

export interface FinishedRun {
  readonly template: string;
  readonly graph: TaskGraph;
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
}

/** What became of the run is said already: a file that can not be written changes nothing about it. */
export async function writeRunFiles(
  { picture, gantt, report: name }: RunFiles,
  run: FinishedRun,
  sources: ReadonlyMap<string, string>,
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const { template, graph, result, events } = run;
  const title = basename(template);
  if (name !== undefined) writeReport(name, run, args, terminal);
  if (gantt !== undefined) {
    const chart = gantt.format === 'svg' ? toGanttSvg : toGanttMermaid;
    writeOrTell(gantt.file, chart(graph, events, { title }), terminal);
  }
  if (picture === undefined) return;
  const status = ({ id }: { id: string }) => result.tasks.get(id)?.status;
  const drawn = await draw(graph, picture.format, { title, legend: true, status });
  if (drawn.ok) writeOrTell(picture.file, drawn.text, terminal);
  else report(drawn.diagnostics, sources, args, terminal);
}

function writeReport(file: string, { graph, events }: FinishedRun, args: Arguments, terminal: Terminal): void {
  const made = runReport(graph, events);
  const asJson = args.value('format') === 'json';
  if (file === '-') terminal.out.write(asJson ? reportLine(made) : formatRunReport(made));
  else if (formatOf(file) === 'json') writeOrTell(file, `${JSON.stringify(made, undefined, 2)}\n`, terminal);
  else writeOrTell(file, formatRunReport(made), terminal);
}

function writeOrTell(file: string, text: string, terminal: Terminal): void {
  try {
    writeFile(file, text, terminal.cwd);
    terminal.err.write(`\nWrote ${file}.\n`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err.write(`\n${error.message}\n`);
  }
}
