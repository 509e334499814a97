import type { RunEvent, TaskGraph } from '../index.ts';
import { duration } from '../observe/duration.ts';
import type { Progress } from './progress.ts';
import { RunState } from './run-state.ts';
import { cut, TaskLines } from './task-lines.ts';
import type { Output } from './terminal.ts';

const FRAME = 100;
const BAR = 24;
const MOST_RUNNING = 10;

/**
 * For a terminal: what ended scrolls by, and below it stands what is in progress. Each frame is written at once and
 * over the last one, line by line, so that nothing flickers.
 */
export class LiveProgress implements Progress {
  readonly #state: RunState;
  readonly #lines: TaskLines;
  readonly #output: Output;
  readonly #action: string;
  readonly #timer: NodeJS.Timeout;
  #ended: string[] = [];
  #drawn = 0;
  #interrupted = false;

  constructor(graph: TaskGraph, output: Output, colour: boolean) {
    this.#state = new RunState(graph.size);
    this.#lines = new TaskLines(graph, colour);
    this.#output = output;
    this.#action = graph.tasks[0]?.action ?? '';
    this.#timer = setInterval(() => this.#draw(this.#frame()), FRAME);
  }

  event(event: RunEvent): void {
    const since = this.#state.apply(event);
    const line = this.#lines.line(event, since);
    if (line !== undefined) this.#ended.push(line);
  }

  interrupted(): void {
    this.#interrupted = true;
    this.#draw(this.#frame());
  }

  cleared(task: string): void {
    this.#state.waiting.delete(task);
  }

  /** The cursor stands a line lower than it was left. */
  typed(): void {
    this.#drawn++;
    this.#draw(this.#frame());
  }

  tell(text: string): void {
    this.#ended.push(text);
    this.#draw(this.#frame());
  }

  finish(): void {
    clearInterval(this.#timer);
    this.#draw([]);
  }

  #frame(): string[] {
    const { running, total, failed, ended, started } = this.#state;
    if (started === 0) return [];
    const now = Date.now();
    const bar = '='.repeat(Math.floor((BAR * ended) / Math.max(1, total))).padEnd(BAR);
    const counts = [`${ended} of ${total}`, `${running.size} running`, ...(failed > 0 ? [`${failed} failed`] : [])];
    const lines = [`${this.#action} [${bar}] ${counts.join(', ')}, ${duration(now - started)}`];
    const most = Math.max(1, Math.min(MOST_RUNNING, this.#output.rows - 4));
    for (const [task, how] of [...running].slice(0, most)) lines.push(this.#lines.running(task, how, now));
    if (running.size > most) lines.push(`  and ${running.size - most} more`);
    lines.push(...this.#lines.allWaiting([...this.#state.waiting].slice(0, most), this.#state.waiting.size));
    if (this.#interrupted) {
      lines.push('Stopping: waiting for what is in progress. Ctrl+C again asks it to stop.');
    }
    return lines;
  }

  #draw(frame: readonly string[]): void {
    const width = this.#output.columns - 1;
    const up = this.#drawn > 0 ? `\u001b[${this.#drawn}A` : '';
    // What ended may be longer than a line: it is never drawn over.
    const lines = [...this.#ended, ...frame.map((line) => cut(line, width))];
    if (up === '' && lines.length === 0) return;
    this.#output.write(`\r${up}${lines.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
    this.#ended = [];
    this.#drawn = frame.length;
  }
}
