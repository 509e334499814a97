import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Journal, JournalRecord } from '../journal/journal.ts';
import { takeLock } from './file-lock.ts';
import { HEAD, LineSplitter, lineOf, recordIn } from './journal-lines.ts';

const CHUNK = 1 << 20;

/** A file that is no journal, or one that was damaged. */
export class JournalDamaged extends Error {
  override readonly name: string = 'JournalDamaged';
}

/**
 * A journal in a file: one JSON line for each record, with a checksum, flushed to the disk after every batch. What was
 * being written when a process ended is cut off; a line that was changed later is an error. `FILE.lock` keeps other
 * processes out; the lock of a process that is gone does not count.
 *
 * @throws JournalLocked, JournalDamaged (as rejections), and what the file system throws.
 */
export async function openFileJournal(path: string): Promise<Journal> {
  const file = resolve(path);
  const unlock = takeLock(`${file}.lock`);
  try {
    return await FileJournal.open(file, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

class FileJournal implements Journal {
  readonly #file: string;
  readonly #unlock: () => void;
  #handle: FileHandle;
  /** Where the next line goes. */
  #end = 0;
  #broken: unknown;
  #closed = false;

  private constructor(file: string, handle: FileHandle, unlock: () => void) {
    this.#file = file;
    this.#handle = handle;
    this.#unlock = unlock;
  }

  static async open(file: string, unlock: () => void): Promise<FileJournal> {
    const handle = await open(file, 'a+');
    try {
      const journal = new FileJournal(file, handle, unlock);
      await journal.#mend();
      return journal;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async *read(): AsyncGenerator<JournalRecord, void, undefined> {
    this.#check();
    let first = true;
    for await (const line of this.#lines(this.#end)) {
      const text = recordIn(line);
      if (text === undefined) throw new JournalDamaged(`'${this.#file}' was changed while it was in use`);
      if (!first) yield JSON.parse(text) as JournalRecord;
      first = false;
    }
  }

  async append(records: readonly JournalRecord[]): Promise<void> {
    this.#check();
    const bytes = Buffer.from(records.map(lineOf).join(''));
    try {
      await writeAll(this.#handle, bytes);
      await this.#handle.datasync();
    } catch (error) {
      // Half a line may be there: nothing must come after it.
      this.#broken = error;
      throw error;
    }
    this.#end += bytes.length;
  }

  async compact(records: Iterable<JournalRecord>): Promise<void> {
    this.#check();
    const draft = `${this.#file}.new`;
    const handle = await open(draft, 'w');
    let size = 0;
    try {
      for (const bytes of batches(records)) {
        size += bytes.length;
        await writeAll(handle, bytes);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, this.#file);
    await syncFolder(dirname(this.#file));
    await this.#handle.close();
    this.#handle = await open(this.#file, 'a+');
    this.#end = size;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
    this.#unlock();
  }

  #check(): void {
    if (this.#closed) throw new Error(`the journal '${this.#file}' is closed`);
    if (this.#broken !== undefined) throw this.#broken;
  }

  /** Finds the end of what was wholly written, cuts off the rest, and writes the head of a new file. */
  async #mend(): Promise<void> {
    const { size } = await this.#handle.stat();
    let number = 0;
    let bad = 0;
    for await (const line of this.#lines(size)) {
      number++;
      const text = recordIn(line);
      if (text === undefined) {
        bad ||= number;
        continue;
      }
      // Something was flushed after it: this is not the line that was cut off.
      if (bad > 0) throw new JournalDamaged(`line ${bad} of '${this.#file}' is damaged`);
      if (number === 1) checkHead(text, this.#file);
      this.#end += line.length + 1;
    }
    // The first line is written with the file: a file with other things in it is not ours.
    if (bad === 1 || (number === 0 && size > 0 && !(await this.#isTornHead(size)))) {
      throw new JournalDamaged(`'${this.#file}' is no journal`);
    }
    if (this.#end < size) {
      await this.#handle.truncate(this.#end);
      await this.#handle.sync();
    }
    if (this.#end > 0) return;
    await this.append([HEAD]);
    await syncFolder(dirname(this.#file));
  }

  async #isTornHead(size: number): Promise<boolean> {
    const head = Buffer.from(lineOf(HEAD));
    if (size >= head.length) return false;
    const { buffer } = await this.#handle.read(Buffer.alloc(size), 0, size, 0);
    return buffer.equals(head.subarray(0, size));
  }

  async *#lines(end: number): AsyncGenerator<Buffer, void, undefined> {
    const splitter = new LineSplitter();
    const chunk = Buffer.alloc(CHUNK);
    for (let at = 0; at < end; ) {
      const { bytesRead } = await this.#handle.read(chunk, 0, Math.min(CHUNK, end - at), at);
      if (bytesRead === 0) return;
      yield* splitter.push(chunk.subarray(0, bytesRead));
      at += bytesRead;
    }
  }
}

function checkHead(text: string, file: string): void {
  const { type, version } = JSON.parse(text) as JournalRecord;
  if (type !== HEAD.type) throw new JournalDamaged(`'${file}' is no journal`);
  if (version !== HEAD.version) {
    throw new JournalDamaged(
      `'${file}' has version ${JSON.stringify(version)}, and this reads ${String(HEAD.version)}`,
    );
  }
}

/** The lines of a whole file, head first, some at a time. */
function* batches(records: Iterable<JournalRecord>): Generator<Buffer, void, undefined> {
  let lines: string[] = [lineOf(HEAD)];
  for (const record of records) {
    lines.push(lineOf(record));
    if (lines.length < 10_000) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  yield Buffer.from(lines.join(''));
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
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
