import type { TaskGraph } from '../graph/task-graph.ts';
import type { JournalRecord } from '../journal/journal.ts';
import type { TaskFailure } from './failure.ts';
import {
  JOURNAL_VERSION,
  type PollState,
  readTaskRecord,
  type Sealer,
  type TaskRecord,
  taskRecord,
} from './journal-records.ts';
import type { TaskResult } from './result.ts';
import type { RunStatus } from './status.ts';
import type { Recorded, RecordedTask, TraversalCommand } from './traversal-protocol.ts';

/** What a section has to know of a run to record it. */
export interface RecordedRun {
  attempts(task: number): number;
  result(task: number): TaskResult | undefined;
  failure(task: number): TaskFailure | undefined;
  poll(task: number): PollState | undefined;
}

/** What one run has in a journal: at first how far it came before, then what it adds. */
export interface JournalSection {
  /** How far the run came; undefined: it is new. */
  readonly recorded: Recorded | undefined;
  /** What is known of its tasks. */
  readonly tasks: ReadonlyMap<number, TaskRecord>;
  /** When it first began, in milliseconds since 1970. */
  readonly begunAt: number;
  /** How it ended, if it did. */
  readonly finished: RunStatus | undefined;
  /** Records what is to be done; it may be done when that is fulfilled. */
  write(commands: readonly TraversalCommand[], run: RecordedRun): void | PromiseLike<void>;
  /** To be recorded with the next commands. */
  aborted(reason: 'abort' | 'timeout'): void;
}

/** Records of one run: makes them and reads them. */
export class SectionRecords {
  readonly #graph: TaskGraph;
  readonly #sealer: Sealer;

  constructor(graph: TaskGraph, sealer: Sealer) {
    this.#graph = graph;
    this.#sealer = sealer;
  }

  head(runId: string, identity: string, at: number): JournalRecord {
    return { type: 'run', version: JOURNAL_VERSION, runId, graph: identity, tasks: this.#graph.size, at };
  }

  ofCommands(commands: readonly TraversalCommand[], run: RecordedRun, at: number): JournalRecord[] {
    const records: JournalRecord[] = [];
    for (const command of commands) {
      if ('resumable' in command) continue;
      if (command.type === 'finished') {
        records.push({ type: 'finished', status: command.status, at });
        continue;
      }
      const progress = progressOf(command, run);
      if (progress !== undefined) records.push(this.#record(command.task, progress, run));
    }
    return records;
  }

  read(records: Iterable<readonly [id: string, record: JournalRecord]>): Map<number, TaskRecord> {
    const tasks = new Map<number, TaskRecord>();
    const indexOf = (id: string) => this.#graph.indexOf(id);
    for (const [id, record] of records) {
      const index = indexOf(id);
      const known = index < 0 ? undefined : readTaskRecord(record, indexOf, this.#sealer);
      if (known !== undefined) tasks.set(index, known);
    }
    return tasks;
  }

  #record(task: number, progress: RecordedTask, run: RecordedRun): JournalRecord {
    const { tasks } = this.#graph;
    const id = tasks[task]?.id ?? '';
    // Nothing else is known of an attempt that begins, and half of all records are such.
    if (progress.at === 'started') return taskRecord(id, undefined, { progress }, this.#sealer);
    const cause = progress.at === 'ended' && progress.cause !== undefined ? tasks[progress.cause]?.id : undefined;
    const complete = progress.at === 'settling' || (progress.at === 'ended' && progress.status === 'COMPLETE');
    const result = complete ? run.result(task) : undefined;
    const failure = complete ? undefined : run.failure(task);
    const poll = progress.at === 'polling' ? run.poll(task) : undefined;
    return taskRecord(id, cause, { progress, result, failure, poll }, this.#sealer);
  }
}

/** Undefined: nothing that an heir of the run would have to know. */
function progressOf(
  command: Exclude<TraversalCommand, { type: 'finished' }>,
  run: RecordedRun,
): RecordedTask | undefined {
  switch (command.type) {
    case 'run':
      return { at: 'started', attempt: command.attempt };
    case 'ended': {
      const { status, cause } = command;
      return { at: 'ended', attempt: run.attempts(command.task), status, ...(cause !== undefined && { cause }) };
    }
    case 'timer': {
      const attempt = run.attempts(command.task);
      if (command.timer === 'retry') return { at: 'retrying', attempt };
      if (command.timer === 'poll') return { at: 'polling', attempt };
      return command.timer === 'wait-after' ? { at: 'settling', attempt } : undefined;
    }
    case 'cleared':
      return { at: 'cleared' };
    default:
      return undefined;
  }
}
