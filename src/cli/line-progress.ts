import type { RunEvent, TaskGraph } from '../index.ts';
import type { Progress } from './progress.ts';
import { RunState } from './run-state.ts';
import { TaskLines } from './task-lines.ts';
import type { Output } from './terminal.ts';

/** For logs and pipes: a line for each task that ended, and for large graphs one for each tenth of them. */
export class LineProgress implements Progress {
  readonly #state: RunState;
  readonly #lines: TaskLines;
  readonly #output: Output;
  readonly #asks: boolean;
  #tenths = 0;

  constructor(graph: TaskGraph, output: Output, colour: boolean, asks = false) {
    this.#asks = asks;
    this.#state = new RunState(graph.size);
    this.#lines = new TaskLines(graph, colour);
    this.#output = output;
  }

  event(event: RunEvent): void {
    const since = this.#state.apply(event);
    const line = this.#lines.line(event, since);
    if (line !== undefined) this.#output.write(`${line}\n`);
    if (event.type === 'task-paused' && this.#asks) this.tell(this.#lines.waiting(event.task));
    if (!this.#lines.tellsAll) this.#tellTenth();
  }

  interrupted(): void {
    this.#output.write(`Stopping: waiting for ${counted(this.#state.running.size)} in progress.\n`);
  }

  cleared(): void {}

  typed(): void {}

  tell(text: string): void {
    this.#output.write(`${text}\n`);
  }

  finish(): void {}

  #tellTenth(): void {
    const { ended, total } = this.#state;
    const tenths = Math.floor((ended * 10) / Math.max(1, total));
    if (tenths === this.#tenths) return;
    this.#tenths = tenths;
    this.#output.write(`${ended} of ${total} tasks ended\n`);
  }
}

function counted(tasks: number): string {
  return tasks === 1 ? '1 task' : `${tasks} tasks`;
}
