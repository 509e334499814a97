import { cellsOf } from '../diagnostics/display-width.ts';
import type { RunEvent, TaskGraph } from '../index.ts';
import { padded, safe, widthOf } from '../observe/columns.ts';
import { duration } from '../observe/duration.ts';
import type { RunningTask } from './run-state.ts';

/** So many tasks are told one by one; of more, only those that fail. */
const MOST_TOLD = 500;
const WIDEST_NAME = 40;
const STATUS_WIDTH = 'CANCELLED'.length;

const COLOURS: ReadonlyMap<string, string> = new Map([
  ['COMPLETE', '32'],
  ['FAILED', '1;31'],
  ['SKIPPED', '2'],
  ['CANCELLED', '33'],
  ['RETRYING', '33'],
  ['LOG', '36'],
  ['WAITING', '33'],
]);

/** Lines that tell people of one task. No name or message in them can steer the terminal. */
export class TaskLines {
  /** Whether each task has a line of its own. */
  readonly tellsAll: boolean;
  readonly #graph: TaskGraph;
  readonly #colour: boolean;
  readonly #nameWidth: number;

  constructor(graph: TaskGraph, colour: boolean) {
    this.#graph = graph;
    this.#colour = colour;
    this.tellsAll = graph.size <= MOST_TOLD;
    const widths = this.tellsAll ? graph.tasks.map(({ id }) => widthOf(id)) : [];
    this.#nameWidth = Math.min(WIDEST_NAME, Math.max(8, ...widths));
  }

  /** Undefined for what is not worth a line. `since`: when the task began. */
  line(event: RunEvent, since: number | undefined): string | undefined {
    const { tellsAll } = this;
    switch (event.type) {
      case 'task-completed':
        return tellsAll ? this.#ended('COMPLETE', event.task, event.at, since) : undefined;
      case 'task-failed':
        return `${this.#ended('FAILED', event.task, event.at, since)}  ${safe(event.message)}`;
      case 'task-skipped':
        // What was for a failure, and there was none, is not worth a line.
        if (event.cause === undefined) return undefined;
        return tellsAll ? this.#row('SKIPPED', event.task, `because of ${safe(event.cause)}`) : undefined;
      case 'task-cancelled':
        return tellsAll ? this.#row('CANCELLED', event.task, '') : undefined;
      case 'task-retrying':
        return this.#row('RETRYING', event.task, `in ${duration(event.delay)}: ${safe(event.message)}`);
      case 'task-log':
        return this.#row('LOG', event.task, safe(event.message));
      default:
        return undefined;
    }
  }

  /** A task in progress, without colours. */
  running(task: string, { since, attempt }: RunningTask, now: number): string {
    const tries = attempt > 1 ? `, attempt ${attempt}` : '';
    return `  ${padded(task, this.#nameWidth)}  ${this.#type(task)}  ${duration(now - since)}${tries}`;
  }

  /** A task that waits at its breakpoint. */
  waiting(task: string): string {
    return this.#row('WAITING', task, 'press Enter to go on');
  }

  /** The same for all that wait, without colours. `total`: so many there are. */
  allWaiting(tasks: readonly string[], total: number): string[] {
    if (total === 0) return [];
    if (total === 1) return [`Waiting at ${safe(tasks[0] as string)}: press Enter to go on.`];
    const how = "Enter goes on with the first, a name with that one, 'all' with all.";
    const more = total > tasks.length ? [`  and ${total - tasks.length} more`] : [];
    return [`Waiting at ${total} breakpoints: ${how}`, ...tasks.map((task) => `  ${safe(task)}`), ...more];
  }

  paint(text: string, code: string | undefined): string {
    return this.#colour && code !== undefined && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  }

  #ended(status: string, task: string, at: number, since: number | undefined): string {
    const took = since === undefined ? '' : `  ${duration(at - since)}`;
    return this.#row(status, task, this.paint(`${this.#type(task)}${took}`, '2'));
  }

  #row(status: string, task: string, rest: string): string {
    const word = this.paint(status.padEnd(STATUS_WIDTH), COLOURS.get(status));
    return `${word}  ${padded(task, this.#nameWidth)}  ${rest}`.trimEnd();
  }

  #type(task: string): string {
    return safe(this.#graph.tasks[this.#graph.indexOf(task)]?.type ?? '');
  }
}

/** Harmless, and at most so many cells wide. */
export function cut(text: string, width: number): string {
  const cells = cellsOf(text).filter((cell) => cell.left + cell.width <= width);
  return cells.map((cell) => cell.text).join('');
}
