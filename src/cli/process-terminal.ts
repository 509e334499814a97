import { createInterface } from 'node:readline';
import { isatty, type WriteStream } from 'node:tty';
import type { Output, Terminal } from './terminal.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal that this process was started in. */
export class ProcessTerminal implements Terminal {
  readonly cwd: string = process.cwd();
  readonly env: Terminal['env'] = process.env;
  readonly out: ProcessOutput = new ProcessOutput(process.stdout);
  readonly err: ProcessOutput = new ProcessOutput(process.stderr);

  async readInput(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }

  get inputIsTerminal(): boolean {
    return isatty(process.stdin.fd);
  }

  onLine(listener: (line: string) => void, end: () => void): () => void {
    const lines = createInterface({ input: process.stdin, terminal: false });
    let detached = false;
    lines.on('line', listener);
    lines.on('close', () => {
      if (!detached) end();
    });
    // A standard input that cannot be read has ended.
    process.stdin.once('error', () => lines.close());
    return () => {
      detached = true;
      lines.close();
    };
  }

  onInterrupt(listener: (again: boolean) => void): () => void {
    let again = false;
    const detach = () => {
      for (const signal of STOP_SIGNALS) process.off(signal, twice);
    };
    const twice = () => {
      // With no listener left, the next signal does what signals do.
      if (again) detach();
      listener(again);
      again = true;
    };
    for (const signal of STOP_SIGNALS) process.on(signal, twice);
    return detach;
  }

  /** When everything that was written has left the process. */
  async flushed(): Promise<void> {
    await Promise.all([this.out.flushed(), this.err.flushed()]);
  }
}

class ProcessOutput implements Output {
  readonly #stream: WriteStream & { readonly fd: number };
  #closed = false;

  constructor(stream: WriteStream & { readonly fd: number }) {
    this.#stream = stream;
    // Whoever read this has gone (`... | head`), or the disk is full: nobody is left to be told.
    stream.on('error', () => {
      this.#closed = true;
    });
  }

  get isTerminal(): boolean {
    return isatty(this.#stream.fd);
  }

  get columns(): number {
    return this.#stream.columns || 80;
  }

  get rows(): number {
    return this.#stream.rows || 24;
  }

  write(text: string): void {
    if (!this.#closed) this.#stream.write(text);
  }

  flushed(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stream.once('error', () => resolve());
      this.#stream.write('', () => resolve());
    });
  }
}
