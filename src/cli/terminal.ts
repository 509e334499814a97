/** What the command line has of the world; tests bring their own. */
export interface Terminal {
  /** Names of files are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What programs read. */
  readonly out: Output;
  /** What people read. */
  readonly err: Output;
  /** Whether somebody sits at standard input. */
  readonly inputIsTerminal: boolean;
  /** All of standard input. */
  readInput(): Promise<Uint8Array>;
  /** Calls the listener with every line of standard input, `end` when there will be no more. Gives a function that detaches both. */
  onLine(listener: (line: string) => void, end: () => void): () => void;
  /**
   * Calls the listener at the first request to stop, and again at the second; a third one ends the process. Gives a
   * function that detaches it.
   */
  onInterrupt(listener: (again: boolean) => void): () => void;
}

export interface Output {
  readonly isTerminal: boolean;
  /** Size of the terminal, as it is now. */
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

/** Whether to colour what goes to this output; see https://no-color.org. */
export function wantsColour(choice: string | undefined, output: Output, env: Terminal['env']): boolean {
  if (choice === 'always') return true;
  if (choice === 'never') return false;
  return output.isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}
