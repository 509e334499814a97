import { journalOfAnotherGraph, journalOfAnotherRun, journalUnreadable } from '../diagnostics/journal.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Journal, JournalRecord } from '../journal/journal.ts';
import { RunRefused } from './executor.ts';
import { graphIdentity } from './graph-identity.ts';
import { JOURNAL_VERSION, type Sealer } from './journal-records.ts';
import { type JournalSection, type RecordedRun, SectionRecords } from './journal-section.ts';
import type { RunStatus } from './status.ts';
import { describeThrown } from './thrown.ts';
import type { Recorded, TraversalCommand } from './traversal-protocol.ts';

/** A journal is written anew when it has grown by so many records more than its tasks need at least. */
const SLACK = 100_000;
/** A task needs two: it began, it ended. */
const NEEDED = 2;

/** What a journal tells of one run. Of each task the last record counts: it says all. */
interface Section {
  readonly head: JournalRecord;
  readonly tasks: Map<string, JournalRecord>;
  aborted: JournalRecord | undefined;
  finished: JournalRecord | undefined;
}

/** The runs of one journal: a run, and the runs that came of it (`id/rollback`). One goes on at a time. */
export class RunJournal {
  readonly #journal: Journal;
  readonly #now: () => number;
  #sections: Section[] = [];
  readonly #ids: string[] = [];
  /** Records in the store. */
  #count = 0;
  /** Records after the last compaction. */
  #kept = 0;
  /** It is compacted when so many have come since. */
  #room = SLACK;

  private constructor(journal: Journal, now: () => number) {
    this.#journal = journal;
    this.#now = now;
  }

  /** @throws RunRefused when the journal cannot be read. */
  static async open(journal: Journal, now: () => number): Promise<RunJournal> {
    const opened = new RunJournal(journal, now);
    try {
      opened.#sections = await opened.#readAll();
    } catch (error) {
      throw error instanceof RunRefused ? error : new RunRefused([journalUnreadable(describeThrown(error))]);
    }
    for (const { head } of opened.#sections) opened.#ids.push(String(head.runId));
    return opened;
  }

  /** @throws RunRefused when the journal is of another run or another graph. */
  section(runId: string, graph: TaskGraph, sealer: Sealer): JournalSection {
    const [first] = this.#ids;
    if (first !== undefined && runId !== first && !runId.startsWith(`${first}/`)) {
      throw new RunRefused([journalOfAnotherRun(first, runId)]);
    }
    const identity = graphIdentity(graph);
    this.#room += 2 * NEEDED * graph.size;
    const records = new SectionRecords(graph, sealer);
    const index = this.#ids.indexOf(runId);
    const found = this.#sections[index];
    if (index >= 0 && found === undefined) throw new Error(`the run '${runId}' has its section already`);
    if (found === undefined)
      return new OpenSection(records, this.#begin(runId, records.head(runId, identity, this.#now())), this.#now);
    if (found.head.graph !== identity) throw new RunRefused([journalOfAnotherGraph(runId)]);
    const tasks = records.read(found.tasks);
    // What is read is not kept twice.
    found.tasks.clear();
    const progress = new Map(Array.from(tasks, ([task, record]) => [task, record.progress] as const));
    const aborted = found.aborted?.reason;
    const recorded: Recorded = {
      tasks: progress,
      ...(aborted !== undefined && { aborted: aborted === 'timeout' ? 'timeout' : 'abort' }),
    };
    const append = (added: readonly JournalRecord[]) => this.#append(index, added);
    return new OpenSection(records, append, this.#now, {
      recorded,
      tasks,
      begunAt: Number(found.head.at),
      finished: found.finished?.status as RunStatus | undefined,
    });
  }

  #begin(runId: string, head: JournalRecord): Append {
    const of = this.#ids.push(runId) - 1;
    let begun = false;
    return (records) => {
      const all = begun ? records : [head, ...records];
      begun = true;
      return this.#append(of, all);
    };
  }

  #append(of: number, records: readonly JournalRecord[]): void | PromiseLike<void> {
    const all = of === 0 ? records : records.map((record) => ({ ...record, of }));
    this.#count += all.length;
    const written = this.#journal.append(all);
    if (this.#count - this.#kept < this.#room) return written;
    return Promise.resolve(written).then(() => this.#compact());
  }

  async #compact(): Promise<void> {
    const kept: JournalRecord[] = [];
    let of = 0;
    for (const { head, tasks, aborted, finished } of await this.#readAll()) {
      const records = [head, ...tasks.values()];
      if (aborted !== undefined) records.push(aborted);
      if (finished !== undefined) records.push(finished);
      for (const record of records) kept.push(of === 0 ? record : { ...record, of });
      of++;
    }
    await this.#journal.compact(kept);
    this.#count = kept.length;
    this.#kept = kept.length;
  }

  async #readAll(): Promise<Section[]> {
    const sections: Section[] = [];
    let count = 0;
    for await (const record of this.#journal.read()) {
      count++;
      const { of = 0 } = record;
      if (record.type === 'run') {
        if (record.version !== JOURNAL_VERSION)
          throw new Error(`it has version ${JSON.stringify(record.version)}, and this is for ${JOURNAL_VERSION}`);
        sections[Number(of)] = { head: record, tasks: new Map(), aborted: undefined, finished: undefined };
        continue;
      }
      const section = sections[Number(of)];
      if (section === undefined) throw new Error(`record ${count} comes before its run`);
      if (record.type === 'aborted') section.aborted = record;
      else if (record.type === 'finished') section.finished = record;
      else if (typeof record.task === 'string') section.tasks.set(record.task, record);
    }
    this.#count = count;
    return sections;
  }
}

type Append = (records: readonly JournalRecord[]) => void | PromiseLike<void>;

class OpenSection implements JournalSection {
  readonly recorded: Recorded | undefined;
  readonly tasks: JournalSection['tasks'];
  readonly begunAt: number;
  readonly finished: RunStatus | undefined;
  readonly #records: SectionRecords;
  readonly #append: Append;
  readonly #now: () => number;
  #aborted: 'abort' | 'timeout' | undefined;

  constructor(
    records: SectionRecords,
    append: Append,
    now: () => number,
    found: Partial<Pick<JournalSection, 'recorded' | 'tasks' | 'begunAt' | 'finished'>> = {},
  ) {
    this.#records = records;
    this.#append = append;
    this.#now = now;
    this.recorded = found.recorded;
    this.tasks = found.tasks ?? new Map();
    this.begunAt = found.begunAt ?? now();
    this.finished = found.finished;
  }

  aborted(reason: 'abort' | 'timeout'): void {
    this.#aborted = reason;
  }

  write(commands: readonly TraversalCommand[], run: RecordedRun): void | PromiseLike<void> {
    // Of a run that is over nothing is left to tell.
    if (this.finished !== undefined) return undefined;
    const records = this.#records.ofCommands(commands, run, this.#now());
    if (this.#aborted !== undefined) records.unshift({ type: 'aborted', reason: this.#aborted });
    this.#aborted = undefined;
    return records.length === 0 ? undefined : this.#append(records);
  }
}
