import { existsSync, renameSync, writeFileSync } from 'node:fs';
import * as say from '../diagnostics/cli.ts';
import { type Diagnostic, readState, type StackState, type StateCodec, writeState } from '../index.ts';
import { takeLock } from '../journal-file/file-lock.ts';
import type { Arguments } from './arguments.ts';
import { absolutePath, fileProblem, readBytes } from './read-file.ts';
import { stateCodec } from './state-codec.ts';
import { UsageError } from './usage-error.ts';

/** What `--state` names. */
export interface StateFile {
  readonly name: string;
  readonly path: string;
  /** Undefined: there is no such file yet, or it cannot be read. */
  readonly state: StackState | undefined;
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly codec: StateCodec | undefined;
}

/** Undefined without `--state`. @throws UsageError for a file that is no JSON, or a key that can not be read. */
export function readStateFile(args: Arguments, cwd: string): StateFile | undefined {
  const name = args.value('state');
  const codec = readStateKey(args, cwd);
  if (name === undefined) return undefined;
  const path = absolutePath(name, cwd);
  if (!existsSync(path)) return { name, path, state: undefined, ok: true, diagnostics: [], codec };
  const contents = readBytes(path);
  if (!contents.ok) throw new UsageError(say.fileUnreadable('state', name, contents.reason));
  let data: unknown;
  try {
    data = JSON.parse(contents.bytes.toString('utf8'));
  } catch {
    throw new UsageError(say.fileUnreadable('state', name, say.isNoJson()));
  }
  const read = readState(data, codec);
  return { name, path, ok: read.ok, state: read.ok ? read.state : undefined, diagnostics: read.diagnostics, codec };
}

/** The codec of `--state-key`. */
export function readStateKey(args: Arguments, cwd: string): StateCodec | undefined {
  const name = args.value('state-key');
  if (name === undefined) return undefined;
  const contents = readBytes(absolutePath(name, cwd));
  if (!contents.ok) throw new UsageError(say.fileUnreadable('state key', name, contents.reason));
  const secret = contents.bytes.toString('utf8').trim();
  if (secret === '') throw new UsageError(say.fileUnreadable('state key', name, say.isEmpty()));
  return stateCodec(Buffer.from(secret));
}

/**
 * Keeps other processes from the state that `--state` names until what it returns is called. To be taken before the state
 * is read: it must not be changed in between.
 *
 * @throws UsageError when another process has it.
 */
export function lockState(args: Arguments, cwd: string): () => void {
  const name = args.value('state');
  if (name === undefined) return () => undefined;
  try {
    return takeLock(`${absolutePath(name, cwd)}.lock`);
  } catch (error) {
    throw new UsageError(say.fileUnwritable(name, error instanceof Error ? error.message : String(error)));
  }
}

/** Written elsewhere and renamed, so that nobody ever finds half of it. @throws UsageError */
export function writeStateFile({ path, name, codec }: StateFile, state: StackState): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    // Only for whom it belongs to: attributes may be secrets that nobody declared.
    writeFileSync(draft, `${JSON.stringify(writeState(state, codec), undefined, 1)}\n`, { mode: 0o600, flush: true });
    renameSync(draft, path);
  } catch (error) {
    throw new UsageError(say.fileUnwritable(name, fileProblem(error)));
  }
}
