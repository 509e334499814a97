import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A journal that another process has. */
export class JournalLocked extends Error {
  override readonly name: string = 'JournalLocked';
  readonly pid: number;

  constructor(file: string, { pid, host }: Owner) {
    super(`'${file}' is in use by process ${pid} on ${host}`);
    this.pid = pid;
  }
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as far as the system tells: numbers of processes are used again. */
  readonly started: string;
}

/**
 * Makes the file `lock` for this process, and takes it from a process that is gone. What it returns gives it back.
 *
 * @throws JournalLocked
 */
export function takeLock(lock: string): () => void {
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) } satisfies Owner);
  // Written elsewhere and linked, so that nobody ever reads half of it.
  const draft = `${lock}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, own);
  try {
    while (!link(draft, lock)) removeStale(lock);
  } finally {
    unlinkSync(draft);
  }
  return () => {
    if (read(lock) === own) unlinkSync(lock);
  };
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @throws JournalLocked when the owner lives */
function removeStale(lock: string): void {
  const found = read(lock);
  if (found === undefined) return;
  const owner = parse(found);
  if (owner !== undefined && lives(owner)) throw new JournalLocked(lock, owner);
  // Another process may be doing the same, and have the lock by now: only what was looked at is taken away.
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== found) link(aside, lock);
  unlinkSync(aside);
}

function lives({ pid, host, started }: Owner): boolean {
  // Of another machine nothing is known.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return started === startOf(pid);
}

/** Clock ticks from the start of the system; empty where `/proc` does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything; the start is the 22nd field.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Owner | undefined {
  try {
    const { pid, host, started } = JSON.parse(text) as Partial<Owner>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host, started: String(started) } : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
