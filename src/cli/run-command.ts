import * as say from '../diagnostics/cli.ts';
import { mistralHandlers } from '../executors/workflow/index.ts';
import { type Handler, type Handlers, type RunEvent, type RunResult, run, type TaskGraph } from '../index.ts';
import type { ActionRegistry } from '../workflow/index.ts';
import { type Arguments, readNumber } from './arguments.ts';
import { Breakpoints, type Clearing, readClearing } from './breakpoints.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { loadHandlers, readSimulation, simulate } from './load-handlers.ts';
import type { HookSet } from './load-hooks.ts';
import { compileTemplate, readInput } from './load-stack.ts';
import { type OpenedJournal, openJournal } from './open-journal.ts';
import { type Progress, progressFor } from './progress.ts';
import { formatOptions, report } from './report.ts';
import { readRunFiles, writeRunFiles } from './run-files.ts';
import { eventLine, resultLine } from './run-json.ts';
import { runSummary } from './run-summary.ts';
import { type Terminal, wantsColour } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `heat-task-graph run`: a template → its task graph, run in this process. */
export async function runCommand(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [, second] = args.operands;
  if (second !== undefined) throw new UsageError(say.tooManyTemplates('run', second));
  const simulation = readSimulation(args);
  const concurrency = readNumber(args, 'concurrency', 1);
  const files = readRunFiles(args);
  const input = await readInput('run', args, terminal);
  const [template] = input.templates;
  if (template === undefined) return EXIT.usage;
  const compiled = compileTemplate(input, template);
  report(compiled.diagnostics, input.files.texts, args, terminal);
  if (!compiled.ok) return EXIT.templateWrong;
  const { graph, stack } = compiled;
  const module = args.value('handlers');
  const own = module === undefined ? simulate(graph, simulation) : await loadHandlers(module, terminal.cwd);
  const handlers = args.has('mistral') ? withMistral(own, input.hooks) : own;
  const clearing = readClearing(args, graph, terminal);

  const asJson = args.value('format') === 'json';
  const colour = wantsColour(args.value('color'), terminal.err, terminal.env);
  const opened = await openJournal(args, terminal.cwd);
  const started = performance.now();
  const events: RunEvent[] | undefined = files.needEvents ? [] : undefined;
  const result = await runGraph(
    graph,
    { handlers, actions: input.hooks.actions, clearing, onFailure: readOnFailure(args), concurrency, opened },
    asJson ? jsonProgress(terminal) : progressFor(graph, terminal, colour, clearing === 'ask'),
    events,
    terminal,
  );
  if (asJson) terminal.out.write(resultLine(result));
  else {
    const format = formatOptions(input.files.texts, args, terminal);
    terminal.err.write(`\n${runSummary(stack, graph, result, performance.now() - started, format)}`);
  }
  await writeRunFiles(
    files,
    { template: template.name, graph, result, events: events ?? [] },
    input.files.texts,
    args,
    terminal,
  );
  return result.status === 'COMPLETE' ? EXIT.fine : EXIT.runFailed;
}

function readOnFailure(args: Arguments): Settings['onFailure'] {
  const wanted = args.value('on-failure');
  return wanted === 'continue' || wanted === 'rollback' ? wanted : 'stop';
}

interface Settings {
  readonly handlers: Handlers;
  readonly actions: ActionRegistry;
  readonly clearing: Clearing;
  readonly onFailure: 'stop' | 'continue' | 'rollback';
  readonly concurrency: number | undefined;
  readonly opened: OpenedJournal | undefined;
}

async function runGraph(
  graph: TaskGraph,
  { handlers, actions, clearing, onFailure, concurrency, opened }: Settings,
  progress: Progress,
  events: RunEvent[] | undefined,
  terminal: Terminal,
): Promise<RunResult> {
  const stop = new AbortController();
  const breakpoints = new Breakpoints(clearing, graph, terminal, progress);
  const detach = terminal.onInterrupt(() => {
    progress.interrupted();
    stop.abort(new Error('interrupted'));
  });
  try {
    const running = run(graph, {
      handlers,
      actions,
      onFailure,
      ...(concurrency !== undefined && { concurrency }),
      ...(opened !== undefined && { journal: opened.journal }),
      ...(opened?.runId !== undefined && { runId: opened.runId }),
      signal: stop.signal,
      onEvent: (event) => {
        progress.event(event);
        breakpoints.event(event);
        events?.push(event);
      },
    });
    breakpoints.attach(running);
    return await running.result;
  } finally {
    detach();
    breakpoints.detach();
    progress.finish();
    await opened?.journal.close();
  }
}

function jsonProgress({ out, err }: Terminal): Progress {
  return {
    event: (event) => out.write(eventLine(event)),
    tell: (text) => err.write(`${text}\n`),
    interrupted() {},
    cleared() {},
    typed() {},
    finish() {},
  };
}

/** Beside whatever does the rest. */
function withMistral(own: Handlers, { workflows, actions }: HookSet): Handlers {
  const entries: Iterable<[string, Handler]> = own instanceof Map ? own : Object.entries(own);
  return new Map([...entries, ...Object.entries(mistralHandlers({ workflows, actions }))]);
}
