import { open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Journal, JournalRecord } from '../journal/journal.ts';
import { AppendedFile } from './appended-file.ts';
import { takeLock } from './file-lock.ts';
import { HEAD, LineSplitter, lineOf, parseRecords, recordsIn } from './journal-lines.ts';

/** When a journal is written anew: so many records in one line. */
const BATCH = 1000;

/** A file that is no journal, or one that was damaged. */
export class JournalDamaged extends Error {
  override readonly name: string = 'JournalDamaged';
}

export interface FileJournalOptions {
  /**
   * Milliseconds. By default, 0, every batch is flushed to the disk before anything is acted upon, and survives whatever
   * the disk survives. Else it is handed to the operating system at once and flushed so often: it survives the end of
   * the process, however that comes; when the machine itself fails, what was done since the last flush is done again.
   */
  readonly flushEvery?: number;
}

/**
 * A journal in a file: one JSON line for each batch, with a checksum, flushed to the disk. What was being written when a
 * process ended is cut off; a line that was changed later is an error. `FILE.lock` keeps other processes out; the lock of
 * a process that is gone does not count.
 *
 * @throws JournalLocked, JournalDamaged (as rejections), and what the file system throws.
 */
export async function openFileJournal(path: string, { flushEvery = 0 }: FileJournalOptions = {}): Promise<Journal> {
  const file = resolve(path);
  const unlock = takeLock(`${file}.lock`);
  try {
    return await FileJournal.open(file, flushEvery, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

class FileJournal implements Journal {
  readonly #path: string;
  readonly #flushEvery: number;
  readonly #unlock: () => void;
  #file: AppendedFile;
  #closed = false;

  private constructor(path: string, file: AppendedFile, flushEvery: number, unlock: () => void) {
    this.#path = path;
    this.#file = file;
    this.#flushEvery = flushEvery;
    this.#unlock = unlock;
  }

  static async open(path: string, flushEvery: number, unlock: () => void): Promise<FileJournal> {
    const file = await AppendedFile.open(path, flushEvery);
    try {
      await mend(file, path);
      return new FileJournal(path, file, flushEvery, unlock);
    } catch (error) {
      await file.close(false);
      throw error;
    }
  }

  async *read(): AsyncGenerator<JournalRecord, void, undefined> {
    this.#check();
    let first = true;
    for await (const line of linesOf(this.#file, this.#file.end)) {
      const text = recordsIn(line);
      if (text === undefined) throw new JournalDamaged(`'${this.#path}' was changed while it was in use`);
      if (!first) yield* parseRecords(text);
      first = false;
    }
  }

  append(records: readonly JournalRecord[]): void | Promise<void> {
    this.#check();
    return records.length === 0 ? undefined : this.#file.append(lineOf(records));
  }

  async compact(records: Iterable<JournalRecord>): Promise<void> {
    this.#check();
    const draft = `${this.#path}.new`;
    const handle = await open(draft, 'w');
    try {
      for (const line of linesFor(records)) await handle.appendFile(line);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, this.#path);
    await syncFolder(dirname(this.#path));
    await this.#file.close(false);
    this.#file = await AppendedFile.open(this.#path, this.#flushEvery);
    this.#file.end = this.#file.size;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#file.close(true);
    } finally {
      this.#unlock();
    }
  }

  #check(): void {
    if (this.#closed) throw new Error(`the journal '${this.#path}' is closed`);
  }
}

/** Finds the end of what was wholly written, cuts off the rest, and writes the head of a new file. */
async function mend(file: AppendedFile, path: string): Promise<void> {
  const { size } = file;
  let end = 0;
  let number = 0;
  let bad = 0;
  for await (const line of linesOf(file, size)) {
    number++;
    const text = recordsIn(line);
    if (text === undefined) {
      // A hole: the machine failed before a flush, and what came later reached the disk first.
      if (number > 1 && bad === 0 && line.includes(0)) break;
      bad ||= number;
      continue;
    }
    // Something was flushed after it: this is not the line that was cut off.
    if (bad > 0) throw new JournalDamaged(`line ${bad} of '${path}' is damaged`);
    if (number === 1) checkHead(text, path);
    end += line.length + 1;
  }
  // The first line is written with the file: a file with other things in it is not ours.
  if (bad === 1 || (number === 0 && size > 0 && !(await isTornHead(file)))) {
    throw new JournalDamaged(`'${path}' is no journal`);
  }
  file.end = end;
  await file.cutOff();
  if (end > 0) return;
  await file.append(lineOf([HEAD]));
  await file.flush();
  await syncFolder(dirname(path));
}

async function isTornHead(file: AppendedFile): Promise<boolean> {
  const head = lineOf([HEAD]);
  if (file.size >= head.length) return false;
  for await (const chunk of file.read(file.size)) return chunk.equals(head.subarray(0, file.size));
  return false;
}

async function* linesOf(file: AppendedFile, end: number): AsyncGenerator<Buffer, void, undefined> {
  const splitter = new LineSplitter();
  for await (const chunk of file.read(end)) yield* splitter.push(chunk);
}

function checkHead(text: string, file: string): void {
  const [{ type, version } = { type: '' }] = parseRecords(text);
  if (type !== HEAD.type) throw new JournalDamaged(`'${file}' is no journal`);
  if (version !== HEAD.version) {
    throw new JournalDamaged(
      `'${file}' has version ${JSON.stringify(version)}, and this reads ${String(HEAD.version)}`,
    );
  }
}

/** The lines of a whole file, head first. */
function* linesFor(records: Iterable<JournalRecord>): Generator<Buffer, void, undefined> {
  yield lineOf([HEAD]);
  let batch: JournalRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield lineOf(batch);
    batch = [];
  }
  if (batch.length > 0) yield lineOf(batch);
}

/** So that a new name of a file survives, too. Not every system has it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
