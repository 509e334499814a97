import * as say from '../diagnostics/cli.ts';
import type { Run, RunEvent, TaskGraph } from '../index.ts';
import type { Arguments } from './arguments.ts';
import type { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What is done at breakpoints: go on, ask who sits there, read lines of a program, or nothing can be done. */
export type Clearing = 'go-on' | 'ask' | 'lines' | 'nobody';

/**
 * How breakpoints are cleared, by what there is.
 *
 * @throws UsageError when the graph has some, and nobody could clear them.
 */
export function readClearing(args: Arguments, graph: TaskGraph, terminal: Terminal): Clearing {
  if (args.has('clear-breakpoints')) return 'go-on';
  // The template was all that there was to read.
  const hasInput = !args.operands.includes('-') && !args.values('env').includes('-');
  if (hasInput && args.value('format') === 'json' && !terminal.inputIsTerminal) return 'lines';
  if (hasInput && terminal.inputIsTerminal && terminal.err.isTerminal) return 'ask';
  const waiting = graph.tasks.filter(({ policy }) => policy?.breakpoint === true).map(({ id }) => id);
  if (waiting.length > 0) throw new UsageError(say.breakpointsUnasked(waiting));
  return 'nobody';
}

/** Clears breakpoints while a run goes on: of those that wait, in the order in which they were reached. */
export class Breakpoints {
  readonly #clearing: Clearing;
  readonly #terminal: Terminal;
  readonly #progress: Progress;
  readonly #graph: TaskGraph;
  readonly #waiting: Set<string> = new Set();
  /** Cleared before they were reached: a program may say at once where it wants no stop. */
  readonly #ahead: Set<string> = new Set();
  #run: Pick<Run, 'clear' | 'abort'> | undefined;
  #detach: (() => void) | undefined;
  #ended = false;
  #steps: Promise<void> = Promise.resolve();

  constructor(clearing: Clearing, graph: TaskGraph, terminal: Terminal, progress: Progress) {
    this.#graph = graph;
    this.#clearing = clearing;
    this.#terminal = terminal;
    this.#progress = progress;
  }

  attach(run: Pick<Run, 'clear' | 'abort'>): void {
    this.#run = run;
  }

  /** Not before something waits: standard input may be meant for somebody else. */
  #listen(): void {
    if (this.#detach !== undefined || (this.#clearing !== 'ask' && this.#clearing !== 'lines')) return;
    this.#detach = this.#terminal.onLine(
      (line) => this.#inTurn(() => this.#read(line.trim())),
      () =>
        this.#inTurn(() => {
          this.#ended = true;
          this.#giveUp();
        }),
    );
  }

  detach(): void {
    this.#detach?.();
  }

  event(event: RunEvent): void {
    if (!('task' in event)) return;
    if (event.type !== 'task-paused') {
      if (event.type !== 'task-log') this.#waiting.delete(event.task);
      return;
    }
    this.#waiting.add(event.task);
    this.#listen();
    // The run may have told of it before it was known here.
    queueMicrotask(() => {
      if (this.#clearing === 'go-on' || this.#ahead.delete(event.task)) void this.#run?.clear(event.task);
      else if (this.#clearing === 'nobody' || this.#ended) this.#giveUp();
    });
  }

  /** Each line after what the one before it has brought about. */
  #inTurn(step: () => void | Promise<void>): void {
    this.#steps = this.#steps.then(step);
  }

  async #read(line: string): Promise<void> {
    const answers = this.#clearing === 'ask' ? this.#answer(line) : commandIn(line);
    if (this.#clearing === 'ask') this.#progress.typed();
    if (answers === undefined) {
      if (line !== '') this.#tell(say.clearExpected(line));
      return;
    }
    for (const id of answers) {
      const waits = this.#waiting.has(id);
      if (!waits && this.#graph.indexOf(id) >= 0) this.#ahead.add(id);
      else if ((await this.#run?.clear(id)) !== true) this.#tell(say.notWaiting(id, [...this.#waiting]));
      else if (this.#waiting.delete(id)) this.#progress.cleared(id);
    }
  }

  /** Enter alone is for the first. */
  #answer(line: string): readonly string[] {
    if (line === 'all') return [...this.#waiting];
    return line === '' ? [...this.#waiting].slice(0, 1) : [line];
  }

  #giveUp(): void {
    const ids = [...this.#waiting];
    if (ids.length === 0) return;
    this.#waiting.clear();
    this.#tell(say.nobodyClears(ids));
    this.#run?.abort(new Error(say.nobodyClears(ids)));
  }

  #tell(text: string): void {
    this.#progress.tell(text);
  }
}

function commandIn(line: string): readonly string[] | undefined {
  const id = /^clear\s+(.+)$/.exec(line)?.[1];
  return id === undefined ? undefined : [id];
}
