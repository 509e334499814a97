import { isAbsolute, join } from 'node:path';
import * as say from '../diagnostics/cli.ts';
import type { Journal } from '../index.ts';
import { openFileJournal } from '../journal-file/file-journal.ts';
import type { Arguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  /** Of the run that it tells of; undefined: it is empty. */
  readonly runId: string | undefined;
}

/**
 * The journal of `--journal`, undefined without it. One that tells of a run already needs `--resume`.
 *
 * @throws UsageError, also when another process has it or it is damaged.
 */
export async function openJournal(args: Arguments, cwd: string): Promise<OpenedJournal | undefined> {
  const name = args.value('journal');
  if (name === undefined) {
    if (args.has('resume')) throw new UsageError(say.resumeWithoutJournal());
    return undefined;
  }
  let journal: Journal;
  try {
    journal = await openFileJournal(isAbsolute(name) ? name : join(cwd, name));
  } catch (error) {
    throw new UsageError(say.journalUnopened(name, error instanceof Error ? error.message : String(error)));
  }
  const runId = await firstRun(journal);
  if (runId !== undefined && !args.has('resume')) {
    await journal.close();
    throw new UsageError(say.journalUsed(name, runId));
  }
  return { journal, runId };
}

async function firstRun(journal: Journal): Promise<string | undefined> {
  for await (const { runId } of journal.read()) return typeof runId === 'string' ? runId : undefined;
  return undefined;
}
