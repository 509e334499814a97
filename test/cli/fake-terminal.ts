import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { Output, Terminal } from '../../src/cli/terminal.ts';

/** An output that keeps what is written to it. */
export class FakeOutput implements Output {
  isTerminal = false;
  columns = 100;
  rows = 30;
  text = '';
  onWrite: (text: string) => void = () => {};

  write(text: string): void {
    this.text += text;
    this.onWrite(text);
  }
}

export class FakeTerminal implements Terminal {
  readonly cwd: string;
  readonly env: Record<string, string> = {};
  readonly out: FakeOutput = new FakeOutput();
  readonly err: FakeOutput = new FakeOutput();
  input: Uint8Array | string = '';
  inputIsTerminal = false;
  #lines: { readonly listener: (line: string) => void; readonly end: () => void } | undefined;
  #interrupt: ((again: boolean) => void) | undefined;
  #again = false;

  constructor(cwd: string) {
    this.cwd = cwd;
  }

  readInput(): Promise<Uint8Array> {
    return Promise.resolve(Buffer.from(this.input as string));
  }

  onLine(listener: (line: string) => void, end: () => void): () => void {
    this.#lines = { listener, end };
    return () => {
      this.#lines = undefined;
    };
  }

  /** What Enter does. */
  type(line: string): void {
    this.#lines?.listener(line);
  }

  /** What Ctrl+D does. */
  endInput(): void {
    this.#lines?.end();
  }

  get isRead(): boolean {
    return this.#lines !== undefined;
  }

  onInterrupt(listener: (again: boolean) => void): () => void {
    this.#interrupt = listener;
    return () => {
      this.#interrupt = undefined;
    };
  }

  /** What Ctrl+C does. */
  interrupt(): void {
    this.#interrupt?.(this.#again);
    this.#again = true;
  }
}

export type FileTree = Readonly<Record<string, string | Uint8Array>>;

/** A folder of its own with these files, until the test is over, and a terminal in it. */
export function terminalIn(files: FileTree): FakeTerminal {
  const cwd = mkdtempSync(join(tmpdir(), 'heat-task-graph-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), contents);
  }
  return new FakeTerminal(cwd);
}

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly terminal: FakeTerminal;
}

/** Runs a command line, in a folder with these files or on a terminal that is there already. */
export async function cli(argv: readonly string[], where: FileTree | FakeTerminal = {}): Promise<Answer> {
  const terminal = where instanceof FakeTerminal ? where : terminalIn(where);
  const code = await runCommandLine(argv, terminal);
  return { code, out: terminal.out.text, err: terminal.err.text, terminal };
}

/** A template of resources, each requiring the one before. */
export function chain(...names: readonly string[]): string {
  const resources = names.map(
    (name, i) => `  ${name}:\n    type: OS::Heat::TestResource\n${i === 0 ? '' : `    depends_on: ${names[i - 1]}\n`}`,
  );
  return `heat_template_version: 2021-04-16\nresources:\n${resources.join('')}`;
}
