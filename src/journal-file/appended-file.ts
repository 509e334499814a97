import { constants, fdatasync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const CHUNK = 1 << 20;
/** So much is taken ahead at least, and at most. */
const [LEAST, MOST] = [1 << 16, 1 << 20];

/**
 * A file that grows at its end and is flushed to the disk. Space is taken ahead, filled with zeros: to flush what lies in
 * blocks that a file has already takes half as long as to make it longer. `close` gives back what was not used; after a
 * crash there are zeros behind the end.
 */
export class AppendedFile {
  /** Where the next bytes go. */
  end = 0;
  readonly #handle: FileHandle;
  readonly #flushEvery: number;
  /** The size of the file: from `end` on there are zeros. */
  #size: number;
  #timer: NodeJS.Timeout | undefined;
  #broken: { readonly cause: unknown } | undefined;

  private constructor(handle: FileHandle, size: number, flushEvery: number) {
    this.#handle = handle;
    this.#size = size;
    this.#flushEvery = flushEvery;
  }

  /**
   * Makes the file if it is not there. `end` is 0 at first.
   *
   * @param flushEvery milliseconds; 0: `append` flushes.
   */
  static async open(path: string, flushEvery: number): Promise<AppendedFile> {
    // Not for appending: the system would put everything behind the zeros.
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o666);
    try {
      return new AppendedFile(handle, (await handle.stat()).size, flushEvery);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get size(): number {
    return this.#size;
  }

  /** What lies before `end`, some at a time; each is only good until the next. */
  async *read(end: number): AsyncGenerator<Buffer, void, undefined> {
    const chunk = Buffer.alloc(CHUNK);
    for (let at = 0; at < end; ) {
      const { bytesRead } = await this.#handle.read(chunk, 0, Math.min(CHUNK, end - at), at);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  /** After an error it takes nothing more: half of something may be there, and nothing must come behind it. */
  append(bytes: Buffer): void | Promise<void> {
    if (this.#broken !== undefined) throw this.#broken.cause;
    return this.#flushEvery === 0 ? this.#appendNow(bytes) : this.#appendSoon(bytes);
  }

  /** Drops everything from `end` on, on the disk, too. */
  async cutOff(): Promise<void> {
    if (this.end === this.#size) return;
    await this.#handle.truncate(this.end);
    await this.#handle.sync();
    this.#size = this.end;
  }

  async flush(): Promise<void> {
    this.#forgetTimer();
    await this.#handle.datasync();
  }

  /** @param whole gives back the space that was taken ahead; else the file stays as it is. */
  async close(whole: boolean): Promise<void> {
    try {
      if (this.#timer !== undefined) await this.flush();
      if (whole && this.#broken === undefined && this.end < this.#size) await this.#handle.truncate(this.end);
    } finally {
      await this.#handle.close();
    }
  }

  async #appendNow(bytes: Buffer): Promise<void> {
    try {
      const atStart = this.end === 0;
      this.#write(bytes, this.end);
      this.end += bytes.length;
      // Not behind the first bytes: what is only zeros could be anybody's file.
      if (atStart) this.#size = Math.max(this.#size, this.end);
      else if (this.end > this.#size) await this.#reserve();
      await flushed(this.#handle.fd);
    } catch (error) {
      this.#break(error);
      throw error;
    }
  }

  #appendSoon(bytes: Buffer): void {
    try {
      this.#write(bytes, this.end);
    } catch (error) {
      this.#break(error);
      throw error;
    }
    this.end += bytes.length;
    this.#size = Math.max(this.#size, this.end);
    // It does not keep the process: what was written survives its end.
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => this.#break(error));
    }, this.#flushEvery).unref();
  }

  async #reserve(): Promise<void> {
    this.#size = this.end;
    const zeros = Buffer.alloc(Math.min(MOST, Math.max(LEAST, this.end)));
    try {
      this.#write(zeros, this.end);
      this.#size += zeros.length;
    } catch {
      // The disk is full, or soon: what was to be written is written.
      await this.#handle.truncate(this.end);
    }
  }

  /** At once: it goes into memory, and to have a thread do it takes longer. */
  #write(bytes: Buffer, position: number): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#handle.fd, bytes, at, bytes.length - at, position + at);
  }

  #break(cause: unknown): void {
    this.#forgetTimer();
    this.#broken ??= { cause };
  }

  #forgetTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function flushed(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(file, (error) => (error === null ? resolve() : reject(error)));
  });
}
