import { basename } from 'node:path';
import * as say from '../diagnostics/cli.ts';
import { type Handlers, type RunResult, run, type TaskGraph } from '../index.ts';
import { type Arguments, readNumber } from './arguments.ts';
import { draw, formatOf, type GraphFormat } from './draw.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { loadHandlers, readSimulation, simulate } from './load-handlers.ts';
import { compileTemplate, readInput } from './load-stack.ts';
import { type Progress, progressFor } from './progress.ts';
import { formatOptions, report } from './report.ts';
import { eventLine, resultLine } from './run-json.ts';
import { runReport } from './run-report.ts';
import { type Terminal, wantsColour } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { writeFile } from './write-file.ts';

/** `heat-task-graph run`: a template → its task graph, run in this process. */
export async function runCommand(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [, second] = args.operands;
  if (second !== undefined) throw new UsageError(say.tooManyTemplates('run', second));
  const simulation = readSimulation(args);
  const concurrency = readNumber(args, 'concurrency', 1);
  const picture = readPicture(args);
  const input = await readInput('run', args, terminal);
  const [template] = input.templates;
  if (template === undefined) return EXIT.usage;
  const compiled = compileTemplate(input, template);
  report(compiled.diagnostics, input.files.texts, args, terminal);
  if (!compiled.ok) return EXIT.templateWrong;
  const { graph, stack } = compiled;
  const module = args.value('handlers');
  const handlers = module === undefined ? simulate(graph, simulation) : await loadHandlers(module, terminal.cwd);

  const asJson = args.value('format') === 'json';
  const colour = wantsColour(args.value('color'), terminal.err, terminal.env);
  const started = performance.now();
  const result = await runGraph(
    graph,
    { handlers, onFailure: args.value('on-failure') === 'continue' ? 'continue' : 'stop', concurrency },
    asJson ? jsonProgress(terminal) : progressFor(graph, terminal, colour),
    terminal,
  );
  if (asJson) terminal.out.write(resultLine(result));
  else {
    const format = formatOptions(input.files.texts, args, terminal);
    terminal.err.write(`\n${runReport(stack, graph, result, performance.now() - started, format)}`);
  }
  if (picture !== undefined) await drawResult(picture, template.name, graph, result, input.files.texts, args, terminal);
  return result.status === 'COMPLETE' ? EXIT.fine : EXIT.runFailed;
}

interface Settings {
  readonly handlers: Handlers;
  readonly onFailure: 'stop' | 'continue';
  readonly concurrency: number | undefined;
}

async function runGraph(
  graph: TaskGraph,
  { handlers, onFailure, concurrency }: Settings,
  progress: Progress,
  terminal: Terminal,
): Promise<RunResult> {
  const stop = new AbortController();
  const detach = terminal.onInterrupt(() => {
    progress.interrupted();
    stop.abort(new Error('interrupted'));
  });
  try {
    const running = run(graph, {
      handlers,
      onFailure,
      ...(concurrency !== undefined && { concurrency }),
      signal: stop.signal,
      onEvent: (event) => progress.event(event),
    });
    return await running.result;
  } finally {
    detach();
    progress.finish();
  }
}

function jsonProgress({ out }: Terminal): Progress {
  return { event: (event) => out.write(eventLine(event)), interrupted() {}, finish() {} };
}

interface Picture {
  readonly file: string;
  readonly format: GraphFormat;
}

function readPicture(args: Arguments): Picture | undefined {
  const file = args.value('picture');
  if (file === undefined) return undefined;
  const format = formatOf(file);
  if (format === undefined || format === 'json') {
    throw new UsageError(say.pictureFormatUnknown(file, ['.svg', '.html', '.dot', '.mmd']));
  }
  return { file, format };
}

/** What became of the run is said already: a picture that can not be drawn changes nothing about it. */
async function drawResult(
  { file, format }: Picture,
  template: string,
  graph: TaskGraph,
  result: RunResult,
  sources: ReadonlyMap<string, string>,
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const status = ({ id }: { id: string }) => result.tasks.get(id)?.status;
  const drawn = await draw(graph, format, { title: basename(template), legend: true, status });
  if (!drawn.ok) {
    report(drawn.diagnostics, sources, args, terminal);
    return;
  }
  try {
    writeFile(file, drawn.text, terminal.cwd);
    terminal.err.write(`\nWrote ${file}.\n`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err.write(`\n${error.message}\n`);
  }
}
