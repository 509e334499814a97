import * as say from '../diagnostics/cli.ts';
import { mistralHandlers } from '../executors/workflow/index.ts';
import {
  type Handler,
  type Handlers,
  type ReadyTraversal,
  type Run,
  type RunEvent,
  type RunOptions,
  type RunResult,
  run,
  type TaskGraph,
} from '../index.ts';
import type { SimulationOptions } from '../testing/index.ts';
import type { ActionRegistry } from '../workflow/index.ts';
import { type Arguments, readNumber } from './arguments.ts';
import { Breakpoints, type Clearing, readClearing } from './breakpoints.ts';
import { chooseProgress } from './choose-progress.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { loadHandlers, readSimulation, simulate } from './load-handlers.ts';
import type { HookSet } from './load-hooks.ts';
import { type Input, readInput } from './load-stack.ts';
import { type OpenedJournal, openJournal } from './open-journal.ts';
import { prepareStack, readAction } from './prepare-stack.ts';
import type { Progress } from './progress.ts';
import { formatOptions, report } from './report.ts';
import { type RunFiles, readRunFiles, writeRunFiles } from './run-files.ts';
import { eventLine, resultLine } from './run-json.ts';
import { runSummary } from './run-summary.ts';
import { lockState, readStateFile, type StateFile, writeStateFile } from './state-file.ts';
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
  const unlock = lockState(args, terminal.cwd);
  try {
    return await runStack(args, terminal, { input, simulation, concurrency, files });
  } finally {
    unlock();
  }
}

/** What the command line says of a run. */
interface Given {
  readonly input: Input;
  readonly simulation: SimulationOptions;
  readonly concurrency: number | undefined;
  readonly files: RunFiles;
}

async function runStack(
  args: Arguments,
  terminal: Terminal,
  { input, simulation, concurrency, files }: Given,
): Promise<ExitCode> {
  const [template] = input.templates;
  const file = readStateFile(args, terminal.cwd);
  const action = readAction('run', args, file?.state);
  if (file?.ok === false) {
    report(file.diagnostics, input.files.texts, args, terminal);
    return EXIT.templateWrong;
  }
  const prepared = prepareStack(input, template, action, file?.state, args.value('snapshot'));
  report([...(file?.diagnostics ?? []), ...prepared.diagnostics], input.files.texts, args, terminal);
  if (!prepared.ok) return EXIT.templateWrong;
  const { graph, stack } = prepared;
  const name = template?.name ?? file?.name ?? '';
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
    {
      handlers,
      actions: input.hooks.actions,
      clearing,
      ...prepared.runOptions,
      ...readOnFailure(args),
      concurrency,
      opened,
    },
    asJson ? jsonProgress(terminal) : chooseProgress(graph, terminal, colour, clearing === 'ask'),
    events,
    terminal,
  );
  if (asJson) terminal.out.write(resultLine(result));
  else {
    const format = formatOptions(input.files.texts, args, terminal);
    const subject = { action, name, ...(stack !== undefined && { stack }) };
    terminal.err.write(`\n${runSummary(subject, graph, result, performance.now() - started, format)}`);
  }
  if (file !== undefined) keepState(file, prepared, result, opened !== undefined, terminal);
  await writeRunFiles(
    files,
    { template: name, graph, result, events: events ?? [] },
    input.files.texts,
    args,
    terminal,
  );
  return result.status === 'COMPLETE' ? EXIT.fine : EXIT.runFailed;
}

function readOnFailure(args: Arguments): Pick<Settings, 'onFailure'> {
  const wanted = args.value('on-failure');
  if (wanted === undefined) return {};
  return { onFailure: wanted === 'continue' || wanted === 'rollback' ? wanted : 'stop' };
}

/** A run that its journal can go on with has not come to a state yet. */
function keepState(
  file: StateFile,
  prepared: ReadyTraversal,
  result: RunResult,
  isJournaled: boolean,
  { err }: Terminal,
): void {
  if (isJournaled && result.status === 'CANCELLED') {
    err.write(`${say.runCanBeResumed()}\n`);
    return;
  }
  // Of a run that was refused nothing is left to tell.
  if (result.diagnostics.length > 0 && result.tasks.size > 0 && nothingBegan(result)) return;
  writeStateFile(file, prepared.stateAfter(result));
}

function nothingBegan({ tasks }: RunResult): boolean {
  for (const { attempts } of tasks.values()) if (attempts > 0) return false;
  return true;
}

interface Settings extends Pick<RunOptions, 'decide' | 'previous' | 'rollback' | 'onFailure'> {
  readonly handlers: Handlers;
  readonly actions: ActionRegistry;
  readonly clearing: Clearing;
  readonly concurrency: number | undefined;
  readonly opened: OpenedJournal | undefined;
}

async function runGraph(
  graph: TaskGraph,
  { clearing, concurrency, opened, ...options }: Settings,
  progress: Progress,
  events: RunEvent[] | undefined,
  terminal: Terminal,
): Promise<RunResult> {
  const breakpoints = new Breakpoints(clearing, graph, terminal, progress);
  let running: Run | undefined;
  const detach = terminal.onInterrupt((again) => {
    progress.interrupted();
    if (again) running?.abort(new Error('interrupted'));
    else void running?.stop();
  });
  try {
    running = run(graph, {
      ...options,
      ...(concurrency !== undefined && { concurrency }),
      ...(opened !== undefined && { journal: opened.journal }),
      ...(opened?.runId !== undefined && { runId: opened.runId }),
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
